"""Search: an index over what things are called and what is said of them, and the questions that it answers."""
