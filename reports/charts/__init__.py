"""Page data in, Plotly figures out, as plain dicts whose colours are names of design tokens (static/README.md)."""
