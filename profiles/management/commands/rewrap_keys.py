"""Change the key that guards everybody's keys."""

from typing import Any

from django.core.management.base import BaseCommand

from profiles.accounts.models import DataKey


class Command(BaseCommand):
    """Wraps every person's key again, under the newest of FIELD_KEYS. Changes no words.

    Put the new key first in FIELD_KEYS, run this, then take the old one out. If it is stopped
    half-way, run it again: it goes on where it was.
    """

    help = "Wrap every person's key under the newest of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sum(key.rewrap() for key in DataKey.objects.iterator())
        self.stdout.write(f"Keys wrapped again: {changed}. None is left under an older key.")
