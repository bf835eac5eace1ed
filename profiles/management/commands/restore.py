"""Put a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.core.copies import NoGoodCopy, NotEmpty
from profiles.core.journal import FromNewer, JournalState, KeyIsMissing
from profiles.core.journal_places import CannotReach
from profiles.house import backups

DONE = {
    JournalState.LEVEL: "Nothing was taken away since.",
    JournalState.BEHIND: "What was taken away since was done again, by the endings journal.",
    JournalState.MISSING: "The endings journal is missing or broken. So everything that was shared "
    "is paused, and each person is told why.",
}


class Command(BaseCommand):
    """Makes a backup the database that DATABASE_URL names. There must be none yet.

    Then everything that was taken away since is done again: see docs/running/backups.md.
    """

    help = "Put a backup into an empty place, and do again what ended since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            progress, looked, stood = backups.restore(file)
        except (NoGoodCopy, NotEmpty, OSError) as fault:
            raise CommandError(f"Nothing was restored. {fault}") from fault
        except FromNewer as fault:
            raise CommandError(
                "The backup is back, but a newer version of the program has taken something away "
                "since, in a way that this one does not know. Put that version back. Nobody comes "
                "in until then."
            ) from fault
        except (CannotReach, KeyIsMissing) as fault:
            raise CommandError(
                "The backup is back, but the endings journal cannot be read: look at "
                "ENDINGS_JOURNAL, ENDINGS_DATABASE_URL and FIELD_KEYS. Nobody comes in until then."
            ) from fault
        self.stdout.write(f"{progress.said()}. {DONE[stood]}")
        if looked.damage:
            self.stderr.write(looked.damage)
