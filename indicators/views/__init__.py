"""Views resolve, call, render; GET never writes."""
