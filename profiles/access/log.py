"""The log of one page, ready to be shown or taken along."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final, cast

from django.db.models import Model
from django.utils import timezone

from profiles.access.models import Look, LookQuerySet
from profiles.access.sentences import LogRow, by_day, row_for, rows_for
from profiles.core.encrypted_fields import EncryptedField, Sealed
from profiles.pages.models import Profile

COLUMNS: Final = (
    "when", "who", "role", "place", "what", "shared_with", "edition", "words",
)  # fmt: skip
FORMAT: Final = "tell-it-once/looks/1"
NEWEST: Final = 1_000  # lines
SEARCHED: Final = 10_000  # lines whose names are looked through, the newest
AT_ONCE: Final = 500  # lines that are put in words together, while the first are on their way
# What begins a formula in one spreadsheet or another, at the head of a cell. Which sign parts the
# cells is the reader's own setting: after any that may, these begin a cell too.
FORMULA: Final = re.compile(r"(?:^|(?<=[,;|\t\r\n\"']))(\s*)(?=[=+@＝＋＠\-－])|^(?=[\t\r])")


def looks_of(page: Profile, name: str = "") -> LookQuerySet:
    """Every line, newest first; or those of a reader with this name, or of a share with them."""
    looks = page.looks.latest_first().select_related("share", "edition", "paper", "promise")
    return looks.filter(pk__in=_named(page, name.casefold())) if name else looks


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
    """The log, newest first, one line a look: nothing is told together. Of many, the newest.

    When it was is told by our clock, as screens have it: a spreadsheet shows it as it stands.
    """
    for look in islice(_in_lots(page), most):
        row = row_for(look)
        values = (
            timezone.localtime(row.at).isoformat(), row.who, row.role, row.place, row.sentence,
            row.shared_with, row.edition, row.words,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def as_csv(page: Profile, most: int | None = None) -> Iterator[str]:
    """The log as a table, for a spreadsheet, line by line."""
    yield "\ufeff"  # else Excel takes it for another encoding
    line = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield line.writerow(COLUMNS)
    for row in table(page, most):
        yield line.writerow([cell(value) for value in row.values()])


def as_json(page: Profile) -> Iterator[str]:
    """The log as a JSON object, line by line."""
    yield f'{{"format": "{FORMAT}", "looks": ['
    before = "\n"
    for row in table(page):
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def as_data(page: Profile, most: int | None = None) -> dict[str, Any]:
    """The log as the members of a JSON object."""
    return {"format": FORMAT, "looks": list(table(page, most))}


def cell(value: str | int | None) -> str:
    """A value that no spreadsheet takes for a formula: readers typed some of these words."""
    text = "" if value is None else str(value)
    return FORMULA.sub(lambda head: f"{head[1] or ''}'", text)


class _Line:
    """Where csv writes a line: it hands it back."""

    def write(self, line: str) -> str:
        return line


def _in_lots(page: Profile) -> Iterator[Look]:
    """Every line, newest first. Each lot is asked for after the last line of the one before.

    So nothing is held open meanwhile, and a line that is written now shifts none.
    """
    left = looks_of(page)
    while lot := left[:AT_ONCE].with_profile(page):
        yield from lot
        last = lot[-1]
        left = looks_of(page).before(last)


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


def _named(page: Profile, wanted: str) -> list[int]:
    """The lines with this in a name. Nothing else of them is read, and a log may be long."""
    shares = {share.pk: str(share.reader_name) for share in page.shares.with_profile(page)}
    said = cast(EncryptedField, Look._meta.get_field("reader_said"))
    rows = page.looks.latest_first().values_list("pk", "reader_said", "share_id")[:SEARCHED]
    return [
        pk
        for pk, name, share in rows
        if wanted in f"{said.open(cast(Sealed, name), page)} {shares.get(share, '')}".casefold()
    ]
