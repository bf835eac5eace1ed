"""What the sharing pages say: each share in sentences, and the topics there are to choose from."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from profiles.accounts.models import User
from profiles.answers.models import answers_now
from profiles.answers.several import PHOTO
from profiles.core.stops import full_stop_after
from profiles.pages.models import Profile
from profiles.sharing.clinic import ClinicLink, Taking, clinic_link_of, ends_with_a_day
from profiles.sharing.clinic_form import GENDER_WORDS
from profiles.sharing.days import last_day, written, written_with_time
from profiles.sharing.decided import Decided
from profiles.sharing.forms import WhatForm
from profiles.sharing.hidden import hidden_from
from profiles.sharing.ledger import By
from profiles.sharing.links import is_being_sent, link_of, picture_of
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.names import visible_through
from profiles.sharing.shlink import shlink, viewer_link
from profiles.sharing.wording import BETWEEN, Wording, title_list, titles
from profiles.topics.load import load

LONGEST_TASTE: Final = 70
LINES_IN_SIGHT: Final = 3  # of an answer that is checked; the rest is one press away
# The rows of what is checked before a yes: what each is called, the page on which it is changed,
# and the sentences of consent.toml that it shows. The others say what a yes means.
ROWS: Final = (
    (
        "Who",
        "who",
        (
            "by_keeper", "not_their_yes", "who", "link", "keeper_link", "link_and_passcode",
            "keeper_link_and_passcode", "worker",
        ),
    ),
    (
        "Their computer",
        "clinic",
        (
            "clinic_now", "clinic_passcode", "clinic_updated", "clinic_link", "clinic_locked",
            "clinic_finds", "clinic_nhs", "keeper_clinic_now", "keeper_clinic_passcode",
            "keeper_clinic_updated", "keeper_clinic_finds", "keeper_clinic_nhs",
        ),
    ),
    ("What they see", "what", (
        "topics", "kept", "keeper_kept", "taken_back", "keeper_taken_back", "photo", "keeper_photo",
    )),
    (
        "How long",
        "how_long",
        ("until", "clinic_lasts", "keeper_clinic_lasts", "clinic_until", "until_theirs"),
    ),
    ("They may", "what", ("read", "print")),
    ("They may", "", ("clinic_record",)),  # not asked: it always may
)  # fmt: skip
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
BY_KEEPER: Final = {  # said of whoever kept the page then: its person had not taken it over
    EventKind.GIVEN: "{keeper}, who kept this page then, shared it with {reader}.",
    EventKind.CHANGED: "{keeper}, who kept this page then, changed what {reader} can see.",
    EventKind.PAUSED: "{keeper}, who kept this page then, paused sharing with {reader}.",
    EventKind.RESUMED: "{keeper}, who kept this page then, opened it again for {reader}.",
    EventKind.WITHDRAWN: "{keeper}, who kept this page then, stopped sharing with {reader}.",
}
AT_HANDOVER: Final = {
    EventKind.PAUSED: "The page was taken over, so sharing with {reader} was paused.",
}
AFTER_KEEPER: Final = {
    EventKind.GIVEN: "You said yes to sharing with {reader}. {keeper} had shared it before.",
    EventKind.WITHDRAWN: "You stopped sharing with {reader}, which {keeper} had begun.",
}
AFTER_RESTORE: Final = {  # nobody decided these: they were decided before, or may have been
    EventKind.CHANGED: "We had to go back to an older copy. So we took away again what "
    "{reader} is not to see.",
    EventKind.PAUSED: "We had to go back to an older copy, so sharing with {reader} was paused.",
    EventKind.WITHDRAWN: "We had to go back to an older copy, so we stopped sharing again with "
    "{reader}.",
}
BY_SITE: Final = {
    EventKind.PAUSED: "Whoever runs this site closed the account, so sharing with {reader} was "
    "paused.",
}
SENTENCES: Final[Mapping[By | None, Mapping[EventKind, str]]] = {
    By.KEEPER: BY_KEEPER,
    By.HANDOVER: AT_HANDOVER,
    By.PERSON: AFTER_KEEPER,
    By.RESTORE: AFTER_RESTORE,
    By.SITE: BY_SITE,
}


def told(kind: EventKind, terms: Mapping[str, Any], *, reader: str = "") -> str:
    """One entry of the ledger in a sentence: what happened, and who did it."""
    by = By(terms["by"]) if terms.get("by") else None
    sentence = SENTENCES.get(by, EVENTS).get(kind, EVENTS[kind])
    whom = reader or terms.get("reader", "")
    sentence = sentence.replace("{reader}.", f"{{reader}}{full_stop_after(whom)}")
    return sentence.format(reader=whom, keeper=terms.get("keeper", ""))


def parts_to_choose(form: WhatForm) -> list[dict[str, Any]]:
    """The topics in their parts, each with its box to tick, a taste of what it says, and its photo
    in words.
    """
    boxes = {str(box.data["value"]): box for box in form["topics"].subwidgets}
    answers = answers_now(form.page)
    tastes = {answer.topic: _taste(answer.lines) for answer in answers}
    languages = {answer.topic: answer.language for answer in answers}
    whole = {answer.topic: answer.lines for answer in answers}
    photos = {answer.topic: answer.photo.alt for answer in answers if answer.photo}
    parts: list[dict[str, Any]] = [
        {
            "part": part,
            "rows": [
                {
                    "box": boxes[topic.key],
                    "taste": tastes.get(topic.key, ""),
                    "language": languages.get(topic.key, ""),
                    "more": _more_than_a_taste(whole.get(topic.key, [])),
                    "photo": photos.get(topic.key, ""),
                    "kept": topic.key in form.kept,
                    "theirs": form.page.is_kept,
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


def to_check(share: Share, wording: Wording) -> dict[str, Any]:
    """What is going to be shared, row by row, in the very sentences of the yes; and those that say
    what a yes means. Every answer is there whole, as its reader would get it now.
    """
    rows = [
        {
            "title": title,
            "address": reverse(f"sharing:{page}") if page else "",
            "sentences": [each for each in wording.sentences if each.name in names],
            "parts": _whole(share) if "topics" in names else [],
            "found_by": found_by(clinic_link_of(share)) if page == "clinic" else [],
        }
        for title, page, names in ROWS
    ]
    told = {name for _, _, names in ROWS for name in names}
    return {
        "rows": [row for row in rows if row["sentences"]],
        "means": [each for each in wording.sentences if each.name not in told],
    }


def _whole(share: Share) -> list[dict[str, Any]]:
    """The answers that a share shows, part by part."""
    shown = {answer.topic: answer for answer in visible_through(share)}
    parts = [
        {
            "part": part,
            "answers": [
                {
                    "title": topic.title,
                    "answer": shown[topic.key],
                    "first": shown[topic.key].lines[:LINES_IN_SIGHT],
                    "rest": shown[topic.key].lines[LINES_IN_SIGHT:],
                }
                for topic in part.topics
                if topic.key in shown
            ],
        }
        for part in load().parts
    ]
    return [part for part in parts if part["answers"]]


def with_ticked(form: Chooser, kind: str) -> Chooser:
    """The same question, with everything ticked that is on the page, or what this kind of reader
    needs: they asked for that.
    """
    said = {name: form.data.get(name, "") for name in form.fields if name != "topics"}
    initial = said | {"topics": form.to_tick(kind)}
    return type(form)(page=form.page, for_clinic=form.for_clinic, initial=initial)


def sees(share: Share, kept: Mapping[str, bool]) -> str:
    """What a share shows, in as few words as are true. By topic, `kept` says of what is on the page
    whether its person keeps it to themself: what they took back since, it does not show.
    """
    hidden = hidden_from(share, (topic for topic, is_kept in kept.items() if is_kept))
    seen = {*share.topics} - (hidden if share.is_current() else set())
    there = {*kept} - {"call_me"}
    left_out = there - seen
    whose = "the" if share.by_keeper else "your"
    # It comes first: after what is left out, it would sound as if it were left out too.
    photo = [f"{whose} photo"] if share.with_photo else []
    if not left_out:
        return BETWEEN.join([*photo, f"everything on {whose} page"])
    if len(left_out) <= FEW_LEFT_OUT < len(there):
        but = "except" if len(left_out) == 1 else "except these:"
        return BETWEEN.join([*photo, f"everything {but} {titles(left_out)}"])
    by_title = title_list(seen - {"call_me"}) or (() if photo else title_list(seen))
    return BETWEEN.join([*photo, *by_title])


def found_by(link: ClinicLink | None) -> list[tuple[str, str]]:
    """By what a clinic's computer finds the person, each with what it is called."""
    if link is None or not link.taking:
        return []
    born = written(date.fromisoformat(link.birth_date)).partition(" ")[2]
    number = link.nhs_number
    return [
        ("Name", link.found_by.name),
        ("Born", born),
        ("Gender", GENDER_WORDS[link.gender]),
        *([("NHS number", f"{number[:3]} {number[3:6]} {number[6:]}")] if number else []),
    ]


