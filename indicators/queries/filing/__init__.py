"""Reads of the quarterly returns: who files what, how far they are, and what is doubtful."""
