"""Where the page is taken away, as text or as data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.access.models import Channel
from profiles.answers.models import Profile
from profiles.answers.whose import account_of, with_page
from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.sheet import door


@require_safe
@with_page
def page_txt(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as plain text."""
    sheet = door.open_for(page, by=account_of(request), channel=Channel.TEXT)
    return HttpResponse(
        plain(sheet),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="my-page.txt"'},
    )


@require_safe
@with_page
def page_json(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page as a file that another place can read."""
    sheet = door.open_for(page, by=account_of(request), channel=Channel.DATA)
    return _file(as_portable(sheet), "my-page.json")


@require_safe
@with_page
def everything(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everything the person has said, with what they keep to themself."""
    sheet = door.open_for(page, by=account_of(request), channel=Channel.DATA, everything=True)
    return _file(as_portable(sheet), "everything-i-said.json")


@require_safe
@with_page
def copy(request: HttpRequest, page: Profile) -> HttpResponse:
    """Every way to take the page along, each with what it is good for."""
    return render(request, "exports/copy.html", {"page": page})


def _file(data: dict[str, object], name: str) -> JsonResponse:
    return JsonResponse(
        data,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
