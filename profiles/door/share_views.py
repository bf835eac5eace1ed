"""The page as its reader gets it, for its person to see: before they say yes, and after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.door import door
from profiles.door.files import pdf_or_why
from profiles.door.measure import fit_of
from profiles.door.own_pages import print_own_page
from profiles.door.reader_views import photo_in
from profiles.sharing.decorators import with_any_share, with_my_share, with_share_being_made
from profiles.sharing.models import Share


@require_safe
@with_share_being_made
def preview(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The exact page that this reader would get, before anything is shared."""
    return _page(request, share, person, is_new=True)


@require_safe
@with_share_being_made
def preview_pdf(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The same on paper. Its code is none yet: it opens and tells nothing."""
    return _paper(request, share, person)


@require_safe
@with_any_share
def as_reader(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The exact page that this reader gets now. Where it is over, they get none."""
    if not share.is_current():
        return redirect("sharing:share", ref=share.ref)
    return _page(request, share, person, is_new=False)


@require_safe
@with_my_share
def as_reader_pdf(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The page on paper, made for this reader, for its person to hand over."""
    if not share.is_current():
        return redirect("sharing:share", ref=share.ref)
    return _paper(request, share, person)


def _page(request: HttpRequest, share: Share, person: User, *, is_new: bool) -> HttpResponse:
    sheet = door.as_reader(share, by=person)
    return render(
        request,
        "door/as_reader.html",
        {
            "page": share.profile,
            "share": share,
            "reader": share.reader_name,
            "sheet": sheet,
            "photo_address": photo_in(sheet),
            "fit": fit_of(sheet),
            "is_new": is_new,
        },
    )


def _paper(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    size = request.GET.get("size", "")
    return pdf_or_why(
        request,
        lambda first: (
            print_own_page(share.profile, by=person, share=share, size=size, first=first).pdf
        ),
        name="page.pdf",
        refusal="door/as_reader_too_long.html",
        context={"page": share.profile, "share": share},
    )
