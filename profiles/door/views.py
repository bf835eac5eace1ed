"""Where the page is seen as a reader would see it, and printed."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.access.models import Channel
from profiles.accounts.signed_in import account_of
from profiles.door import door, paper_codes
from profiles.door.files import as_file, busy
from profiles.door.measure import room_on
from profiles.door.stamp import stamped
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sheet.sheet import Sheet
from profiles.topics.load import load
from profiles.topics.lookup import write_url


@require_safe
@with_page
def page(request: HttpRequest, page: Profile) -> HttpResponse:
    """Exactly what a reader sees, each answer with a way to change it."""
    sheet = door.open_for(page, by=account_of(request), channel=Channel.SCREEN)
    return render(
        request,
        "door/page.html",
        {
            "page": page,
            "sheet": sheet,
            "room": room_on(sheet),
            "held_back": _held_back(page),
            "change_links": {key: write_url(topic) for key, topic in load().by_key.items()},
        },
    )


@require_safe
@with_page
def page_pdf(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page on paper. When it cannot be one whole page, what to do about it instead."""
    sheet = door.open_for(page, by=account_of(request), channel=Channel.PAPER)
    code = paper_codes.own_paper(
        profile=page,
        edition=sheet.edition or 0,
        topics=sheet.topics,
        with_photo=sheet.photo is not None,
    )
    check_by = paper_codes.check_by(None, sheet.made_on)
    try:
        made = printing.make_pdf(stamped(sheet, code=code, made_for="", check_by=check_by))
    except printing.DoesNotFit as too_long:
        context = {"page": page, "room": too_long.room, "longest": _longest(too_long.room)}
        return render(request, "door/too_long.html", context, status=409)
    except printing.TooHard as refusal:
        context = {"page": page, "reason": str(refusal)}
        return render(request, "door/too_long.html", context, status=409)
    except printing.Busy:
        return busy(request)
    if made.unprintable and "anyway" not in request.GET:
        context = {"letters": made.unprintable, "where": _where(sheet, made.unprintable)}
        return render(request, "door/letters.html", context)
    return as_file(made.pdf, "my-page.pdf")


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


def _longest(room: printing.Room) -> list[dict[str, object]]:
    topics = load()
    return [
        {"title": topics.topic(key).title, "url": write_url(topics.topic(key)), "lines": lines}
        for key, lines in room.longest
    ]
