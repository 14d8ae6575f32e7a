"""Overviews: pages across all agreements, each the answer to questions of the library."""
