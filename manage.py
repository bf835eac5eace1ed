#!/usr/bin/env python
"""Run one of the project's commands: python manage.py help."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as unusable:
        sys.exit(str(unusable))  # a sentence is enough: the traceback says nothing more
