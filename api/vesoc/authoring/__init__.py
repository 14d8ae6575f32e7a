"""What authors do with the files: lay out a new agreement, rename a thing, compare two states, release."""
