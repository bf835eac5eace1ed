"""Mends what is missing in the tags that WeasyPrint 70 writes, through its public finisher."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pydyf
from weasyprint.formatting_structure.boxes import TextBox

from profiles.pdf import text_layer
from profiles.pdf.sanitise import BREAK

TAGS: Final = {"h1": "/H1", "h2": "/H2", "h3": "/H3", "p": "/P", "li": "/LI"}
PX_TO_PT: Final = 0.75
# Directions, and places to break: ours, not the person's.
NO_WORD: Final = re.compile("[\u200b\u200e\u2066-\u2069]")


def mend(document: Any, pdf: Any, root: Any) -> None:
    """Make the tags say where each picture is, what language each line is in, and its letters.

    WeasyPrint puts pictures off the paper, in CSS pixels from the top; it writes one language for
    the whole file; and it tells glyphs in the order in which they stand on the paper.
    """
    tags = list(_walk(pdf, pdf.objects[_number(pdf.catalog["StructTreeRoot"])]))
    _place_pictures(tags, document.pages[0].height)
    _say_languages(tags, root)
    boxes = _boxes(document, tags)
    _say_lines(tags, boxes)
    text_layer.say_letters(pdf, document, boxes)


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


def _marks(tag: Any) -> list[int]:
    """The numbers of the pieces of the page that stand in this tag itself."""
    kids = tag.get("K", ())
    return [kid for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, int)]


def _say_lines(tags: list[Any], boxes: dict[int, Any]) -> None:
    """Tell a line that is read from the right as it was typed: its glyphs go from the left."""
    for tag in tags:
        line = "".join(_with_space(boxes[mark].text) for mark in _marks(tag) if mark in boxes)
        if tag.get("S") != "/Figure" and any(map(_turns, line)):
            tag["ActualText"] = pydyf.String(NO_WORD.sub("", line).strip())


def _with_space(piece: str) -> str:
    """A row of a line, with the space that it lost if it ends at one."""
    return piece if piece.endswith((" ", BREAK)) else f"{piece} "


def _turns(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _boxes(document: Any, tags: list[Any]) -> dict[int, Any]:
    """The text box of each numbered piece of the page."""
    marks = [kid for tag in tags if tag.get("S") != "/Figure" for kid in _marks(tag)]
    return dict(zip(marks, _texts(document.pages[0]._page_box), strict=True))


def _texts(box: Any) -> Iterator[Any]:
    """Each box of text, in reading order."""
    for child in getattr(box, "children", ()):
        if isinstance(child, TextBox):
            yield child
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
