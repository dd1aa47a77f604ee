"""Readers of the official list texts: publishers' bytes in, ``classify.tree`` values out, or every problem at once."""
