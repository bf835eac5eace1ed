"""What the sharing pages say: each share in sentences, and the topics there are to choose from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from django.conf import settings
from django.utils import timezone

from profiles.accounts.models import User
from profiles.core import codes
from profiles.pages.models import Profile
from profiles.sharing.days import last_day, written
from profiles.sharing.decided import Decided
from profiles.sharing.forms import PHOTO, WhatForm
from profiles.sharing.links import link_of, picture_of
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.wording import titles
from profiles.topics.load import load

LONGEST_TASTE: Final = 70
FEW_LEFT_OUT: Final = 3  # that many topics or fewer are told as "everything except …"

Chooser = TypeVar("Chooser", bound=WhatForm)
EventKind = ConsentEvent.Kind
EVENTS: Final = {
    EventKind.ASKED: "{reader} asked to see your page.",
    EventKind.REFUSED: "You said no to {reader}. They were not told.",
    EventKind.GIVEN: "You shared your page with {reader}.",
    EventKind.CHANGED: "You changed what you share with {reader}.",
    EventKind.PAUSED: "You paused sharing with {reader}.",
    EventKind.RESUMED: "You opened it again for {reader}.",
    EventKind.WITHDRAWN: "You stopped sharing with {reader}.",
    EventKind.EXPIRED: "Sharing with {reader} ended by itself.",
}


def parts_to_choose(form: WhatForm) -> list[dict[str, Any]]:
    """The topics in their parts, each with its box to tick and a taste of what it says."""
    boxes = {str(box.data["value"]): box for box in form["topics"].subwidgets}
    answers = form.page.answers.current().with_profile(form.page)
    tastes = {answer.topic: _taste(answer.lines) for answer in answers}
    parts: list[dict[str, Any]] = [
        {
            "part": part,
            "rows": [
                {
                    "box": boxes[topic.key],
                    "taste": tastes.get(topic.key, ""),
                    "kept": topic.key in form.kept,
                    "private": topic.starts_private,
                }
                for topic in part.topics
                if topic.key in boxes
            ],
        }
        for part in load().parts
    ]
    if PHOTO in boxes:
        row = {"box": boxes[PHOTO], "taste": "", "kept": False, "private": False}
        name = next(part for part in parts if part["part"].key == "name")
        name["rows"].insert(0, row)
    return [part for part in parts if part["rows"]]


def with_ticked(form: Chooser, kind: str) -> Chooser:
    """The same question, with everything ticked that is on the page, or what this kind of reader
    needs: they asked for that.
    """
    said = {name: form.data.get(name, "") for name in form.fields if name != "topics"}
    return type(form)(page=form.page, initial=said | {"topics": form.to_tick(kind)})


def sees(share: Share, answered: Iterable[str]) -> str:
    """What a share shows, in as few words as are true."""
    there = set(answered) - {"call_me"}
    left_out = there - set(share.topics)
    photo = "; and your photo" if share.with_photo else ""
    if not left_out:
        return f"everything on your page{photo}"
    if len(left_out) <= FEW_LEFT_OUT < len(there):
        return f"everything except {titles(left_out)}{photo}"
    return titles([key for key in share.topics if key != "call_me"]) + photo


def until(share: Share) -> str:
    """The last day of a share, as people write it."""
    return written(last_day(share.ends_at)) if share.ends_at else ""


def state(share: Share, at: datetime | None = None) -> dict[str, str]:
    """How a share stands: a word, and the sentence for it."""
    now = at or timezone.now()
    day = until(share)
    if share.stopped_at:
        return {"word": "Stopped", "kind": "", "said": "You stopped sharing. Nobody can open it."}
    if not share.is_current(now):
        return {"word": "Ended", "kind": "", "said": f"It ended by itself after {day}."}
    if share.paused_at:
        said = "Nobody can open it until you say so."
        return {"word": "Paused", "kind": "new", "said": said}
    if share.is_locked:
        said = "The passcode was typed wrongly too often. Nobody new can come in."
        return {"word": "Locked", "kind": "new", "said": said}
    return {"word": "Sharing now", "kind": "done", "said": f"Until the end of {day}."}


def card(share: Share, answered: Iterable[str]) -> dict[str, Any]:
    """One share in the list of all."""
    return {
        "share": share,
        "sees": sees(share, answered),
        "state": state(share),
        "until": until(share),
        "open": share.is_current(),
        "looks": getattr(share, "look_count", 0),
        "last_look": getattr(share, "last_look", None),
    }


def share_page(share: Share) -> dict[str, Any]:
    """Everything the pages about one share show."""
    page = share.profile
    answered = page.answers.current().values_list("topic", flat=True)
    with_looks = page.shares.with_looks().get(pk=share.pk)
    share.look_count = with_looks.look_count  # type: ignore[attr-defined]
    share.last_look = with_looks.last_look  # type: ignore[attr-defined]
    is_link = share.kind == Share.Kind.LINK
    return card(share, answered) | {
        "page": page,
        "reader": share.reader_name,
        "is_current": share.is_current(),
        "is_link": is_link,
        "link": link_of(share) if share.is_current() and share.key else "",
        "picture": picture_of(share) if share.is_current() and share.key else "",
        "passcode": share.passcode,
        "site_name": settings.SITE_ADDRESS.partition("://")[2],
        "events": events(share),
        "kept": titles(share.shown_though_kept),
    }


def events(share: Share) -> list[dict[str, Any]]:
    """The ledger of a share, newest first, in sentences."""
    rows = share.events.in_order()
    found = []
    for row in reversed(rows):
        row.profile = share.profile
        decided = Decided.from_json(row.decided)
        found.append(
            {
                "at": row.happened_at,
                "sentence": EVENTS[EventKind(row.kind)].format(reader=share.reader_name),
                "decided": decided.sentences if decided else (),
            }
        )
    return found


def papers(share: Share) -> list[dict[str, Any]]:
    """What was printed through a share, and by whom: what stopping cannot pull back."""
    rows = share.papers.latest_first().select_related("edition", "look")
    return [
        {
            "edition": row.edition.number,
            "at": row.printed_at,
            "code": codes.shown(row.code),
            "by": _by(row.look, share.profile),
        }
        for row in rows
    ]


def copies(share: Share) -> list[dict[str, Any]]:
    """The files that were taken through a share."""
    looks = share.looks.copies().latest_first().select_related("edition")
    return [
        {
            "edition": look.edition.number if look.edition else None,
            "at": look.looked_at,
            "by": _by(look, share.profile),
        }
        for look in looks
    ]


def cards(share: Share) -> list[Any]:
    """The hello cards of who is let in: the worker's own, or those shown at the doorstep."""
    if share.kind == Share.Kind.WORKER:
        card = getattr(User.objects.with_card(share.worker), "hello_card", None)
        return [card] if card else []
    return list(share.hello_cards.select_related("data_key").in_order())


def readers_by_topic(page: Profile) -> dict[str, list[str]]:
    """Those who are shown what stands, or is written next, under each topic."""
    kept = page.answers.current().filter(only_me=True).values_list("topic", flat=True)
    readers: dict[str, list[str]] = {}
    for share in page.shares.open().latest_first().with_profile(page):
        for topic in {*share.topics} - ({*kept} - {*share.shown_though_kept}):
            readers.setdefault(topic, []).append(share.reader_name)
    return readers


def _by(look: Any, profile: Profile) -> str:
    """Who took it along; "" for the person themself."""
    if look is None:
        return ""
    look.profile = profile
    return ", ".join(filter(None, [look.reader_said, look.reader_role]))


def _taste(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    if len(first) <= LONGEST_TASTE:
        return first
    return first[: LONGEST_TASTE - 3].rsplit(" ", 1)[0] + "…"
