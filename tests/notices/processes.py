"""Programs of their own on the database of the tests, with the settings of a site that serves."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

LOOK = """
import os, signal, sys
import django
django.setup()
from django.db import transaction
from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.sharing.models import Share
share = Share.objects.select_related("profile__data_key").get(pk=sys.argv[1])
with transaction.atomic():
    note(Happened.LOOKED, profile=share.profile, share=share, reader=Reader(name="CNRY Cal"))
    if sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def start(*words: str, mail_port: int = 1, **more: str) -> subprocess.Popen[bytes]:
    """Start Python with these words, and such a mail server."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "DATABASE_URL": address(),
        "EMAIL_PORT": str(mail_port),
        "EMAIL_USE_TLS": "off",
        **more,
    }
    return subprocess.Popen([sys.executable, *words], cwd=Path(settings.BASE_DIR), env=env)


def run(*words: str, **more: Any) -> int:
    """How such a program ended."""
    return start(*words, **more).wait(60)


def address() -> str:
    """Where the database of the tests is."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    who = f"{quote(known['USER'] or '')}:{quote(known['PASSWORD'] or '')}"
    return f"postgres://{who}@{quote(known['HOST'] or '', safe='')}:{known['PORT']}/{known['NAME']}"
