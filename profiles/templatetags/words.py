"""How templates show somebody's words: {% load words %} {{ answer.text|as_typed }}."""

import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import Any, Final

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from profiles.core.as_typed import ELEMENT, TO_RING, TURNS, as_text, pieces, where_it_turns
from profiles.core.stops import full_stop_after
from profiles.core.telephones import Telephone, telephones

STOPS: Final = frozenset(".,;\u060c\u061b")

register = template.Library()


@register.filter(is_safe=True)
def as_typed(words: Any) -> SafeString:
    """Words, with their numbers and addresses as they were typed. {{ answer.text|as_typed }}"""
    if isinstance(words, SafeString):
        return words
    html = (
        f"{ELEMENT}{conditional_escape(piece)}</bdi>" if apart else conditional_escape(piece)
        for piece, apart in pieces("" if words is None else str(words))
    )
    return SafeString("".join(html))


@register.filter(is_safe=True)
def in_sentence(words: Any) -> SafeString:
    """The same, within a sentence of ours: words that are read from right to left are set apart,
    so that they turn nothing around them. {% blocktranslate with name=name|in_sentence %}
    """
    html = as_typed(words)
    if html is words or not TURNS.search(html):
        return html
    return format_html("<bdi>{}</bdi>", html)


@register.filter(is_safe=True)
def with_number(words: str) -> SafeString:
    """Words as typed, with each number to ring set so that the eye finds it."""
    parts = TO_RING.split(words)
    turns = bool(TURNS.search(words))
    html = (
        _number(part, turns=turns) if at % 2 else as_typed(part) for at, part in enumerate(parts)
    )
    return SafeString("".join(html))


def _number(words: str, *, turns: bool) -> SafeString:
    """A number to ring, with its stop: among words from right to left that stands on its left."""
    number = words.rstrip(".,;") if turns else words
    return format_html('<b class="number" dir="ltr">{}</b>{}', number, words[len(number) :])


@register.filter(is_safe=True)
def to_press(words: str, whose: str = "") -> SafeString:
    """Words as typed, with each telephone number as a link that rings it: {{ line|to_press }}.

    Where they say whom to ring, the number stands out: {{ line|to_press:"ring" }}
    """
    found = [*telephones(words, to_ring=whose == "ring")]
    if not found:
        return as_typed(words)
    html, at, end = [], 0, 0
    for piece, apart in pieces(words):
        end += len(piece)
        shown, at = _with_links(words, at, end, found, whose)
        html.append(f"{ELEMENT}{shown}</bdi>" if apart else shown)
    return SafeString("".join(html))


def _with_links(
    words: str, at: int, end: int, found: list[Telephone], whose: str
) -> tuple[str, int]:
    """These words, and how far they go: a stop behind the last number comes along."""
    html = []
    for each in found:
        if at <= each.start and each.end <= end:
            html.append(conditional_escape(words[at : each.start]))
            at = each.end
            # Beside the box of a number, a stop would stand alone: so it stands in it.
            stop = words[at : at + 1] if whose == "ring" and words[at : at + 1] in STOPS else ""
            html.append(_link(words, each, whose, stop))
            at += len(stop)
    return "".join([*html, conditional_escape(words[at:end])]), max(at, end)


def _link(words: str, number: Telephone, whose: str, stop: str) -> SafeString:
    shown = words[number.start : number.end]
    # Digits of some scripts change places around a space, unless the order is said to be this.
    turned = any(unicodedata.bidirectional(sign) == "R" for sign in shown)
    return format_html(
        '<a{} href="tel:{}"><bdo dir="{}">{}</bdo>{}</a>',
        SafeString(' class="number"') if whose == "ring" else "",
        number.dialled,
        "rtl" if turned else "ltr",
        shown,
        stop,
    )


@register.filter
def full_stop(words: Any) -> str:
    """What ends a sentence behind somebody's words: {{ who|as_typed }}{{ who|full_stop }}"""
    return full_stop_after("" if words is None else str(words))


@register.filter
def each_as_typed(words: Iterable[Any]) -> list[SafeString]:
    """Each of these, set apart, to be joined in a sentence. {{ names|each_as_typed|join:"; " }}"""
    return [in_sentence(each) for each in words]


@register.filter(is_safe=True)
def as_typed_text(html: str) -> SafeString:
    """A title, which can hold no element: {% filter as_typed_text %}…{% endfilter %} around it."""
    return conditional_escape(where_it_turns(as_text(unescape(html))))
