"""The settings for the bench: those for tests, and what is written waits for the disk."""

from project.settings_test import *  # noqa: F403
from project.settings_test import DATABASES

if "init_command" in (_options := DATABASES["default"].get("OPTIONS", {})):
    _options["init_command"] += " PRAGMA synchronous=EXTRA;"
