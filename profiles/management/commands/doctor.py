"""Is it working? What an operator asks first."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from profiles.accounts.models import FieldKey
from profiles.core.mails import send
from profiles.core.models import last_success
from profiles.house import readiness
from profiles.notices import keeping
from project.make_env import OTHERS_MAY

SECRETS = ".env"


class Command(BaseCommand):
    """Tries everything that the site needs, says what is missing, and then ends with 1."""

    help = "Say what is missing, when tidy last ran, which emails wait, and which keys are in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where a mail may be sent to try it."""
        parser.add_argument("--mail", metavar="ADDRESS", help="send a mail there, to try it")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a thing; the faults at the end."""
        missing = readiness.faults() + readiness.late()
        missing += [] if self._secrets_are_ours() else [f"Others can read {SECRETS}: chmod 600."]
        if options["mail"] and not send("doctor", options["mail"]):
            missing.append("The mail server did not take a mail.")
        tidied = last_success("tidy")
        self.stdout.write(f"tidy was last done whole: {tidied:%Y-%m-%d %H:%M %Z}" if tidied else
                          "tidy was never done whole.")  # fmt: skip
        for sentence in keeping.standing(timezone.now()):
            self.stdout.write(sentence)
        self.stdout.write(f"Keys in use: {', '.join(sorted(FieldKey.names()))}.")
        if missing:
            raise CommandError("\n".join(missing))
        self.stdout.write("Nothing is missing.")

    def _secrets_are_ours(self) -> bool:
        path = settings.BASE_DIR / SECRETS
        return not path.exists() or not path.stat().st_mode & OTHERS_MAY
