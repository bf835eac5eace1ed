"""Delete what we promised not to keep."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from profiles.accounts.actions import forget_unentered
from profiles.answers import actions
from profiles.answers.models import Profile


class Command(BaseCommand):
    """Deletes visitors' pages that nobody has opened for GUEST_DAYS, accounts that nobody entered
    within a day of asking for a code, and sessions that are over. It never touches a page that an
    account keeps.

    Safe to run as often as you like, and twice at once.
    """

    help = "Delete what visitors began and left. Run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how many.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        before = timezone.now() - timedelta(days=settings.GUEST_DAYS)
        forgotten = list(Profile.objects.forgotten(before).values_list("key", flat=True))
        if dry_run:
            count = len(forgotten)
        else:
            count = sum(actions.forget_page(key=key, before=before) for key in forgotten)
        verb = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"Visitors' pages that nobody came back to: {count} {verb}.")
        if not dry_run:
            left = forget_unentered(before=timezone.now() - timedelta(days=1))
            self.stdout.write(f"Accounts that nobody entered: {left} deleted.")
            call_command("clearsessions")  # they hold the addresses that people signed in with
