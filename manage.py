#!/usr/bin/env python
"""Django's command line; what an operator can put right is said in one line instead of a traceback."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, connection


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshan_targets.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"Refused to start: {fault}")
    except OperationalError as fault:
        # A database that answers means a fault of ours: that one keeps its traceback.
        if database_answers():
            raise
        sys.exit(f"Cannot reach the database ({database_address()}): {' '.join(str(fault).split())}")


def database_answers() -> bool:
    """Whether a new connection can be made."""
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def database_address() -> str:
    """Where DATABASE_URL points, without its password."""
    options = connection.settings_dict
    host = ":".join(str(options[key]) for key in ("HOST", "PORT") if options[key])
    return f"{connection.vendor} {host} {options['NAME']}".replace("  ", " ")


if __name__ == "__main__":
    main()
