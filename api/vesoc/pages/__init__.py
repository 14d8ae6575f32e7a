"""Pages about data: one module for each kind of thing, on what the view gives of the store."""
