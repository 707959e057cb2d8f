"""Reads: a fixed number of queries whatever the number of towns, frozen dataclasses out."""
