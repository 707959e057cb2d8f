"""Demonstration data for any plan: plausible, the same on every machine, and never beside filed figures."""
