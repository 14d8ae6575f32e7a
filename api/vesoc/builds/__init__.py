"""Builds: data made ready on disk, put in place whole, and opened by servers."""
