"""The page as its reader gets it, for its person to see: before they say yes, and after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.core import codes
from profiles.door import door, paper_codes
from profiles.door.files import as_file, busy
from profiles.door.measure import room_on
from profiles.door.reader_views import photo_in, stamped_for
from profiles.pdf import printing
from profiles.sharing.decorators import with_my_share, with_share_being_made
from profiles.sharing.models import Share

NO_CODE = "0" * codes.CODE_LENGTH


@require_safe
@with_share_being_made
def preview(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The exact page that this reader would get, before anything is shared."""
    return _page(request, share, is_new=True)


@require_safe
@with_share_being_made
def preview_pdf(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The same on paper. Its code is none yet: it opens and tells nothing."""
    return _paper(request, share, NO_CODE)


@require_safe
@with_my_share
def as_reader(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The exact page that this reader gets now."""
    return _page(request, share, is_new=False)


@require_safe
@with_my_share
def as_reader_pdf(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The page on paper, made for this reader, for its person to hand over."""
    if not share.is_current():
        return _paper(request, share, NO_CODE)
    sheet = door.as_reader(share)
    code = paper_codes.own_paper(
        profile=share.profile,
        edition=sheet.edition or 0,
        topics=sheet.topics,
        with_photo=sheet.photo is not None,
        share=share,
    )
    return _paper(request, share, code)


def _page(request: HttpRequest, share: Share, *, is_new: bool) -> HttpResponse:
    sheet = door.as_reader(share)
    return render(
        request,
        "door/as_reader.html",
        {
            "page": share.profile,
            "share": share,
            "reader": share.reader_name,
            "sheet": sheet,
            "photo_address": photo_in(sheet),
            "room": room_on(sheet),
            "is_new": is_new,
        },
    )


def _paper(request: HttpRequest, share: Share, code: str) -> HttpResponse:
    try:
        made = printing.make_pdf(stamped_for(share, door.as_reader(share), code))
    except printing.DoesNotFit as too_long:
        context = {"page": share.profile, "room": too_long.room, "share": share}
        return render(request, "door/as_reader_too_long.html", context, status=409)
    except printing.TooHard as refusal:
        context = {"page": share.profile, "reason": str(refusal), "share": share}
        return render(request, "door/as_reader_too_long.html", context, status=409)
    except printing.Busy:
        return busy(request)
    return as_file(made.pdf, "page.pdf")
