"""The change feed: a Linked Data Event Stream of what each release and each redaction changes, in fragments by time."""
