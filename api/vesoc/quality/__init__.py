"""The quality score of a catalogue: how many of the 405 points of data.europa.eu each dataset and distribution has."""
