"""Putting the tests' own database away, and another in its place: as a command, or by hand."""

import shutil
import subprocess
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from profiles.core import copies


def empty_place() -> None:
    """Nothing is left where the database was."""
    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def by_hand(file: Path) -> None:
    """As somebody would who knows nothing of our commands: cp, or pg_restore."""
    empty_place()
    place = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        shutil.copyfile(file, place)
        return
    connection.close()
    said = connection.get_connection_params()
    where = ["-h", str(said["host"]), "-p", str(said["port"]), "-U", str(said["user"])]
    command = [copies._tool("pg_restore"), "--no-owner", *where, "-d", place, str(file)]
    subprocess.run(command, check=True)


def by_command(file: Path) -> str:
    """As docs/running/backups.md says."""
    empty_place()
    said = StringIO()
    call_command("restore", str(file), stdout=said)
    return said.getvalue()
