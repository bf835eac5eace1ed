"""Who has looked, each person or place once: when last, what they took, and what they said back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from profiles.access.log import NEWEST, hello_cards, looks_of
from profiles.access.models import OPENINGS, Happened
from profiles.access.sentences import NO_NAMES, SOMEBODY, LogRow, in_words, together
from profiles.pages.models import Profile

WEEKS: Final = 8  # as many as stand beside each other on a phone
A_WEEK: Final = 6  # dots that find room in one of them
LAST_SAID: Final = 2
COPIES: Final = (Happened.TOOK_TEXT, Happened.TOOK_DATA)


@dataclass(frozen=True, kw_only=True)
class Week:
    """The looks of one week, the first of them first, and how many more there were."""

    begins: date
    looks: list[LogRow]
    more: int


@dataclass(frozen=True, kw_only=True)
class ReaderCard:
    """Somebody of whom the log tells: one reader, or a place where nobody gave a name."""

    who: str
    about: str  # what they do, and where, as they said last
    shared_with: str  # by which share, in the person's words, where that is not their name
    search: str  # finds their lines among all; empty if they have no name to be found by
    card: Any  # their hello card, if the person may have it
    opened: LogRow | None  # the last time
    printed: LogRow | None
    copied: LogRow | None
    recorded: LogRow | None  # the first time: a record that has taken it keeps it
    said: list[LogRow]  # what else is told of them: the newest few
    weeks: list[Week]  # the last ones, the first of them first; none, if there was no look in them

    @property
    def lately(self) -> int:
        """How often they looked in these weeks."""
        return sum(len(week.looks) + week.more for week in self.weeks)

    @property
    def looks(self) -> list[LogRow]:
        """The looks that have a dot, newest first."""
        return [row for week in reversed(self.weeks) for row in reversed(week.looks)]


def reader_cards(page: Profile, now: datetime) -> tuple[list[ReaderCard], bool]:
    """A card for each reader, who looked last on top; and whether these are all that there were.

    A long log is looked through for its newest lines alone: each is unsealed.
    """
    looks = list(looks_of(page)[: NEWEST + 1])
    for look in looks:
        look.profile = page
    of_each: dict[tuple[str, str], list[LogRow]] = {}
    for row in in_words(looks[:NEWEST], hello_cards(page)):
        of_each.setdefault((_named(row).casefold(), row.shared_with.casefold()), []).append(row)
    return [_card(together(rows), now) for rows in of_each.values()], len(looks) <= NEWEST


def _named(row: LogRow) -> str:
    return row.who if row.who != SOMEBODY else ""


def _card(rows: list[LogRow], now: datetime) -> ReaderCard:
    last = rows[0]
    opened = [row for row in rows if row.kind in OPENINGS]
    who = _named(last) or last.shared_with or SOMEBODY
    return ReaderCard(
        who=who,
        about=next((row.about for row in rows if row.about), ""),
        shared_with="" if last.shared_with.casefold() == who.casefold() else last.shared_with,
        search=who if who not in NO_NAMES else "",
        card=next((row.card for row in opened if row.card), None),
        opened=next(iter(opened), None),
        printed=next((row for row in opened if row.kind == Happened.PRINTED), None),
        copied=next((row for row in opened if row.kind in COPIES), None),
        recorded=next((row for row in opened[::-1] if row.kind == Happened.TOOK_RECORD), None),
        said=_said(rows)[:LAST_SAID],
        weeks=_weeks(opened, now),
    )


def _said(rows: list[LogRow]) -> list[LogRow]:
    """What is told besides looks, each once: five suggestions are one line."""
    told = [row for row in rows if row.kind not in OPENINGS]
    return [*{(row.kind, row.words): row for row in reversed(told)}.values()][::-1]


def _weeks(opened: Iterable[LogRow], now: datetime) -> list[Week]:
    this_week = _monday(timezone.localtime(now).date())
    of_week: dict[date, list[LogRow]] = {
        this_week - timedelta(weeks=ago): [] for ago in reversed(range(WEEKS))
    }
    for row in opened:
        week = of_week.get(_monday(row.day))
        if week is not None:
            week.insert(0, row)
    if not any(of_week.values()):
        return []
    return [
        Week(begins=begins, looks=looks[-A_WEEK:], more=max(0, len(looks) - A_WEEK))
        for begins, looks in of_week.items()
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
