"""Measured speed: validation beside pySHACL, and the endpoint beside other SPARQL servers on the same data."""
