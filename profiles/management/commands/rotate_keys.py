"""Change the key that locks everybody's keys, in four steps, while the site serves."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles.accounts import field_keys
from profiles.core import crypto
from profiles.core.models import KeysDiffer
from project.make_env import put_setting

EVERYWHERE: Final = "Then start again all that serves, on every machine."
STEPS: Final[dict[str, Callable[[], field_keys.Keys]]] = {
    "add": field_keys.add,
    "promote": field_keys.promote,
    "retire": field_keys.retire,
}


class Command(BaseCommand):
    """Four steps: add a new key everywhere, promote it, rewrap what the old one locks, retire that.

    Each says what comes after it, and none is taken while it could lose a page. Changes no words.
    """

    help = "Change the key that locks everybody's keys. Without a step: say which is next."

    def add_arguments(self, parser: CommandParser) -> None:
        """The step, and where it is written down."""
        parser.add_argument("step", nargs="?", choices=["add", "promote", "rewrap", "retire"])
        parser.add_argument(
            "--write", action="store_true", help="put FIELD_KEYS into .env here; else print it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the step, and say what is next."""
        try:
            match options["step"]:
                case None:
                    self.stdout.write(f"The next step is: {field_keys.next_step()}.")
                case "rewrap":
                    self._rewrap()
                case step:
                    self._set(STEPS[step](), write=options["write"])
        except field_keys.NotYet as refused:
            raise CommandError(str(refused)) from None
        except KeysDiffer:
            raise CommandError(
                "FIELD_KEYS here are not the keys in use. Put the line into .env that stands on "
                "the machine where the last step was taken."
            ) from None

    def _set(self, keys: field_keys.Keys, *, write: bool) -> None:
        value = crypto.as_field_keys(keys)
        if write and self._is_written(value):
            self.stdout.write("FIELD_KEYS in .env are changed. Other machines need the same line.")
        else:
            self.stdout.write("On every machine, put this into .env in place of FIELD_KEYS:")
            self.stdout.write(f"FIELD_KEYS={value}")
        self.stdout.write(EVERYWHERE)

    def _is_written(self, value: str) -> bool:
        """The step is taken already: where .env cannot be written, somebody has to do it."""
        try:
            put_setting(settings.BASE_DIR / ".env", "FIELD_KEYS", value)
        except (OSError, ValueError) as fault:
            self.stderr.write(f"{fault} So .env here is as it was.")
            return False
        return True

    def _rewrap(self) -> None:
        wrapped = unopened = 0
        for lot in field_keys.rewrap():
            wrapped, unopened = wrapped + lot.wrapped, unopened + lot.unopened
            self.stdout.write(f"Wrapped again so far: {wrapped}.")
        lines = field_keys.reseal_journal()
        self.stdout.write(f"Lines of the endings journal sealed again: {lines}.")
        if unopened:
            raise CommandError(f"{unopened} keys do not open, and stay under an old key.")
        following = field_keys.next_step()
        self.stdout.write(f"Keys wrapped again: {wrapped}. The next step is: {following}.")
