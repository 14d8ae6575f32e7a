"""What a change asks of the version number: the differences between two editions of what is published, each weighed."""
