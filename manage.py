#!/usr/bin/env python
"""Run a management command; works with no environment set (development settings, SQLite under var/)."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Put site/ on the path, choose development settings unless told otherwise, and run the command."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed for this Python. Run `make run` once, then use .venv/bin/python manage.py.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