def until(share: Share) -> str:
    """The last day of a share, as people write it."""
    return written(last_day(share.ends_at)) if share.ends_at else ""


def until_when(share: Share) -> str:
    """The moment at which a share ends: "the end of Thursday 26 November 2026", or with a time."""
    if share.ends_at is None or ends_with_a_day(share):
        return f"the end of {until(share)}"
    return written_with_time(share.ends_at)


def state(share: Share, at: datetime | None = None) -> dict[str, str]:
    """How a share stands: a word, and the sentence for it."""
    now = at or timezone.now()
    when = until_when(share)
    if share.stopped_at:
        you = "" if share.by_keeper else "You stopped sharing. "
        return {"word": "Stopped", "kind": "", "said": f"{you}Nobody can open it."}
    if not share.is_current(now):
        after = f"after {until(share)}" if ends_with_a_day(share) else f"at {when}"
        said = f"It ended by itself {after}."
        if share.ends_at and share.ends_at > now:
            said = (
                f"It ended, and nobody can open it. One of our clocks is wrong, so this may be "
                f"before {when}. That is our mistake. If you want to go on, share again."
            )
        return {"word": "Ended", "kind": "", "said": said}
    if share.waits_for_yes:
        said = f"{share.keeper_name} shared it. It is paused until you keep it or stop it."
        return {"word": "Waits for your yes", "kind": "new", "said": said}
    if share.paused_at and share.restored_at:
        said = (
            "We had to go back to an older copy of what we keep. We do not know all that was "
            "changed since. So we paused it. Nobody can open it until you say so."
        )
        return {"word": "Paused", "kind": "new", "said": said}
    if share.paused_at:
        said = "Nobody can open it until you say so."
        return {"word": "Paused", "kind": "new", "said": said}
    if share.is_locked:
        said = "The passcode was typed wrongly too often. Nobody new can come in."
        if share.kind == Share.Kind.CLINIC:
            said = "The passcode was typed wrongly too often. No computer can take it now."
        return {"word": "Locked", "kind": "new", "said": said}
    return {"word": "Sharing now", "kind": "done", "said": f"Until {when}."}


