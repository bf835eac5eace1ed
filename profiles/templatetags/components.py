"""The pieces our pages are made of: one tag, one template in templates/components/ each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from profiles.core.clock import time_of_day
from profiles.core.http import jpeg_address
from profiles.core.logs import BEFORE_SECRETS
from profiles.sheet.sizes import A4, SIZES
from profiles.topics import pictures
from profiles.topics.packs import Pack

register = template.Library()

BLOCKS = 10  # in the row that shows how full a page is
PAPER_WIDTH = 700  # of the picture of a page, in dots: as it is drawn


@register.simple_block_tag
def card(content: str, title: str, level: int = 2) -> SafeString:
    """A titled box. {% card title="Your page" %}…{% endcard %}"""
    return _component("card", content=content, title=title, level=level)


@register.simple_block_tag
def notice(content: str, kind: str = "", title: str = "") -> SafeString:
    """Something to know, said once. {% notice kind="done" %}…{% endnotice %}"""
    return _component("notice", content=content, kind=kind, title=title)


@register.simple_block_tag
def more(content: str, title: str, is_open: bool = False, about: str = "") -> SafeString:
    """Something that opens when asked for. {% more title="Examples" %}…{% endmore %}

    Where several of one title stand on a page, whoever sees none of it is told what it is `about`.
    """
    return _component("more", content=content, title=title, is_open=is_open, about=about)


@register.simple_block_tag
def setting(
    content: str,
    title: str,
    now: str = "",
    *,
    code: str = "",
    photo: Any = None,
    is_open: bool = False,
    follows: bool = False,
) -> SafeString:
    """A choice in a row that opens: what is chosen now is told. {% setting "Picture" now=… %}…

    Its picture is of that `code`, or a photo of one's own. If it `follows`, it is what is chosen.
    """
    return _component(
        "setting", content=content, title=title, now=now, code=code, photo=photo,
        is_open=is_open, follows=follows,
    )  # fmt: skip


@register.simple_block_tag
def quote(content: str, kind: str = "") -> SafeString:
    """Somebody's words, set apart. {% quote %}…{% endquote %}"""
    return _component("quote", content=content, kind=kind)


@register.simple_block_tag
def leaf(content: str, title: str, part: str = "", level: int = 0) -> SafeString:
    """A leaf of the notebook, with its part's tab. {% leaf title=… part="safe" %}…{% endleaf %}"""
    return _component("leaf", content=content, title=title, part=part, level=level)


@register.simple_block_tag
def line(content: str, words: str, picture: str = "", language: str = "") -> SafeString:
    """A line of somebody's words, with its buttons. {% line "Tea first." %}…{% endline %}"""
    return _component("line", content=content, words=words, code=picture, language=language)


@register.simple_tag
def for_whom(page: Any, mine: str, theirs: str) -> str:
    """Words to whoever tells of themself, and to whoever keeps a page for somebody.

    {% for_whom page _("See my page") _("See their page") %}
    """
    return theirs if getattr(page, "for_someone", False) else mine


@register.inclusion_tag("components/tag.html")
def tag(words: str, kind: str = "") -> dict[str, str]:
    """A state in words. {% tag "Ended" %}"""
    return {"words": words, "kind": kind}


@register.inclusion_tag("components/back.html")
def back_link(url: str, words: str = "") -> dict[str, str]:
    """The way back, first on the page. {% back_link url %}"""
    return {"url": url, "words": words}


@register.inclusion_tag("components/part_row.html")
def part_row(
    title: str,
    url: str,
    *,
    words: str = "",
    language: str = "",
    count: int = 0,
    picture: str = "",
    part: str = "",
) -> dict[str, Any]:
    """A part of the page, with the first of what it says. {% part_row title url words="Tea." %}

    What somebody said is in a `language`; what we say in its place is in our own.
    """
    return {
        "title": title, "url": url, "words": words, "language": language, "count": count,
        "code": picture, "part": part,
    }  # fmt: skip


