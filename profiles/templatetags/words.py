"""How templates show somebody's words: {% load words %} {{ answer.text|as_typed }}."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from profiles.core.as_typed import ELEMENT, TO_RING, as_text, pieces, where_it_turns

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
def with_number(words: str) -> SafeString:
    """Words as typed, with each number to ring set so that the eye finds it."""
    parts = TO_RING.split(words)
    html = (
        format_html('<b class="number" dir="ltr">{}</b>', part) if at % 2 else as_typed(part)
        for at, part in enumerate(parts)
    )
    return SafeString("".join(html))


@register.filter
def each_as_typed(words: Iterable[Any]) -> list[SafeString]:
    """Each of these, to be joined in a sentence. {{ names|each_as_typed|join:"; " }}"""
    return [as_typed(each) for each in words]


@register.filter(is_safe=True)
def as_typed_text(html: str) -> SafeString:
    """A title, which can hold no element: {% filter as_typed_text %}…{% endfilter %} around it."""
    return conditional_escape(where_it_turns(as_text(unescape(html))))
