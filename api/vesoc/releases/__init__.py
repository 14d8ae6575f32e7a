"""Releases: dated, unchanging copies of the data in files, with what is in them and what came before them."""