@register.simple_tag
def picture(code: str) -> str:
    """A picture beside words that say the same, so it says nothing itself. {% picture "2615" %}"""
    found = pictures.picture(code)
    if not found:
        return ""
    return format_html(
        '<img class="picture" src="{}" alt="" width="72" height="72" loading="lazy">',
        static(found.address),
    )


@register.simple_tag
def own_photo_now(photo: Any, alt: str | None = None) -> str:
    """A photo of one's own beside words, with what it shows. {% own_photo_now answer.photo %}

    Where what it shows stands there in words as well: {% own_photo_now photo "" %}
    """
    if not photo:
        return ""
    return format_html(
        '<img class="own-photo-now" src="{}" alt="{}">',
        jpeg_address(photo.data),
        photo.alt if alt is None else alt,
    )


@register.simple_tag
def picture_packs() -> tuple[Pack, ...]:
    """Whose pictures this site shows. {% picture_packs as packs %}"""
    return pictures.packs()


@register.inclusion_tag("components/find_person.html", takes_context=True)
def find_person(context: Context, listed: Any) -> dict[str, Any]:
    """A search in a list of people, where there are many. {% find_person listed %}"""
    return {"listed": listed, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/more_pages.html")
def more_pages(page: Any, before: str, after: str, **also: str) -> dict[str, Any]:
    """The way to the rest of a long list. {% more_pages shown newer older name=name %}

    `before` and `after` are what the two buttons say; what else the address has comes along.
    """
    kept = urlencode({name: value for name, value in also.items() if value})
    return {"page": page, "before": before, "after": after, "also": f"&{kept}" if kept else ""}


@register.inclusion_tag("components/since_then.html")
def since_then(row: Any) -> dict[str, Any]:
    """When somebody looked at a page last, in a sentence. {% since_then row %}"""
    return {"row": row}


@register.inclusion_tag("components/whats_new.html")
def whats_new(row: Any) -> dict[str, Any]:
    """What is different on a page since somebody looked at it. {% whats_new row %}"""
    return {"row": row}


@register.inclusion_tag("components/share_card.html")
def share_card(row: Mapping[str, Any]) -> dict[str, Any]:
    """One share, in the list of all. {% share_card row %}"""
    return {"row": row}


@register.inclusion_tag("components/helper_card.html", takes_context=True)
def helper_card(context: Context, row: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody who helps, and what they may do. {% helper_card row %}"""
    return {"row": row, "page": context.get("page"), "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/look_row.html")
def look_row(row: Any) -> dict[str, Any]:
    """One line of the log, and the hello card of who looked. {% look_row row %}"""
    return {"row": row}


@register.inclusion_tag("components/reader_card.html")
def reader_card(card: Any) -> dict[str, Any]:
    """Somebody who looked, once for all their looks. {% reader_card card %}"""
    return {"card": card}


@register.inclusion_tag("components/hello_card.html")
def hello_card(card: Any) -> dict[str, Any]:
    """Who a worker is, in their own words. {% hello_card card %}"""
    return {"card": card, "photo_address": jpeg_address(card.photo)}


@register.inclusion_tag("components/promise_row.html", takes_context=True)
def promise_row(context: Context, row: Any) -> dict[str, Any]:
    """A promise, and what the person can say became of it. {% promise_row row %}"""
    return {"row": row, "page": context.get("page"), "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("components/side_by_side.html")
def side_by_side(here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """Two texts beside each other, with what is in one alone marked. {% side_by_side here there %}

    Each has a title, a text, its language, and notes, such as who said it.
    """
    sides = [_side(here, there), _side(there, here)]
    alone = [row for side in sides for row in side["lines"] if row["alone"]]
    moved = not alone and _lines(here["text"]) != _lines(there["text"])
    return {"sides": sides, "moved": moved}


@register.filter
def is_a_link(path: str) -> bool:
    """Does this address open something by itself? Then it is not to stand in any other address."""
    return path.lower().startswith(tuple(f"/{place}/" for place in BEFORE_SECRETS))


@register.filter
def day(when: date) -> str:
    """A day: "Sunday 22 November", with its year if that is not this one. {{ row.day|day }}"""
    return date_format(when, "l j F" if when.year == timezone.localdate().year else "l j F Y")


@register.filter
def clock(when: datetime) -> str:
    """A time of day: "6:12 in the evening". {{ row.at|clock }}"""
    return time_of_day(when)


@register.filter
def moment(when: datetime) -> str:
    """A day and a time: "Sunday 22 November, 6:12 in the evening". {{ row.said_at|moment }}"""
    return f"{day(timezone.localtime(when).date())}, {clock(when)}"


@register.inclusion_tag("components/paper.html")
def paper(page: Any, address: str, alt: str = "", *, is_eager: bool = False) -> dict[str, Any]:
    """A picture of a page as it prints, with its room kept. {% paper page address alt %}"""
    size = SIZES.get(getattr(page, "size", ""), A4)
    height = round(PAPER_WIDTH * size.height / size.width)
    return {
        "address": address, "alt": alt, "is_eager": is_eager,
        "width": PAPER_WIDTH, "height": height,
    }  # fmt: skip


@register.inclusion_tag("components/page_beside.html")
def page_beside(page: Any, address: str, large: str = "") -> dict[str, Any]:
    """The page as it prints, beside the box in which it is written, or one press away.

    Without an address, there is nothing on it yet. `large` is where it is seen large.
    {% page_beside page address large %}
    """
    return {"page": page, "address": address, "large": large}


@register.inclusion_tag("components/page_fullness.html", takes_context=True)
def page_fullness(context: Context, fit: Any, *, swap: bool = False) -> dict[str, Any]:
    """How full the page is: ten blocks and a sentence. {% page_fullness fit %}"""
    filled = fit.filled if fit else 0
    blocks = [n < filled for n in range(BLOCKS)]
    return {"fit": fit, "blocks": blocks, "swap": swap, "page": context.get("page")}


@register.inclusion_tag("components/saved.html")
def saved_line(words: str = "", *, unseen: str = "", swap: bool = False) -> dict[str, Any]:
    """What has been saved, said quietly. {% saved_line saved_text %}

    What is `unseen` is for those who are read to: others see it beside the words.
    """
    return {"words": words, "unseen": unseen, "swap": swap}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    *,
    kind: str = "plain",
    about: str = "",
    told_by: str = "",
    **fields: object,
) -> dict[str, Any]:
    """A button that changes something, so it posts. {% post_button "Remove" url number=3 %}

    Where it has the keyboard when the page opens, `told_by` names what tells why.
    """
    return {
        "label": label, "url": url, "kind": kind, "about": about, "told_by": told_by,
        "fields": fields,
        "csrf_token": context.get("csrf_token", ""), "about_page": _key_of_page(context),
    }  # fmt: skip


@register.simple_tag(takes_context=True)
def about_page(context: Context) -> SafeString:
    """Which page a form is about, where another may be open too. {% about_page %}"""
    key = _key_of_page(context)
    return format_html('<input type="hidden" name="about_page" value="{}">', key)


def _side(side: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """One of two texts, each line and note of it marked if the other has none like it."""
    return {
        "title": side["title"],
        "language": side.get("language", ""),
        "lines": _marked(_lines(side["text"]), _lines(other["text"])),
        "notes": _marked(side.get("notes", ()), other.get("notes", ())),
    }


def _marked(lines: Iterable[str], others: Iterable[str]) -> list[dict[str, Any]]:
    """Each line, and whether it stands here alone. Said twice, it has to be there twice."""
    left, rows = Counter(others), []
    for line in lines:
        rows.append({"text": line, "alone": left[line] <= 0})
        left[line] -= 1
    return rows


def _lines(text: str) -> list[str]:
    """The lines of a text, of which spaces alone make no others."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _key_of_page(context: Context) -> str:
    return getattr(context.get("page"), "key", "")


def _component(name: str, **values: object) -> SafeString:
    return render_to_string(f"components/{name}.html", values)
