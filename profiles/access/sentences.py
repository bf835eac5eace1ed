"""What the log says: each line as a sentence, by day, and as rows for a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.utils import timezone

from profiles.access.models import Happened, Look

TOGETHER: Final = timedelta(minutes=30)  # looks of one reader so close are told in one line
SOMEBODY: Final = "Somebody"
NOT_SAID: Final = "Somebody who did not say"  # a computer may take a page and give no name
COMPUTER: Final = "A computer"  # it asked, gave no name, and has nothing
KEEPER: Final = "The person who keeps this page"
SITE: Final = "Whoever runs this site"
NO_NAMES: Final = (SOMEBODY, NOT_SAID, COMPUTER, KEEPER, SITE)  # they stand in place of a name
BY_COMPUTERS: Final = {Happened.TOOK_RECORD: NOT_SAID, Happened.NO_RECORD: COMPUTER}
BY_SITE: Final = {Happened.CLOSED, Happened.REOPENED, Happened.COPY_SENT}

SENTENCES: Final = {
    Happened.LOOKED: "looked at your page.",
    Happened.PRINTED: "took your page as a PDF, to print or to keep.",
    Happened.TOOK_TEXT: "took a copy of the words.",
    Happened.TOOK_DATA: "took a copy as a data file.",
    Happened.TOOK_RECORD: "took your page into its records.",
    Happened.WRONG_PASSCODE: "tried a wrong passcode. They saw nothing.",
    Happened.LOCKED: "The passcode was wrong too often, so it is locked.",
    Happened.HAS_READ: "said: I have read this.",
    Happened.OUT_OF_DATE: "thinks that something is out of date.",
    Happened.ASKED: "asked to see your page.",
    Happened.PROMISED: "made you a promise.",
    Happened.SAID_SORRY: "said sorry for a promise that was not kept.",
    Happened.HELPS: "said yes to helping you with your page.",
    Happened.LEFT: "stopped helping you with your page.",
    Happened.SUGGESTED: "suggested some words.",
    Happened.TOGETHER: "wrote down words together with you.",
    Happened.DECIDED: "wrote down a decision that was made for you.",
    Happened.HANDED: "kept this page for you, and handed it over.",
    Happened.NO_PAPER: "asked for your page as a PDF, and did not get it.",
    Happened.NO_RECORD: "asked for your page for its records, and did not get it.",
    Happened.CLOSED: "closed your account. All that you share is paused. They saw no words.",
    Happened.REOPENED: "opened your account again. What you share stays paused until you open it.",
    Happened.COPY_SENT: "had a copy of everything made for you to fetch. They saw none of it.",
}
# To whoever keeps the page: it is not theirs, and neither is the help.
TO_KEEPERS: Final = SENTENCES | {
    Happened.LOOKED: "looked at the page.",
    Happened.PRINTED: "took the page as a PDF, to print or to keep.",
    Happened.TOOK_RECORD: "took the page into its records.",
    Happened.ASKED: "asked to see the page.",
    Happened.PROMISED: "made a promise.",
    Happened.HELPS: "said yes to helping with the page.",
    Happened.LEFT: "stopped helping with the page.",
    Happened.TOGETHER: "wrote down words together with the person.",
    Happened.DECIDED: "wrote down a decision that was made for the person.",
    Happened.HANDED: "kept this page for the person, and handed it over.",
    Happened.NO_PAPER: "asked for the page as a PDF, and did not get it.",
    Happened.NO_RECORD: "asked for the page for its records, and did not get it.",
    Happened.CLOSED: "closed this account. All that is shared is paused. They saw no words.",
    Happened.REOPENED: "opened this account again. What is shared stays paused until you open it.",
    Happened.COPY_SENT: "had a copy of everything made, to be fetched here. They saw none of it.",
}
NO_CARDS: Final[Mapping[int, Any]] = {}
WITH_WORDS: Final = {
    Happened.HAS_READ: "One thing I will do because I read this:",
    Happened.OUT_OF_DATE: "They wrote:",
    Happened.ASKED: "They wrote:",
    Happened.PROMISED: "They promised:",
    Happened.SAID_SORRY: "They wrote:",
    Happened.TOGETHER: "About:",
    Happened.DECIDED: "About:",
}


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """One line of the log, in words."""

    at: datetime
    until: datetime | None  # the last of several looks that are told in one line
    times: int
    who: str
    role: str
    place: str
    sentence: str
    shared_with: str  # by which share, in the person's words
    edition: int | None
    before_words: str
    words: str
    kind: str
    by_day: date | None = None  # of a promise
    card: Any = None  # the hello card of the worker whom that share lets in

    @property
    def day(self) -> date:
        """The day on which it happened, where the person is."""
        return timezone.localtime(self.at).date()

    @property
    def about(self) -> str:
        """What they do, and where, as they said."""
        return ", ".join(filter(None, [self.role, self.place]))


def row_for(look: Look) -> LogRow:
    """This line of the log, in words."""
    happened = Happened(look.happened)
    if happened is Happened.PRINTED and look.share_id and not hasattr(look, "paper"):
        happened = Happened.NO_PAPER  # as it was written down before it had a line
    return LogRow(
        at=look.looked_at,
        until=None,
        times=1,
        who=_who(look, happened),
        role=look.reader_role or "",
        place=look.reader_place or "",
        sentence=(TO_KEEPERS if look.profile.is_kept else SENTENCES)[happened],
        shared_with=_shared_with(look),
        edition=look.edition.number if look.edition else None,
        before_words=WITH_WORDS.get(happened, "") if look.words else "",
        words=look.words or "",
        kind=happened.value,
        by_day=_by_day(look, happened),
    )


def rows_for(looks: Iterable[Look], cards: Mapping[int, Any] = NO_CARDS) -> list[LogRow]:
    """These lines in words, newest first, and those that belong together as one."""
    return together(in_words(looks, cards))


def in_words(looks: Iterable[Look], cards: Mapping[int, Any] = NO_CARDS) -> Iterator[LogRow]:
    """Each line in words. `cards` are hello cards, by the share that lets their workers in."""
    for look in looks:
        yield replace(row_for(look), card=cards.get(look.share_id) if look.share_id else None)


def together(lines: Iterable[LogRow]) -> list[LogRow]:
    """Lines, newest first; looks of one reader within half an hour as one."""
    rows: list[LogRow] = []
    for row in lines:
        if rows and _belongs(row, rows[-1]):
            rows[-1] = _together(row, rows[-1])
        else:
            rows.append(row)
    return rows


def by_day(rows: Iterable[LogRow]) -> Iterator[tuple[date, list[LogRow]]]:
    """The rows of each day, newest day first."""
    for day, group in groupby(rows, lambda row: row.day):
        yield day, list(group)


def _who(look: Look, happened: Happened) -> str:
    if happened is Happened.LOCKED:
        return ""
    if happened in BY_SITE:
        return SITE
    if look.reader_said:
        return str(look.reader_said)
    if not look.share_id:
        return KEEPER
    return BY_COMPUTERS.get(happened, SOMEBODY)


def _by_day(look: Look, happened: Happened) -> date | None:
    """The day of the promise that came with this line."""
    if happened is Happened.PROMISED and hasattr(look, "promise"):
        return look.promise.by_day
    return None


def _shared_with(look: Look) -> str:
    if look.share is None:
        return ""
    look.share.profile = look.profile
    return str(look.share.reader_name)


def _belongs(row: LogRow, newer: LogRow) -> bool:
    same = (row.kind, row.who, row.role, row.place, row.shared_with, row.edition) == (
        newer.kind, newer.who, newer.role, newer.place, newer.shared_with, newer.edition,
    )  # fmt: skip
    return row.kind == Happened.LOOKED and same and newer.at - row.at <= TOGETHER


def _together(row: LogRow, newer: LogRow) -> LogRow:
    return replace(newer, at=row.at, until=newer.until or newer.at, times=newer.times + 1)
