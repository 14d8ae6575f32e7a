"""VESOC: an open knowledge graph of the Flemish labour-market agreements."""

__version__ = "1.0.0"
