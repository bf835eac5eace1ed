"""Making the archive of a page, for somebody who waits a little, or by a worker."""

from collections.abc import Iterator, Mapping
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction

from profiles.access import log
from profiles.access.sentences import KEEPER
from profiles.accounts.models import User
from profiles.answers import history
from profiles.door import door
from profiles.door.door import Copy
from profiles.door.own_pages import OwnPaper, paper_of
from profiles.exports import archive as zipped
from profiles.exports.archive import MOST_ROWS, Member
from profiles.exports.receipt import as_data as receipt_as_data
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing import ledger, rules
from profiles.sharing.receipts import receipt_for
from profiles.supporters import history as help_history
from profiles.workers import history as promises


class TakesLong(Exception):
    """It would take longer than somebody should wait."""


def keeper_of(page: Profile) -> str:
    """As whom a file names whoever keeps this page: nobody asked for a name. "": nobody does."""
    return KEEPER if page.is_kept else ""


def make_archive(page: Profile, *, by: User | None, within: float | None = None) -> bytes:
    """The zip file, and then it is written down that it was taken along.

    Raises Busy as printing does; and TakesLong when so many seconds are over, and it is not made.
    """
    until = None if within is None else monotonic() + within
    copy = door.copy_for(page)
    papers, left_out = _printed(page, copy, until)
    _in_time(until)
    made = zipped.pack(
        readers=list(
            zipped.for_readers(
                copy,
                {key: made.pdf for key, made in papers.items()},
                about=page.key,
                keeper=keeper_of(page),
            )
        ),
        private=list(_private(page, copy, by)),
        left_out=[*left_out, *_too_many(page), "Photos that were on the page before."],
        made_on=copy.page.made_on,
        for_someone=page.for_someone,
    )
    _note(page, copy, papers, by)
    return made


def _in_time(until: float | None) -> None:
    if until is not None and monotonic() > until:
        raise TakesLong


@transaction.atomic
def _note(page: Profile, copy: Copy, papers: Mapping[str, OwnPaper], by: User | None) -> None:
    """Write down what was taken along, once all of it is made."""
    page.lock()
    for paper in papers.values():
        paper.keep()
    door.note_taken(page, by=by, copy=copy)


def _printed(
    page: Profile, copy: Copy, until: float | None
) -> tuple[dict[str, OwnPaper], list[str]]:
    """A PDF in each layout that has room for every word; and of the others, why there is none."""
    papers, left_out = {}, []
    for key, sheet in copy.in_layouts.items():
        _in_time(until)
        title = sheet.layout.title
        try:
            made = paper_of(sheet, profile=page)
        except (printing.DoesNotFit, printing.TooHard) as reason:
            left_out.append(f"The PDF “{title}”. {reason}")
            continue
        papers[key] = made
        if made.unprintable:
            letters = " ".join(made.unprintable)
            left_out.append(f"Some letters in the PDF “{title}”. We cannot print these: {letters}")
    return papers, left_out


def _private(page: Profile, copy: Copy, by: User | None) -> Iterator[Member]:
    """What its person alone has: all the words, the log, and what they decided about sharing."""
    photo = page.photos.newest()
    if photo:
        photo.profile = page
    said = history.as_data(page, MOST_ROWS)
    yield from zipped.with_all_that_was_said(copy, said, photo.whole if photo else b"")
    yield from zipped.who_looked("".join(log.as_csv(page, MOST_ROWS)), log.as_data(page, MOST_ROWS))
    yield from zipped.help_had(help_history.as_data(page, MOST_ROWS))
    yield from zipped.promised(promises.as_data(page, MOST_ROWS))
    if rules.may_share(by, page):  # else there are no shares, or they are not theirs to see
        yield from zipped.consent(list(ledger.history(page)), list(_receipts(page)))


def _receipts(page: Profile) -> Iterator[dict[str, Any]]:
    for share in page.shares.given().latest_first().with_profile(page):
        yield receipt_as_data(
            receipt_for(share), site=settings.SITE_ADDRESS, contact=settings.CONTACT
        )


def _too_many(page: Profile) -> Iterator[str]:
    """What there is too much of to go into one file."""
    if page.answers.count() > MOST_ROWS:
        yield f"Earlier words, before the newest {MOST_ROWS:,}. They stay on the page."
    if page.looks.count() > MOST_ROWS:
        yield f"Who looked, before the newest {MOST_ROWS:,} looks. They stay in your list."
