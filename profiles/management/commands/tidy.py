"""Write down what has ended, and let go of what we promised not to keep."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from profiles.accounts.actions import forget_unentered
from profiles.accounts.models import Session
from profiles.answers.models import Draft
from profiles.answers.old_drafts import KEPT_OPEN, close_draft
from profiles.core import journal
from profiles.core.expired import forget_expired
from profiles.core.models import note_success
from profiles.exports.models import KeptArchive
from profiles.house.readiness import TIDY
from profiles.house.replay import catch_up, is_level
from profiles.notices import keeping
from profiles.notices.actions import hand_over_again
from profiles.pages import actions
from profiles.pages.models import Profile
from profiles.review import actions as review_actions
from profiles.review.queries import to_remind
from profiles.sharing import endings, new_actions
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Share
from profiles.supporters.actions import note_not_answered
from profiles.supporters.handing import note_not_taken
from profiles.supporters.models import Handing, Supporter
from profiles.workers import promise_actions

# Emails about a check that one run asks for: a mail server takes them, and nobody takes us for a
# flood. These are due for a month, so that the next run is soon enough. What is promised for
# tomorrow is not.
MOST_EMAILED: Final = 500

Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Command(BaseCommand):
    """Notes in the ledger which shares have ended. They ended by the clock, not by this.

    Reminds workers of what they promised for tomorrow, by our clock: so run it once a day.

    Closes words that were half typed long ago: they go to the history. Lets go of shares that were
    begun and never given, before that of what was typed for a clinic in them, and of the keys of
    shares that ended long ago. Deletes visitors' pages
    that nobody has opened for GUEST_DAYS, accounts that nobody entered within a day of asking for a
    code, and sessions that are over. It never deletes a page that an account keeps.

    It reads the endings journal, every line: one that was changed is told while a new backup still
    makes up for it.

    It sends no email: workers do (`manage.py db_worker`), so that no mail server keeps anything
    from being done. Those whose page wants to be checked are told last: a bounded number in one
    run, who has waited longest first; the next run goes on. Of the emails that are owed it hands
    over again whose task was lost, and lets go of what went out.

    What cannot be done of one row, such as one whose seal is broken, keeps nothing else from being
    done: all the others are, and at the end it says of what kind they are, how many, and that it
    failed. When a run was last done whole is kept: see `Run`.

    Safe to run as often as you like, and twice at once.
    """

    help = "Note what has ended, let go of what was left, and remind. Run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how many.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        self.dry_run = dry_run
        self.not_done: list[str] = []
        now = timezone.now()
        self._tried("What was taken away before a restore: done again.", self._catch_up)
        with_keys = Share.objects.select_related("profile__data_key")
        self._each(
            "Shares that have ended: {} noted.", with_keys.ran_out(now).not_noted(), _note_ending
        )
        self._all(
            "Codes that were read out, and are over: {} let go.",
            lambda: endings.forget_spoken(among=Share.objects.all()),
        )
        self._all(
            "Invitations to help that nobody answered: {} closed.",
            lambda: note_not_answered(Supporter.objects.all()),
        )
        self._all(
            "Pages that were offered, and not taken: {} closed.",
            lambda: note_not_taken(Handing.objects.all()),
        )
        self._each(
            "What was typed for a clinic, and no yes followed: {} forgotten.",
            with_keys.filter(clinic_link__in=ClinicLink.objects.left(now)),
            lambda share: new_actions.forget_typed(share=share),
        )
        self._each(
            "Shares that were begun and never given: {} let go.",
            with_keys.left(now - new_actions.THINKING_TIME),
            lambda share: new_actions.forget_left(
                share=share, before=now - new_actions.THINKING_TIME
            ),
        )
        self._each(
            "Keys of shares that ended long ago: {} let go.",
            with_keys.ended(now - endings.KEYS_KEPT).with_a_key(),
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
        self._all(
            "Visitors' pages from a clock that ran ahead: {} kept no longer than others.",
            lambda: actions.believe_no_clock_ahead(at=now),
        )
        before = now - timedelta(days=settings.GUEST_DAYS)
        self._each(
            "Visitors' pages that nobody came back to: {} deleted.",
            Profile.objects.forgotten(before),
            lambda page: actions.forget_page(key=page.key, before=before),
        )
        self._all(
            "Accounts that nobody entered: {} deleted.",
            lambda: forget_unentered(before=now - timedelta(days=1)),
        )
        self._all(
            "Sessions that are over: {} deleted.",
            lambda: Session.objects.ended(now).delete()[0],
        )
        self._all("Counts that are over: {} deleted.", lambda: forget_expired(now))
        self._all(
            "Files that were ready for a day: {} let go.",
            lambda: KeptArchive.objects.over(now).delete()[0],
        )
        self._all("Endings that waited for the journal: {} written.", journal.move_all)
        self._all("The endings journal, read whole: {} lines.", journal.check_whole)
        self._all("Emails that went out: {} let go.", lambda: keeping.let_go(at=now))
        self._all("Emails that were lost: {} handed over again.", lambda: hand_over_again(at=now))
        self._each(
            "People whose page wants to be checked: {} emailed.",
            to_remind(now).order_by("since", "pk"),
            lambda page: review_actions.remind(profile=page, at=now),
            most=MOST_EMAILED,
        )
        if not (dry_run or self.not_done):
            self._tried("Writing down that all was done: done.", lambda: note_success(TIDY, at=now))
        if self.not_done:
            raise CommandError("\n".join(self.not_done))

    def _catch_up(self) -> None:
        if not self.dry_run and not is_level():
            catch_up()

    def _each(
        self,
        said: str,
        things: Iterable[Thing],
        do: Callable[[Thing], bool],
        *,
        most: int | None = None,
    ) -> None:
        """Do this to each of these, to `most` of them in one run, and say to how many.

        One to which it cannot be done is counted, and the next has its turn. With --dry-run only
        say how many there are.
        """
        kind, found = said.partition(":")[0], self._tried(said, lambda: list(things)) or []
        if self.dry_run:
            count = len(found[:most])
            self.stdout.write(said.format(f"{count} would be"))
            return
        done, tried, faults = 0, 0, []
        for thing in found:
            if tried == most:
                break
            try:
                done += do(thing)
                tried += 1
            except Exception as error:  # noqa: BLE001  # whatever it is, it is about this one alone
                faults.append(type(error).__name__)
        self.stdout.write(said.format(done))
        if faults:
            names = ", ".join(sorted({*faults}))
            self.not_done.append(f"{kind}: {len(faults)} could not be done ({names}).")

    def _all(self, said: str, do: Callable[[], int]) -> None:
        """Do this to all of them at once, and say to how many. With --dry-run it is not done."""
        if self.dry_run:
            return
        count = self._tried(said, do)
        if count is not None:
            self.stdout.write(said.format(count))

    def _tried(self, said: str, do: Callable[[], Result]) -> Result | None:
        """What comes of this; None if it cannot be done, which is said at the end."""
        try:
            return do()
        except Exception as error:  # noqa: BLE001  # the rest is done all the same
            kind = said.partition(":")[0]
            self.not_done.append(f"{kind}: none could be done ({type(error).__name__}).")
            return None


def _note_ending(share: Share) -> bool:
    return endings.note_ending(share=share)


def _forget_key(share: Share) -> bool:
    endings.forget_key(share=share)
    return True
