"""Where the page is seen as a reader would see it, and printed."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from profiles.access.models import Channel
from profiles.accounts.signed_in import account_of, shown_to
from profiles.core.http import address_holding
from profiles.door import door
from profiles.door.files import pdf_or_why
from profiles.door.in_sizes import in_size, layout_asked_for
from profiles.door.measure import fit_of
from profiles.door.own_pages import LettersMissing, draw_own_page, print_own_page
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.sheet.sheet import Sheet
from profiles.topics.load import load
from profiles.topics.lookup import write_url


@require_safe
@with_page
def page(request: HttpRequest, page: Profile) -> HttpResponse:
    """Exactly what a reader sees, each answer with a way to change it."""
    sheet = door.open_for(page, by=shown_to(request), channel=Channel.SCREEN)
    return render(
        request,
        "door/page.html",
        {
            "page": page,
            "sheet": sheet,
            "fit": fit_of(sheet, page.key),
            "drawn": None if sheet.is_empty else _drawn(sheet),
            "held_back": _held_back(page),
            "change_links": {key: write_url(topic) for key, topic in load().by_key.items()},
        },
    )


@require_safe
@with_page
def page_pdf(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page on paper. When it cannot be one whole page, what to do about it instead."""
    by, with_boxes = account_of(request), "anyway" in request.GET
    layout, size = layout_asked_for(request), request.GET.get("size", "")
    try:
        return pdf_or_why(
            request,
            lambda first: (
                print_own_page(
                    page, by=by, layout=layout, size=size, with_boxes=with_boxes, first=first
                ).pdf
            ),
            name="my-page.pdf",
            refusal="door/too_long.html",
            # Only a refusal shows it: nobody who gets a page waits for it.
            context={
                "page": page,
                "sheet": SimpleLazyObject(partial(_tried_on, page, layout, size)),
            },
        )
    except LettersMissing as missing:
        where = _where(missing.sheet, missing.letters)
        as_asked = request.GET.copy()
        as_asked["anyway"] = "yes"
        context = {"letters": missing.letters, "where": where, "again": as_asked.urlencode()}
        return render(request, "door/letters.html", context)


@require_safe
@with_page
def earlier(request: HttpRequest, page: Profile, number: int) -> HttpResponse:
    """The page as it stood in an earlier edition."""
    sheet = door.open_earlier(page, number)
    if sheet is None:
        raise Http404
    return render(request, "door/earlier.html", {"page": page, "sheet": sheet, "number": number})


@require_safe
@with_page
def earlier_photo(request: HttpRequest, page: Profile, number: int) -> HttpResponse:
    """The photo that stood on an earlier edition."""
    sheet = door.open_earlier(page, number)
    if sheet is None or sheet.photo is None:
        raise Http404
    return HttpResponse(sheet.photo.data, content_type="image/jpeg")


def _drawn(sheet: Sheet) -> dict[str, Any] | None:
    """The picture of these very words, held by the page itself, and what a press on it leads to.

    Fetched by itself, it could be of words that were saved a moment later.
    """
    drawn, topics = draw_own_page(sheet), load().by_key
    if drawn is None:
        return None
    return {
        "address": address_holding(drawn.png, "image/png"),
        "is_whole": drawn.is_whole,
        "areas": [
            {"url": write_url(topics[key]), "title": topics[key].title, "box": box}
            for key, box in drawn.boxes.items()
            if key in topics
        ],
    }


def _tried_on(page: Profile, layout: str, size: str) -> Sheet:
    return in_size(door.try_on(page, layout=layout), size)


def _held_back(page: Profile) -> list[dict[str, str]]:
    """What the person has said and keeps to themself: told here, so that nobody wonders."""
    kept = {answer.topic for answer in page.answers.current().only_for_them()}
    return [
        {"title": topic.title, "url": write_url(topic)}
        for key, topic in load().by_key.items()
        if key in kept
    ]


def _where(sheet: Sheet, letters: Iterable[str]) -> list[dict[str, str]]:
    """The answers in which these letters stand."""
    topics, wanted = load(), set(letters)
    return [
        {"title": entry.title, "url": write_url(topics.topic(entry.topic))}
        for entry in sheet.entries
        if wanted & set("".join(entry.lines))
    ]
