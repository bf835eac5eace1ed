"""Change the key that guards everybody's keys."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from profiles.accounts.models import DataKey
from profiles.core import journal
from profiles.core.journal import KeyIsMissing
from profiles.core.journal_places import Broken, CannotReach


class Command(BaseCommand):
    """Wraps every person's key again, under the newest of FIELD_KEYS. Changes no words. The lines
    of the endings journal are sealed anew.

    Put the new key first in FIELD_KEYS, run this, then take the old one out. If it is stopped
    half-way, run it again: it goes on where it was.
    """

    help = "Wrap every person's key under the newest of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sum(key.rewrap() for key in DataKey.objects.iterator())
        try:
            journal.reseal()
        except (Broken, CannotReach, KeyIsMissing) as fault:
            raise CommandError(
                "The endings journal cannot be sealed anew: keep the older keys, and ask "
                "manage.py doctor."
            ) from fault
        self.stdout.write(f"Keys wrapped again: {changed}. None is left under an older key.")
