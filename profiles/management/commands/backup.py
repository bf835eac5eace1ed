"""Write a backup of the database, and look into it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from profiles.core.copies import NoGoodCopy
from profiles.house import backups


class Command(BaseCommand):
    """Writes the whole database to one file, while people go on writing.

    The file has its name only when it was read again, its rows counted, and words in it opened. No
    key is in it: keep FIELD_KEYS and SHARE_KEY_SECRET somewhere else. What was taken away since
    stands in the endings journal, which belongs on another disk than backups do.
    """

    help = "Write a backup of the database to FILE, and check it. Safe while serving."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            progress, looked = backups.backup(file)
        except (NoGoodCopy, OSError, DatabaseError) as fault:
            raise CommandError(f"There is no backup. {fault}") from fault
        self.stdout.write(
            f"{file}: {progress.said()}. {looked.rows} rows, all of them counted; "
            f"{looked.opened} answers opened, to try it."
        )
        if looked.damage:
            self.stderr.write(looked.damage)