def card(share: Share, kept: Mapping[str, bool]) -> dict[str, Any]:
    """One share in the list of all."""
    now = timezone.now()
    return {
        "share": share,
        "sees": sees(share, kept),
        "state": state(share),
        "until": until_when(share),
        "is_clinic": share.kind == Share.Kind.CLINIC,
        "open": share.is_current(),
        "shows": share.is_open(now),
        "waits": share.waits_for_yes and share.is_current(now),
        "looks": getattr(share, "look_count", 0),
        "last_look": getattr(share, "last_look", None),
    }


def share_page(share: Share) -> dict[str, Any]:
    """Everything the pages about one share show."""
    page = share.profile
    kept = dict(page.answers.current().values_list("topic", "only_me"))
    with_looks = page.shares.with_looks().get(pk=share.pk)
    share.look_count = with_looks.look_count  # type: ignore[attr-defined]
    share.last_look = with_looks.last_look  # type: ignore[attr-defined]
    is_link = share.kind == Share.Kind.LINK
    has_link = share.is_current() and bool(share.key)
    clinic = clinic_link_of(share)
    if clinic is None:
        link = link_of(share) if has_link and share.kind != Share.Kind.CLINIC else ""
    else:
        link = shlink(share, clinic) if has_link else ""
    return card(share, kept) | {
        "page": page,
        "reader": share.reader_name,
        "by_keeper": shared_by_keeper(share),
        "is_current": share.is_current(),
        "is_link": is_link,
        "link": link,
        # Drawn where a template asks for it: most pages about a share show no picture.
        "picture": partial(picture_of, link, for_clinic=clinic is not None) if link else "",
        "is_being_sent": partial(is_being_sent, share),
        "viewer": viewer_link(share, clinic) if clinic and link else "",
        "found_by": found_by(clinic),
        "may_look_again": clinic is not None and clinic.taking == Taking.UPDATED,
        "passcode": share.passcode,
        "site_name": settings.SITE_ADDRESS.partition("://")[2],
        "events": events(share),
        "kept": titles(share.shown_though_kept),
    }


def shared_by_keeper(share: Share, *, name: str | None = None) -> dict[str, str]:
    """Of a share that its person has not said yes to: who made it, and for whom they keep the page.

    A reader is told it with the `name` that the page shows them, which may be none.
    """
    if not share.by_keeper:
        return {}
    person = share.profile.name if name is None else name
    return {"keeper": share.keeper_name or "", "person": person}


def events(share: Share) -> list[dict[str, Any]]:
    """The ledger of a share, newest first, in sentences."""
    rows = share.events.in_order().with_profile(share.profile)
    found = []
    for row in reversed(rows):
        decided = Decided.from_json(row.decided)
        found.append(
            {
                "at": row.happened_at,
                "sentence": told(
                    EventKind(row.kind), json.loads(row.terms), reader=share.reader_name
                ),
                "decided": decided.sentences if decided else (),
            }
        )
    return found


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
        for topic in {*share.topics} - hidden_from(share, kept):
            readers.setdefault(topic, []).append(share.reader_name)
    return readers


def _more_than_a_taste(lines: list[str]) -> list[str]:
    """All of it, where a taste is not all."""
    return lines if [_taste(lines)] != lines else []


def _taste(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    if len(first) <= LONGEST_TASTE:
        return first
    return first[: LONGEST_TASTE - 3].rsplit(" ", 1)[0] + "…"
