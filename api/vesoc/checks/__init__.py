"""Whether a graph is sound: steps that look at it one after the other, and what they find."""
