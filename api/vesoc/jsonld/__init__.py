"""JSON-LD as we write it: a context made from the ontology, and documents in its terms."""
