"""The log of one page, ready to be shown or taken along."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any, Final

from django.db.models import Model

from profiles.access.models import Look, LookQuerySet
from profiles.access.sentences import LogRow, by_day, row_for, rows_for
from profiles.pages.models import Profile

COLUMNS: Final = (
    "when", "who", "role", "place", "what", "shared_with", "edition", "words",
)  # fmt: skip
NEWEST: Final = 1_000  # lines
# What begins a formula in one spreadsheet or another, at the head of a cell. Which sign parts the
# cells is the reader's own setting: after any that may, these begin a cell too.
FORMULA: Final = re.compile(r"(?:^|(?<=[,;|\t\r\n\"']))(\s*)(?=[=+@＝＋＠\-－])|^(?=[\t\r])")


def looks_of(page: Profile, name: str = "") -> LookQuerySet | list[Look]:
    """Every line, newest first; or those of a reader with this name, or of a share with them."""
    looks = page.looks.latest_first().select_related("share", "edition", "paper", "promise")
    if not name:
        return looks
    wanted = name.casefold()
    return [look for look in looks.with_profile(page) if wanted in _named(look)]


def days(page: Profile, looks: Iterable[Look]) -> list[tuple[date, list[LogRow]]]:
    """These lines in words, day by day."""
    return list(by_day(rows_for(_with_profile(page, looks), hello_cards(page))))


def names_in(page: Profile) -> list[str]:
    """Everybody whose name was in the log lately, in the order of the alphabet."""
    named = page.looks.select_related("share").only("reader_said", "profile", "share__reader_name")
    rows = named.latest_first()[:NEWEST]  # each is unsealed: a log may be long
    found = {row_for_name for look in _with_profile(page, rows) for row_for_name in _names(look)}
    return sorted(found, key=str.casefold)


def who_opened(page: Profile, share: Model) -> list[str]:
    """Who opened the page through this share, the latest first, with what they say they do."""
    looks = page.looks.openings().filter(share_id=share.pk).latest_first()[:NEWEST]
    rows = [row_for(look) for look in looks.with_profile(page)]
    return [*dict.fromkeys(f"{row.who} ({row.about})" if row.about else row.who for row in rows)]


def hello_cards(page: Profile) -> dict[int, Any]:
    """By share, the hello card of the worker whom it lets in.

    A link is for nobody: whoever holds it may type a name that is on somebody's card. And a card is
    for the person: whoever keeps their page does not get it.
    """
    if page.is_kept:
        return {}
    shares = page.shares.claimed().select_related("worker__hello_card__data_key")
    cards = ((share.pk, getattr(share.worker, "hello_card", None)) for share in shares)
    return {share: card for share, card in cards if card}


def table(page: Profile, most: int | None = None) -> Iterator[Mapping[str, str | int | None]]:
    """The log, newest first, one line a look: nothing is told together. Of many, the newest."""
    for look in _with_profile(page, looks_of(page)[:most]):
        row = row_for(look)
        values = (
            row.at.isoformat(), row.who, row.role, row.place, row.sentence, row.shared_with,
            row.edition, row.words,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def as_csv(page: Profile, most: int | None = None) -> str:
    """The log as a table, for a spreadsheet."""
    written = StringIO()
    written.write("\ufeff")  # else Excel takes it for another encoding
    rows = csv.writer(written, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    rows.writerows([cell(value) for value in row.values()] for row in table(page, most))
    return written.getvalue()


def as_data(page: Profile, most: int | None = None) -> dict[str, Any]:
    """The log as the members of a JSON object."""
    return {"format": "tell-it-once/looks/1", "looks": list(table(page, most))}


def cell(value: str | int | None) -> str:
    """A value that no spreadsheet takes for a formula: readers typed some of these words."""
    text = "" if value is None else str(value)
    return FORMULA.sub(lambda head: f"{head[1] or ''}'", text)


def _with_profile(page: Profile, looks: Iterable[Look]) -> Iterator[Look]:
    for look in looks:
        look.profile = page
        yield look


def _names(look: Look) -> Iterator[str]:
    if look.reader_said:
        yield str(look.reader_said)
    if look.share:
        look.share.profile = look.profile
        yield str(look.share.reader_name)


def _named(look: Look) -> str:
    return " ".join(_names(look)).casefold()
