"""Views resolve, call, render: the reading, then the page, then its charts and its template."""
