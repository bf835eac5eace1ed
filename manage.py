#!/usr/bin/env python
"""Run one of the project's commands: python manage.py help."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as unusable:
        sys.exit(str(unusable))  # a sentence is enough: the traceback says nothing more
    except (OperationalError, ProgrammingError) as away:  # it is away, or no table of ours is there
        if "--traceback" in sys.argv:
            raise
        why = str(away).partition("\n")[0]
        sys.exit(f"The database did not do this: {why}. Ask manage.py doctor what is missing.")
