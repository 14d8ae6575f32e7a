"""Long and heavy runs against a server that they start themselves: what holds for a minute must hold for an hour."""
