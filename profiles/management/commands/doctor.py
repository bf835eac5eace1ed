"""Is it working? What an operator asks first."""

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from profiles.core import codes, journal
from profiles.core.crypto import CannotOpen
from profiles.core.journal import FromNewer, KeyIsMissing
from profiles.core.journal_places import Broken, CannotReach
from profiles.core.mails import send
from profiles.core.models import FieldKey, ToJournal, last_success
from profiles.house import readiness
from profiles.house.backups import BACKUP
from profiles.notices import keeping
from profiles.sharing.models import A_KEY, Share
from project.make_env import OTHERS_MAY

SECRETS = ".env"
FROM_NOBODY = (
    "EMAIL_FROM names localhost: few mail servers take such emails. Write your own address."
)
ABOUT = Path(__file__).parents[3] / "pyproject.toml"


class Command(BaseCommand):
    """Tries everything that the site needs, says what is missing, and then ends with 1."""

    help = "Say what is missing, when tidy last ran, which emails wait, and which keys are in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where a mail may be sent to try it."""
        parser.add_argument("--mail", metavar="ADDRESS", help="send a mail there, to try it")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a thing; the faults at the end."""
        self.stdout.write(f"Version {_version()}, on Django {django.get_version()}.")
        missing = readiness.faults() + readiness.late()
        missing += [] if self._secrets_are_ours() else [f"Others can read {SECRETS}: chmod 600."]
        if not settings.LOCAL and "@localhost" in settings.DEFAULT_FROM_EMAIL:
            missing.append(FROM_NOBODY)  # as .env.example has it
        if options["mail"] and not send("doctor", options["mail"]):
            missing.append("The mail server did not take a mail.")
        try:
            missing += self._how_it_stands()
        except DatabaseError:
            if not missing:
                raise
            self.stdout.write("More cannot be told while the database is away.")
        if missing:
            raise CommandError("\n".join(missing))
        self.stdout.write("Nothing is missing.")

    def _how_it_stands(self) -> list[str]:
        """What was done last, what waits, and which keys are in use; what is wrong with it."""
        tidied = last_success("tidy")
        self.stdout.write(f"tidy was last done whole: {tidied:%Y-%m-%d %H:%M %Z}" if tidied else
                          "tidy was never done whole.")  # fmt: skip
        backed_up = last_success(BACKUP)
        self.stdout.write(
            f"The last backup is of {backed_up:%Y-%m-%d %H:%M %Z}."
            if backed_up
            else "This database knows of no backup: see docs/running/backups.md."
        )
        missing = self._journal()
        for sentence in keeping.standing(timezone.now()):
            self.stdout.write(sentence)
        self.stdout.write(f"Keys in use: {', '.join(sorted(FieldKey.names())) or 'none yet'}.")
        if not _newest_link_opens():
            self.stdout.write(
                "The newest link was made with another SHARE_KEY_SECRET, and opens nothing. If "
                "nobody changed that on purpose, put the old one back into .env."
            )
        return missing

    def _journal(self) -> list[str]:
        """What is wrong with the endings journal; and where it stands, for whoever reads this."""
        if waits := ToJournal.objects.count():
            self.stdout.write(f"Endings that wait for their journal: {waits}.")
        try:
            lines, needs = journal.check_whole(), ", ".join(sorted(journal.key_names()))
        except FromNewer:
            return [
                "The endings journal was written by a newer version of the program: put that back."
            ]
        except KeyIsMissing:
            return ["The endings journal needs a key that is not in FIELD_KEYS."]
        except Broken:
            return ["The endings journal was changed: see docs/running/backups.md."]
        except CannotReach:
            return []  # that is said already: it is needed to be ready
        self.stdout.write(f"The endings journal has {lines} lines. Its keys: {needs or 'none'}.")
        if _is_beside_database():
            self.stdout.write(
                "It stands on the disk of the database: what takes the one takes the other."
            )
        return []

    def _secrets_are_ours(self) -> bool:
        path = settings.BASE_DIR / SECRETS
        return not path.exists() or not path.stat().st_mode & OTHERS_MAY


def _newest_link_opens() -> bool:
    """Does our secret find the share that was given last? Yes, where nobody can say."""
    links = Share.objects.open().exclude(kind=Share.Kind.CLINIC)
    newest = links.select_related("profile__data_key").order_by("-given_at").first()
    with suppress(CannotOpen):
        return newest is None or newest.key_digest == codes.digest(newest.key, about=A_KEY)
    return True


def _version() -> str:
    about = tomllib.loads(ABOUT.read_text())
    return str(about["project"]["version"])


def _is_beside_database() -> bool:
    """Are the journal and the database files of one disk?"""
    if settings.ENDINGS_DATABASE or connection.vendor != "sqlite":
        return False
    files = (Path(settings.ENDINGS_JOURNAL), Path(settings.DATABASES["default"]["NAME"]))
    return all(file.exists() for file in files) and len({f.stat().st_dev for f in files}) == 1
