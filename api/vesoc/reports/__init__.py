"""What a run of checks came to, in the forms that people, portals and build servers read."""
