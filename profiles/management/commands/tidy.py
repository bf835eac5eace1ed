"""Write down what has ended, and let go of what we promised not to keep."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from profiles.accounts.actions import forget_unentered
from profiles.accounts.sessions import SessionStore
from profiles.answers.models import Draft
from profiles.answers.old_drafts import KEPT_OPEN, close_draft
from profiles.core import mails
from profiles.pages import actions
from profiles.pages.models import Profile
from profiles.review import actions as review_actions
from profiles.review.queries import to_remind
from profiles.sharing import actions as sharing
from profiles.sharing.models import Share
from profiles.supporters.actions import note_not_answered
from profiles.supporters.handing import note_not_taken
from profiles.supporters.models import Handing, Supporter
from profiles.workers import promise_actions

Thing = TypeVar("Thing")


class Command(BaseCommand):
    """Notes in the ledger which shares have ended. They ended by the clock, not by this.

    Reminds workers of what they promised for tomorrow, by our clock: so run it once a day.

    Closes words that were half typed long ago: they go to the history. Lets go of shares that were
    begun and never given, and of the keys of shares that ended long ago. Deletes visitors' pages
    that nobody has opened for GUEST_DAYS, accounts that nobody entered within a day of asking for a
    code, and sessions that are over. It never deletes a page that an account keeps.

    Last of all it emails those whose page wants to be checked: a mail server that hangs or refuses
    keeps nothing else from being done, and is left alone until the next run.

    Safe to run as often as you like, and twice at once.
    """

    help = "Note what has ended, let go of what was left, and remind. Run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how many.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        self.dry_run = dry_run
        now = timezone.now()
        with_keys = Share.objects.select_related("profile__data_key")
        self._each(
            "Shares that have ended: {} noted.", with_keys.ran_out(now).not_noted(), _note_ending
        )
        if not dry_run:  # what is over by now stays so, whatever the clock says next
            sharing.forget_spoken(among=Share.objects.all())
            note_not_answered(Supporter.objects.all())
            note_not_taken(Handing.objects.all())
        self._each(
            "Shares that were begun and never given: {} let go.",
            with_keys.left(now - sharing.THINKING_TIME),
            lambda share: sharing.forget_left(share=share, before=now - sharing.THINKING_TIME),
        )
        self._each(
            "Keys of shares that ended long ago: {} let go.",
            with_keys.ended(now - sharing.KEYS_KEPT).with_a_key(),
            _forget_key,
        )
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        self._each(
            "Workers who promised something for tomorrow: {} reminded.",
            promise_actions.to_remind(tomorrow),
            lambda worker: promise_actions.remind(worker=worker, day=tomorrow),
        )
        self._each(
            "Words half typed long ago: {} put into the history.",
            Draft.objects.left(now - KEPT_OPEN),
            close_draft,
        )
        before = now - timedelta(days=settings.GUEST_DAYS)
        self._each(
            "Visitors' pages that nobody came back to: {} deleted.",
            Profile.objects.forgotten(before),
            lambda page: actions.forget_page(key=page.key, before=before),
        )
        if not dry_run:
            left = forget_unentered(before=now - timedelta(days=1))
            self.stdout.write(f"Accounts that nobody entered: {left} deleted.")
            SessionStore.clear_expired()
        mail_round = mails.Round()
        self._each(
            "People whose page wants to be checked: {} emailed.",
            to_remind(now),
            lambda page: review_actions.remind(profile=page, mail_round=mail_round, at=now),
        )

    def _each(self, said: str, things: Iterable[Thing], do: Callable[[Thing], bool]) -> None:
        """Do this to each of these, and say to how many; with --dry-run only say."""
        found = list(things)
        count = len(found) if self.dry_run else sum(do(thing) for thing in found)
        self.stdout.write(said.format(f"{count} would be" if self.dry_run else count))


def _note_ending(share: Share) -> bool:
    return sharing.note_ending(share=share)


def _forget_key(share: Share) -> bool:
    sharing.forget_key(share=share)
    return True
