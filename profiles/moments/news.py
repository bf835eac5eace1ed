"""What happened to a page: in one sentence, and what its person must be told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from profiles.access.models import Happened
from profiles.access.sentences import LogRow, row_for
from profiles.pages.models import Profile

LATELY: Final = timedelta(days=30)  # what is older is no news
A_FEW: Final = 20  # lines of the log that are looked through for the last
MOST_TOLD: Final = 100  # at once; the others when these were read

# What a reader did, to the person and to whoever keeps the page for them.
READ: Final = {
    Happened.LOOKED: (gettext_noop("read your page"), gettext_noop("read the page")),
    Happened.PRINTED: (gettext_noop("took your page on paper"), gettext_noop("took it on paper")),
    Happened.TOOK_TEXT: (gettext_noop("took a copy of the words"),) * 2,
    Happened.TOOK_DATA: (gettext_noop("took a copy of the words"),) * 2,
    Happened.TOOK_RECORD: (
        gettext_noop("took your page into its records"),
        gettext_noop("took the page into its records"),
    ),
    Happened.HAS_READ: (gettext_noop("has read your page"), gettext_noop("has read the page")),
    Happened.OUT_OF_DATE: (gettext_noop("thinks that something is out of date"),) * 2,
    Happened.PROMISED: (gettext_noop("made you a promise"), gettext_noop("made a promise")),
    Happened.SAID_SORRY: (gettext_noop("said sorry for a promise"),) * 2,
}
# What somebody who helps did, of which the person is told at once, and what they are told.
SAID: Final = {
    Happened.DECIDED: gettext_noop("wrote down a decision about you"),
    Happened.TOGETHER: gettext_noop("wrote words down together with you"),
    Happened.HELPS: gettext_noop("said yes to helping you with your page"),
    Happened.LEFT: gettext_noop("stopped helping you"),
}


@dataclass(frozen=True, kw_only=True)
class News:
    """The last thing that somebody did: "Priya", "read your page", "this morning", "and …"."""

    who: str
    did: str
    when: str
    also: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something that the person is told at once, until they have read it."""

    number: int  # of its line in the log
    row: LogRow
    did: str
    when: str


def newest(page: Profile, now: datetime) -> News | None:
    """What a reader did last, if that was lately; with what else they did on that day."""
    looks = page.looks.of_kinds([*READ]).since(now - LATELY).exclude(share=None)
    looks = looks.latest_first().select_related("share", "edition", "paper")[:A_FEW]
    rows = [row for row in map(row_for, looks.with_profile(page)) if row.kind in READ]
    if not rows:
        return None
    last, theirs = rows[0], int(page.for_someone)
    that_day = [row for row in rows if (row.who, row.about, _day(row)) == _same(last)]
    did = [_(READ[Happened(row.kind)][theirs]) for row in reversed(that_day)]
    first, *more = dict.fromkeys(did)
    return News(who=last.who, did=first, when=when(last.at, now), also=more[-1] if more else "")


def told(page: Profile, now: datetime) -> list[Told]:
    """What those who help did, and the person has not read yet; the newest first.

    Of very many, the oldest: to have read them is to have read none that came later. What came
    later was written later, whatever clocks say: else one that ran ahead would hide it.
    """
    looks = page.looks.told()
    if page.told_at:
        read = looks.filter(looked_at__lte=page.told_at).order_by("-looked_at", "-pk").values("pk")
        looks = looks.filter(pk__gt=Coalesce(Subquery(read[:1]), 0))
    rows = looks.select_related("share", "edition").order_by("pk")[:MOST_TOLD].with_profile(page)
    return [
        Told(number=look.pk, row=row, did=_(SAID[Happened(row.kind)]), when=when(row.at, now))
        for look in reversed(rows)
        for row in [row_for(look)]
    ]


def when(at: datetime, now: datetime) -> str:
    """How people say when something was: "this morning", "yesterday", "on Tuesday", "on 3 May".

    With its year if that is not this one: what helpers did is told until it was read.
    """
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    days = (today - local.date()).days
    if days <= 0:
        parts = (_("this morning"), _("this afternoon"), _("this evening"))
        return parts[(local.hour >= 12) + (local.hour >= 18)]
    if days == 1:
        return _("yesterday")
    written = "l" if days < 7 else "j F" if local.year == today.year else "j F Y"
    return _("on {day}").format(day=date_format(local, written))


def _same(row: LogRow) -> tuple[str, str, date]:
    return (row.who, row.about, _day(row))


def _day(row: LogRow) -> date:
    return timezone.localtime(row.at).date()
