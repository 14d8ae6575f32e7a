"""Data put into an engine elsewhere, graph by graph, and held against what the engine then says."""
