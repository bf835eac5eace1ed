"""Where everything is taken along in one file."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.access import log
from profiles.accounts.models import User
from profiles.accounts.recent_login import recent_login_if_signed_in
from profiles.accounts.signed_in import account_of
from profiles.answers import history
from profiles.core.http import too_many
from profiles.core.rate_limits import count, may_print
from profiles.door import door
from profiles.door.door import Copy
from profiles.door.files import busy, file_not_made
from profiles.door.own_pages import OwnPaper, paper_of
from profiles.exports import archive as zipped
from profiles.exports.archive import MOST_ROWS, Member
from profiles.exports.receipt import as_data as receipt_as_data
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing import ledger, rules
from profiles.sharing.receipts import receipt_for
from profiles.supporters import history as help_history

LIMITS: Final = {"archive": "20/h/key"}  # a PDF in every layout, each time


@require_safe
@with_page
@recent_login_if_signed_in(then="exports:copy")
def archive(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page in every form, all that was said, what was decided and who looked, as a zip file."""
    headers = {"Content-Disposition": f'attachment; filename="{zipped.NAME}"'}
    if request.method == "HEAD":
        return file_not_made("application/zip", headers)
    paid = count(request, "archive", LIMITS, key=page.key)
    if paid is None or not may_print(request):
        return too_many(request)
    by = account_of(request)
    copy = door.copy_for(page)
    try:
        papers, left_out = _printed(page, copy)
    except printing.Busy:
        return busy(request)
    made = zipped.pack(
        readers=list(zipped.for_readers(copy, {key: made.pdf for key, made in papers.items()})),
        private=list(_private(page, copy, by)),
        left_out=[*left_out, *_too_many(page), "Photos that were on the page before."],
        made_on=copy.page.made_on,
        for_someone=page.for_someone,
    )
    _note(page, copy, papers, by)
    return HttpResponse(made, content_type="application/zip", headers=headers)


@transaction.atomic
def _note(page: Profile, copy: Copy, papers: Mapping[str, OwnPaper], by: User | None) -> None:
    """Write down what was taken along, once all of it is made."""
    page.lock()
    for paper in papers.values():
        paper.keep()
    door.note_taken(page, by=by, copy=copy)


def _printed(page: Profile, copy: Copy) -> tuple[dict[str, OwnPaper], list[str]]:
    """A PDF in each layout that has room for every word; and of the others, why there is none."""
    papers, left_out = {}, []
    for key, sheet in copy.in_layouts.items():
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
