"""Where the page is taken away, as text or as data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from profiles.access.models import Channel
from profiles.accounts.recent_login import recent_login_if_signed_in
from profiles.accounts.signed_in import account_of, shown_to
from profiles.door import door
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import named_on
from profiles.exports.files import FHIR, as_data, as_markdown, as_text
from profiles.exports.making import keeper_of
from profiles.exports.models import KeptArchive
from profiles.exports.portable import as_portable
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile


@require_safe
@with_page
def page_txt(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as plain text."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.TEXT)
    return as_text(sheet, "my-page.txt")


@require_safe
@with_page
def page_md(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as Markdown."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.TEXT)
    return as_markdown(sheet, "my-page.md")


@require_safe
@with_page
def page_json(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as a file that another place can read."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.DATA)
    return as_data(as_portable(sheet), "my-page.json")


@require_safe
@with_page
def page_fhir(request: HttpRequest, page: Profile) -> HttpResponse:
    """The words of the page as a document that health records can read."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.DATA)
    made = document(
        sheet,
        named_on(sheet),
        pdf=None,
        made_at=timezone.now(),
        about=page.key,
        keeper=keeper_of(page),
    )
    return as_data(made, "my-page.fhir.json", FHIR)


@require_safe
@with_page
@recent_login_if_signed_in(then="exports:copy")
def everything(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everything the person has said, with what they keep to themself."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.DATA, everything=True)
    return as_data(as_portable(sheet), "everything-i-said.json")


@require_safe
@with_page
def copy(request: HttpRequest, page: Profile) -> HttpResponse:
    """Every way to take the page along, each with what it is good for."""
    mine = KeptArchive.objects.of(page, account_of(request))
    context = {
        "page": page,
        "ready": mine.ready(timezone.now()).defer("file").first(),
        "is_being_made": mine.being_made().exists(),
    }
    return render(request, "exports/copy.html", context)
