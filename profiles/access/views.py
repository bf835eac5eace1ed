"""Who has looked: every line of the log, for the person whose page it is."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from profiles.access import log, rules
from profiles.access.cards import reader_cards
from profiles.accounts.signed_in import account_of
from profiles.pages import actions
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile

A_PAGE: Final = 50  # lines
CARDS_A_PAGE: Final = 20
LINES_A_PIECE: Final = 200


@require_safe
@with_page
def looked(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everybody who looked, a card each, whoever looked last on top."""
    cards, all_of_them = reader_cards(page, timezone.now())
    context: dict[str, Any] = {
        "page": page,
        "shown": Paginator(cards, CARDS_A_PAGE).get_page(request.GET.get("page")),
        "all_of_them": all_of_them,
        "may_be_told": rules.may_be_told(account_of(request), page),
    }
    return render(request, "access/looked.html", context)


@require_safe
@with_page
def by_day(request: HttpRequest, page: Profile) -> HttpResponse:
    """Every look, print, try and reply, as sentences by day; or those of one name."""
    name = request.GET.get("name", "").strip()
    shown = Paginator(log.looks_of(page, name), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "days": log.days(page, shown.object_list),
        "shown": shown,
        "name": name,
        "names": log.names_in(page),
        "searched": log.SEARCHED if name and page.looks.count() > log.SEARCHED else None,
    }
    return render(request, "access/by_day.html", context)


@require_safe
@with_page
def looked_csv(request: HttpRequest, page: Profile) -> HttpResponse:
    """The whole log as a table, for a spreadsheet."""
    return _as_it_is_written(log.as_csv(page), "text/csv; charset=utf-8", "who-looked.csv")


@require_safe
@with_page
def looked_json(request: HttpRequest, page: Profile) -> HttpResponse:
    """The whole log as data."""
    return _as_it_is_written(log.as_json(page), "application/json", "who-looked.json")


def _as_it_is_written(lines: Iterable[str], content_type: str, name: str) -> HttpResponse:
    """A file of which the first lines are on their way while the last are put in words."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = StreamingHttpResponse(_in_pieces(lines), content_type=content_type, headers=headers)
    return cast(HttpResponse, answer)


def _in_pieces(lines: Iterable[str]) -> Iterator[str]:
    left = iter(lines)
    while piece := "".join(islice(left, LINES_A_PIECE)):
        yield piece


@require_POST
@with_page
def tell_me(request: HttpRequest, page: Profile) -> HttpResponse:
    """Email the person when somebody opens their page, or stop doing that."""
    rules.may_be_told(account_of(request), page).or_refuse()
    actions.tell_by_email(profile=page, wanted=request.POST.get("wanted") == "yes")
    return redirect("access:looked")
