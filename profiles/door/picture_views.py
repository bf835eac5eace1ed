"""The page as it prints, as a picture: for those who write it, beside the box they write in."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.core import codes
from profiles.core.http import too_many
from profiles.core.rate_limits import may_draw
from profiles.door import door
from profiles.door.files import TooOften, busy, file_not_made, pay_for
from profiles.door.in_sizes import layout_asked_for
from profiles.door.own_pages import draw_own_page
from profiles.pages.decorators import pages_of, with_page
from profiles.pages.models import Profile
from profiles.pdf.fit import DrawnPage
from profiles.sheet.sheet import Sheet
from profiles.supporters import rules
from profiles.supporters.decorators import with_supporter
from profiles.supporters.models import Supporter

MEDIA_TYPE = "image/png"
A_PICTURE = "picture of a page"  # what a digest is about: see codes.digest


@require_safe
@with_page
def picture(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as it prints, in the words that are saved, in its own layout or in the one that is
    named. No look, and no edition.
    """
    sheet = door.try_on(_asked_for(request, page), layout=layout_asked_for(request))
    if sheet.is_empty:
        raise Http404  # there is nothing to draw
    if answer := _without_drawing(request, sheet):
        return answer
    try:
        return _answer(request, sheet, _drawn(request, sheet))
    except TooOften:
        return too_many(request)


@require_safe
@with_supporter
def helping_picture(request: HttpRequest, supporter: Supporter, user: User) -> HttpResponse:
    """The same, as far as a supporter may see it who writes with the person."""
    rules.may_write_together(supporter).or_refuse()
    sheet = door.to_draw_for(supporter)
    if sheet is None or sheet.is_empty:
        raise Http404
    if answer := _without_drawing(request, sheet):
        return answer
    try:
        drawn = _drawn(request, sheet)
    except TooOften:
        return too_many(request)
    if drawn and not door.note_drawn(supporter, sheet):
        return redirect(request.get_full_path())  # it is another by now, or they see none any more
    return _answer(request, sheet, drawn)


def _asked_for(request: HttpRequest, page: Profile) -> Profile:
    """Of this visitor's pages, the one that it stands beside: another may have been opened since,
    in another window.
    """
    key = request.GET.get("of", page.key)
    found = page if page.key == key else pages_of(request).called(key).first()
    if found is None:
        raise Http404
    return found


def _without_drawing(request: HttpRequest, sheet: Sheet) -> HttpResponse | None:
    """The answer where no picture is drawn: to HEAD, and to whoever has this very one."""
    if request.method == "HEAD":
        return file_not_made(MEDIA_TYPE, {"ETag": _version(sheet)})
    answer: HttpResponse | None = get_conditional_response(request, etag=_version(sheet))
    return answer


def _drawn(request: HttpRequest, sheet: Sheet) -> DrawnPage | None:
    return draw_own_page(sheet, partial(pay_for, request, may_draw))


def _answer(request: HttpRequest, sheet: Sheet, drawn: DrawnPage | None) -> HttpResponse:
    if drawn is None:
        return busy(request)
    headers = {"ETag": _version(sheet)}
    return HttpResponse(drawn.png, content_type=MEDIA_TYPE, headers=headers)


def _version(sheet: Sheet) -> str:
    """What changes when anything on the sheet does."""
    return f'"{codes.digest(repr(sheet), about=A_PICTURE)}"'
