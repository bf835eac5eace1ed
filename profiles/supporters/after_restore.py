"""What the endings journal says of those who help, done again after a restore."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.answers.models import ticked_among
from profiles.core.crypto import CannotOpen
from profiles.pages.models import Profile
from profiles.sharing.ledger import By
from profiles.sharing.models import ConsentEvent
from profiles.supporters.actions import note_helper, record_help
from profiles.supporters.models import Supporter

EventKind = ConsentEvent.Kind
MORE = [each.value for each in Supporter.May]  # each includes the one before it


def narrow(*, ref: str, says: dict[str, Any]) -> None:
    """Let somebody who helps do no more than their last line says."""
    helper = Supporter.objects.current().named(ref).select_related("profile__data_key").first()
    if helper is None:
        return
    helper.profile.lock()
    before = (helper.ended_at, helper.given_at, helper.may, helper.kept_topics)
    names = helper.names_in_emails
    if says["ended"]:
        helper.ended_at = timezone.now()
    if not says["given"]:
        helper.given_at = None
    helper.may = min(helper.may, says["may"], key=MORE.index)
    helper.names_in_emails = names and says["names"]
    if {*helper.shown_though_kept} - {*says["kept_topics"]}:
        helper.kept_topics = ticked_among(helper.kept_topics, says["kept_topics"])
    after = (helper.ended_at, helper.given_at, helper.may, helper.kept_topics)
    if (after, helper.names_in_emails) == (before, names):
        return
    _save(helper, EventKind.WITHDRAWN if says["ended"] else EventKind.CHANGED)


def end_ticks(*, page: Profile, topic: str) -> None:
    """A topic was opened since, or kept again: no tick from before shows it to anybody."""
    for helper in page.supporters.current().with_profile(page):
        if topic in helper.kept_topics:
            left = [other for other in helper.kept_topics if other != topic]
            helper.kept_topics = ticked_among(helper.kept_topics, left)
            helper.save(update_fields=["kept_topics"])
            note_helper(helper)


def ask_again(*, page: Profile | None = None) -> None:
    """Nobody knows whose help was ended since, of one person or of any: they are asked again about
    who helps them.
    """
    helping = Supporter.objects.helping().filter(**({"profile": page} if page else {}))
    for helper in helping.select_related("profile__data_key"):
        helper.given_at = None
        _save(helper, EventKind.PAUSED)


def _save(helper: Supporter, kind: ConsentEvent.Kind) -> None:
    """Keep it, and put it in the ledger; where the words do not open, it is done all the same."""
    helper.save(update_fields=["ended_at", "given_at", "may", "kept_topics", "names_in_emails"])
    try:
        with transaction.atomic():
            record_help(kind, helper, by=By.RESTORE)
    except CannotOpen:
        note_helper(helper)
