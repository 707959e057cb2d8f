"""Workbooks and folders of tables, in and out; what they say is judged by the services."""
