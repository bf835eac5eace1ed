"""What was taken away is done again, where the database came back from an older copy.

See docs/decisions/0040-a-restore-reopens-nothing.md. Whoever serves, tidies or restores calls
`catch_up` first: it costs nothing where the database knows its journal whole.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import transaction

from profiles.accounts import after_restore as accounts
from profiles.accounts.actions import delete_account
from profiles.accounts.models import Session
from profiles.answers.actions import keep_again
from profiles.core import journal
from profiles.core.crypto import CannotOpen
from profiles.core.journal import Ending, JournalState, KeyIsMissing, Kind
from profiles.core.journal_places import Broken
from profiles.core.mails import no_more_again
from profiles.core.models import ToJournal
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from profiles.photos.actions import take_off_again
from profiles.sharing import after_restore as sharing
from profiles.supporters import after_restore as supporters
from profiles.supporters import handing
from profiles.workers import actions as workers

log = logging.getLogger(__name__)


@transaction.atomic
def catch_up(*, restored: bool = False) -> JournalState:
    """Do again what this database does not know of; how it stood before.

    Where its journal is missing or broken, everything that was shared is paused, and a new journal
    begins. `restored` says that the database has just been put back: then a journal that never was
    is missing too. Raises CannotReach and KeyIsMissing: then nothing may be shown.
    """
    mark = journal.held_mark()
    try:
        stood = journal.standing(mark)
        if stood is JournalState.BEHIND:
            name, endings = journal.endings_after(mark.number)
            do_again(endings)
            if any(ending.cannot_be_found for ending in endings):
                log.error(
                    "SHARE_KEY_SECRET is another than when something ended, so that it cannot be "
                    "found: everything that was shared is paused."
                )
                pause_everything()
            mark.journal, mark.number = name, endings[-1].number if endings else mark.number
            mark.save()
    except Broken:
        stood = JournalState.MISSING
    except KeyIsMissing:
        if mark.journal or Profile.objects.exists():
            raise
        stood = JournalState.NEW  # it is of another database, and nobody is in ours yet
    if stood is JournalState.NEW:
        if restored:
            stood = JournalState.MISSING
        else:
            journal.begin_anew(mark)
    if stood is JournalState.MISSING:
        log.error("The endings journal is missing or broken: everything that was shared is paused.")
        pause_everything()
        journal.begin_anew(mark)
    return stood


def is_level() -> bool:
    """Is there a journal, and does this database know it whole?

    Raises CannotReach and KeyIsMissing.
    """
    try:
        return journal.standing() is JournalState.LEVEL
    except Broken:
        return False


def do_again(endings: Iterable[Ending]) -> None:
    """Do each of these again. Done twice, it is as done once.

    Of what is told of one thing the last line counts, but for topics: there each does. What waits
    in this database to be written is newer than any line, unless it stands in the journal already.
    """
    endings = list(endings)
    known = {ending.uid for ending in endings}
    ToJournal.objects.filter(uid__in=known).delete()
    newer = {*ToJournal.objects.values_list("kind", "ref")}
    last = {
        (each.kind, each.ref, each.number if each.kind is Kind.TOPIC else 0): each
        for each in endings
    }
    left = [each for each in last.values() if (each.kind.value, each.ref) not in newer]
    for ending in sorted(left, key=lambda each: each.number):
        try:
            with transaction.atomic():
                AGAIN[ending.kind](ending)
        except CannotOpen:  # one page that was damaged keeps nobody else out
            _pause_page(ending)
    log.warning("After a restore, %d endings were looked at again.", len(left))


def pause_everything() -> None:
    """Nobody knows what was taken away since. So nothing is shown until its person says so.

    Shares are paused, who helps has to be let help again, and everybody signs in anew.
    """
    sharing.pause_all()
    supporters.ask_again()
    Session.objects.exclude(account=None).delete()


def _pause_page(ending: Ending) -> None:
    """What was taken away cannot be done again on a page that does not open: all it shares waits
    for its person. Nobody can read it now; but its words may open again.
    """
    find = PAGE_OF.get(ending.kind)  # none for a hello card, which shows nothing as it is
    if find and (page := find(ending)):
        log.error("Page %s does not open: what it shares is paused.", page.pk)
        sharing.pause_all(page=page)
        supporters.ask_again(page=page)


def _page(key: str) -> Profile | None:
    return Profile.objects.select_related("data_key").filter(key=key).first()


def _delete_page(ending: Ending) -> None:
    if page := _page(ending.ref):
        delete_page(profile=page)


def _topic(ending: Ending) -> None:
    key, _, topic = ending.ref.partition(":")
    page = _page(key)
    if page and keep_again(page=page, topic=topic, says=ending.says):
        sharing.end_ticks(page=page, topic=topic)
        supporters.end_ticks(page=page, topic=topic)


def _delete_account(ending: Ending) -> None:
    """One that has a page here keeps it: nobody knows whose it was then. But it is signed out."""
    user = accounts.account_named(ending.ref, number=ending.says["number"])
    if user is None:
        return
    if Profile.objects.of(user).exists():
        accounts.sign_out_everywhere(user)
    else:
        delete_account(user=user)


AGAIN: Final[dict[Kind, Callable[[Ending], Any]]] = {
    Kind.SHARE: lambda one: sharing.narrow(ref=one.ref, says=one.says, at=one.at),
    Kind.HELPER: lambda one: supporters.narrow(ref=one.ref, says=one.says),
    Kind.PAGE: _delete_page,
    Kind.TOPIC: _topic,
    Kind.PHOTO: lambda one: take_off_again(ref=one.ref, says=one.says),
    Kind.CARD: lambda one: workers.again(ref=one.ref, says=one.says),
    Kind.ASK_CODE: lambda one: sharing.drop_ask_code(ref=one.ref),
    Kind.OFFER: lambda one: handing.end_offer_again(ref=one.ref),
    Kind.HANDED: lambda one: handing.hand_over_again(ref=one.ref, says=one.says),
    Kind.ACCOUNT: _delete_account,
    Kind.CLOSED: lambda one: accounts.close_again(ref=one.ref, says=one.says),
    Kind.ADDRESS: lambda one: accounts.leave_address(ref=one.ref, says=one.says),
    Kind.SESSION: lambda one: accounts.end_session(ref=one.ref),
    Kind.PASSKEY: lambda one: accounts.remove_passkey(ref=one.ref, says=one.says),
    Kind.MAILS: lambda one: no_more_again(one.ref),
}
PAGE_OF: Final[dict[Kind, Callable[[Ending], Profile | None]]] = {
    Kind.SHARE: lambda one: Profile.objects.filter(shares__ref=one.ref).first(),
    Kind.HELPER: lambda one: Profile.objects.filter(supporters__ref=one.ref).first(),
    Kind.TOPIC: lambda one: _page(one.ref.partition(":")[0]),
    Kind.PHOTO: lambda one: _page(one.ref),
    Kind.HANDED: lambda one: _page(one.ref),
}
