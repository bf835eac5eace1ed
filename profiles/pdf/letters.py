"""Which letters the fonts of a page have, and how they drew them."""

from collections.abc import Iterable, Mapping
from typing import Any


def missing(fonts: Iterable[Any]) -> tuple[str, ...]:
    """The letters that no font has, in the order of the page.

    A space beside a rare sign is looked for in that sign's font. It has no ink, and markup has it:
    a stand-in for it would take the page apart.
    """
    codes = dict.fromkeys(code for font in fonts for code in font.missing if code > ord("~"))
    return tuple(map(chr, codes))


def drawn(fonts: Iterable[Any]) -> str:
    """The characters that colour fonts drew as pictures: emoji."""
    coloured = (font for font in fonts if font.png or font.svg or font.colr)
    return "".join(text for font in coloured for text in font.to_unicode.values())


def told_as_others(fonts: Iterable[Any], boxes: Mapping[Any, Any]) -> frozenset[str]:
    """The letters that share a glyph with another of the page, under whose name it is read."""
    told = (letters for font in fonts for letters in font.to_unicode.values())
    return frozenset[str]().union(*(box.text for box in boxes.values())).difference(*told)
