"""Try whether a backup could be put back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from profiles.core.copies import NoGoodCopy
from profiles.core.journal import FromNewer, KeyIsMissing
from profiles.core.journal_places import Broken, CannotReach
from profiles.house import backups


class Command(BaseCommand):
    """Puts a backup into a place of its own, looks into it, and throws that place away.

    What people use is not touched. On PostgreSQL it makes a database for a while, and needs the
    right to.
    """

    help = "Put a backup into a place of its own, check it, and throw that away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            progress, looked, endings = backups.rehearse(file)
        except (NoGoodCopy, OSError) as fault:
            raise CommandError(f"This backup could not be put back. {fault}") from fault
        except DatabaseError as fault:
            raise CommandError(f"There was no place to try it in: {fault}") from fault
        except Broken as fault:
            raise CommandError(
                "The backup is whole, but the endings journal is missing, or another than it "
                "knows: everything that is shared would be paused."
            ) from fault
        except FromNewer as fault:
            raise CommandError(
                "The backup is whole, but a newer version of the program wrote something in the "
                "endings journal that this one does not know: nobody would come in until that "
                "version is back."
            ) from fault
        except (CannotReach, KeyIsMissing) as fault:
            raise CommandError(
                "The backup is whole, but the endings journal cannot be read: look at "
                "ENDINGS_JOURNAL, ENDINGS_DATABASE_URL and FIELD_KEYS. Nobody would come in until "
                "then."
            ) from fault
        self.stdout.write(
            f"It could be put back: {progress.said()}. {looked.rows} rows; {looked.opened} answers "
            f"opened, to try it; {endings} endings since would be done again."
        )
        if looked.damage:
            self.stderr.write(looked.damage)
