"""Help somebody who writes to you: find their account, close it, send them a copy, delete it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone

from profiles.accounts.models import User
from profiles.house import for_people
from profiles.house.for_people import FoundAccount
from profiles.pages.models import Profile

SURE = "--sure"


class Command(BaseCommand):
    """Does for a person what they ask of whoever runs the site. It never shows a word of theirs.

    Who is named by the address they sign in with, or by the number that `find` tells.
    """

    help = "Find an account, close it, open it again, send its person a copy, or delete it."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, for whom."""
        parser.add_argument("what", choices=["find", "close", "reopen", "send-copy", "delete"])
        parser.add_argument("who", metavar="ADDRESS-OR-NUMBER")
        parser.add_argument(SURE, action="store_true", help="for delete: nothing brings it back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        try:
            self._do(for_people.person(options["who"]), options)
        except for_people.NoSuchPerson:
            raise CommandError("There is no such account.") from None
        except (Profile.DoesNotExist, IntegrityError):
            raise CommandError("It was changed just now, so nothing was done. Try again.") from None

    def _do(self, user: User, options: dict[str, Any]) -> None:
        match options["what"]:
            case "find":
                self._tell(for_people.found(user))
            case "close":
                for_people.close(user=user)
                self.stdout.write(f"Account {user.pk} is closed, and all it shares is paused.")
            case "reopen":
                for_people.reopen(user=user)
                self.stdout.write(f"Account {user.pk} is open. What it shares stays paused.")
            case "send-copy":
                self._send_copy(user)
            case "delete":
                self._delete(user, sure=options["sure"])

    def _tell(self, found: FoundAccount) -> None:
        state = "open" if found.is_open else "closed"
        last = timezone.localdate(found.signed_in_at) if found.signed_in_at else "never"
        self.stdout.write(
            f"Account {found.number}: {state}, joined {timezone.localdate(found.joined_at)}, "
            f"last signed in {last}."
        )
        for page in found.pages:
            whose = "kept for somebody" if page.is_kept else "their own"
            self.stdout.write(
                f"Page {page.number}: {whose}, begun {timezone.localdate(page.begun_at)}, "
                f"{page.open_shares} open shares, {page.paused_shares} paused."
            )

    def _send_copy(self, user: User) -> None:
        try:
            pages = for_people.send_copy(user=user)
        except for_people.Closed:
            raise CommandError("The account is closed: nobody could fetch a copy.") from None
        if not pages:
            raise CommandError("There is no page to copy, or none that opens.")
        self.stdout.write(f"Copies: {pages}. Its person is emailed when to fetch them.")

    def _delete(self, user: User, *, sure: bool) -> None:
        number = user.pk
        if not sure:
            raise CommandError(f"Nothing brings account {number} back. To go on, add {SURE}.")
        pages = for_people.delete(user=user)
        self.stdout.write(f"Account {number} is gone, and {pages} pages with it.")
