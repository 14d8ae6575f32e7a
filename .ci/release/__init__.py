"""The making of a release of this repository: checks, artefacts, and a tag."""
