"""The server's commands: each parses, calls one function, prints."""
