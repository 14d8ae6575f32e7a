"""Figures of a server that runs, for Prometheus: counted as plain numbers, told when somebody asks."""
