"""Mends three things in the tags that WeasyPrint 70 writes, through its public finisher."""

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pydyf
from weasyprint.formatting_structure.boxes import TextBox

TAGS: Final = {"h1": "/H1", "h2": "/H2", "h3": "/H3", "p": "/P", "li": "/LI"}
PX_TO_PT: Final = 0.75


def mend(document: Any, pdf: Any, root: Any) -> None:
    """Make the tags say where each picture is, what language each line is in, and its letters.

    WeasyPrint puts pictures off the paper, in CSS pixels from the top; it writes one language for
    the whole file; and it loses letters from the text where a vowel sign
    is joined to a letter's glyph.
    """
    tags = list(_walk(pdf, pdf.objects[_number(pdf.catalog["StructTreeRoot"])]))
    _place_pictures(tags, document.pages[0].height)
    _say_languages(tags, root)
    _say_letters(tags, pdf, document.pages[0]._page_box)


def _place_pictures(tags: list[Any], height: float) -> None:
    for tag in tags:
        if tag.get("S") == "/Figure":
            left, top, right, bottom = tag["A"]["BBox"]
            flipped = (left, height - bottom, right, height - top)
            tag["A"]["BBox"][:] = [round(side * PX_TO_PT, 2) for side in flipped]


def _say_languages(tags: list[Any], root: Any) -> None:
    said = [tag for tag in tags if tag.get("S") in TAGS.values()]
    for tag, (name, language) in zip(said, _languages(root), strict=True):
        if tag["S"] != TAGS[name]:
            raise ValueError("The tags are not in the order of the page.")
        tag["Lang"] = pydyf.String(language)


def _say_letters(tags: list[Any], pdf: Any, page: Any) -> None:
    """Put the words themselves beside the glyphs, where the glyphs alone do not tell them."""
    marks = [kid for tag in tags if tag.get("S") != "/Figure" for kid in _marks(tag)]
    words = dict(zip(marks, _texts(page), strict=True))
    for item in (item for made in pdf.objects for item in getattr(made, "stream", ())):
        if isinstance(item, dict) and _is_marked(words.get(item.get("MCID", -1), "")):
            item["ActualText"] = pydyf.String(words[item["MCID"]])


def _is_marked(text: str) -> bool:
    """Has this text accents or vowel signs of their own, which glyphs join to their letters?"""
    whole = unicodedata.normalize("NFC", text)
    return any(unicodedata.category(letter) in {"Mn", "Mc"} for letter in whole)


def _marks(tag: Any) -> list[int]:
    """The numbers of the pieces of the page that stand in this tag itself."""
    kids = tag.get("K", ())
    return [kid for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, int)]


def _texts(box: Any) -> Iterator[str]:
    """The words of each piece of text, in reading order."""
    for child in getattr(box, "children", ()):
        if isinstance(child, TextBox):
            yield child.text
        else:
            yield from _texts(child)


def _languages(root: Any) -> Iterator[tuple[str, str]]:
    """Every heading, paragraph and line of the page in order, with its language."""

    def walk(element: Any, language: str) -> Iterator[tuple[str, str]]:
        language = element.get("lang", language)
        if element.tag in TAGS:
            yield element.tag, language
        for child in element:
            yield from walk(child, language)

    yield from walk(root, "")


def _walk(pdf: Any, tag: Any) -> Iterator[Any]:
    """This tag and every tag in it, in reading order."""
    yield tag
    kids = tag.get("K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes):
            yield from _walk(pdf, pdf.objects[_number(kid)])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
