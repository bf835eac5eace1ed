"""Mends what is missing in the tags that WeasyPrint 70 writes, through its public finisher."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pydyf
from weasyprint.formatting_structure.boxes import MarginBox, TextBox

from profiles.pdf import text_layer
from profiles.pdf.sanitise import BREAK
from profiles.pdf.text_layer import Mark

TAGS: Final = {"h1": "/H1", "h2": "/H2", "h3": "/H3", "p": "/P", "li": "/LI"}
PX_TO_PT: Final = 0.75
# Directions, and places to break: ours, not the person's.
NO_WORD: Final = re.compile("[\u200b\u200e\u2066-\u2069]")


@dataclass(frozen=True)
class Tag:
    """A tag of the tree, with those in it, and on which side of the paper it stands."""

    written: Any
    side: int
    inner: tuple["Tag", ...]

    @property
    def name(self) -> str:
        """What kind of tag it is."""
        name: str = self.written.get("S", "")
        return name

    @property
    def alt(self) -> str:
        """The words that stand for a picture."""
        alt: str = self.written["Alt"].string if "Alt" in self.written else ""
        return alt

    @property
    def marks(self) -> list[Mark]:
        """The pieces of its side that stand in this tag itself."""
        return [(self.side, kid) for kid in _kids(self.written) if isinstance(kid, int)]

    def walk(self) -> Iterator["Tag"]:
        """This tag and every tag in it, in reading order."""
        yield self
        for tag in self.inner:
            yield from tag.walk()


def mend(document: Any, pdf: Any, root: Any) -> None:
    """Make the tags say where each picture is, what language each line is in, and its letters.

    WeasyPrint puts pictures off the paper, in CSS pixels from the top; it writes one language for
    the whole file; and it tells glyphs in the order in which they stand on the paper.
    """
    sides = {reference: side for side, reference in enumerate(pdf.page_references)}
    tree = _tag(pdf, pdf.objects[_number(pdf.catalog["StructTreeRoot"])], sides)
    tags = [*tree.walk()]
    boxes = _boxes(document, tags)
    _place_pictures(tags, [page.height for page in document.pages])
    _say_languages(tags, boxes, root)
    _say_lines(tags, boxes)
    text_layer.say_letters(pdf, document, boxes)


def _tag(pdf: Any, written: Any, sides: Mapping[bytes, int]) -> Tag:
    inner = (kid for kid in _kids(written) if isinstance(kid, bytes))
    tags = tuple(_tag(pdf, pdf.objects[_number(kid)], sides) for kid in inner)
    return Tag(written, sides.get(written.get("Pg", b""), 0), tags)


def _kids(written: Any) -> list[Any]:
    kids = written.get("K", ())
    return kids if isinstance(kids, list) else [kids]


def _place_pictures(tags: Iterable[Tag], heights: Sequence[float]) -> None:
    for tag in tags:
        if tag.name == "/Figure":
            box, height = tag.written["A"]["BBox"], heights[tag.side]
            left, top, right, bottom = box
            flipped = (left, height - bottom, right, height - top)
            box[:] = [round(edge * PX_TO_PT, 2) for edge in flipped]


def _say_languages(tags: Sequence[Tag], boxes: Mapping[Mark, Any], root: Any) -> None:
    """Say the language of every heading, paragraph and line: also of the rest of one that is broken
    at the end of a side. Where words in it are of another, as a name is, they say so; and photos.
    """
    lines = dict(_lines(root))
    pictures = {image.get("alt"): image.get("lang") for image in root.iter("img")}
    for tag in tags:
        if tag.name in TAGS.values():
            mark = next(mark for each in tag.walk() for mark in each.marks if mark in boxes)
            said = lines[boxes[mark].element]
            if tag.name != TAGS[said.line.tag]:
                raise ValueError("The tags are not in the order of the page.")
            tag.written["Lang"] = pydyf.String(said.language)
        elif tag.name == "/Span" and (marks := [mark for mark in tag.marks if mark in boxes]):
            word = lines.get(boxes[marks[0]].element)
            if word and word.own != word.language:
                tag.written["Lang"] = pydyf.String(word.own)
        elif tag.name == "/Figure" and (language := pictures.get(tag.alt)):
            tag.written["Lang"] = pydyf.String(language)


@dataclass(frozen=True)
class Said:
    """In which heading, paragraph or line something stands, and the languages of both."""

    line: Any
    language: str
    own: str


def _lines(root: Any) -> Iterator[tuple[Any, Said]]:
    """For each element in a heading, a paragraph or a line: that one, and the languages."""

    def walk(element: Any, outer: str, line: Said | None) -> Iterator[tuple[Any, Said]]:
        own = element.get("lang", outer)
        if element.tag in TAGS:
            line = Said(element, own, own)
        if line is not None:
            line = replace(line, own=own)
            yield element, line
        for child in element:
            yield from walk(child, own, line)

    yield from walk(root, "", None)


def _say_lines(tags: Iterable[Tag], boxes: Mapping[Mark, Any]) -> None:
    """Tell a line that is read from the right as it was typed: its glyphs go from the left."""
    for tag in tags:
        line = "".join(_with_space(boxes[mark].text) for mark in tag.marks if mark in boxes)
        if tag.name != "/Figure" and not line.isascii() and any(map(_turns, line)):
            tag.written["ActualText"] = pydyf.String(NO_WORD.sub("", line).strip())


def _with_space(piece: str) -> str:
    """A row of a line, with the space that it lost if it ends at one."""
    return piece if piece.endswith((" ", BREAK)) else f"{piece} "


def _turns(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"}


def _boxes(document: Any, tags: Iterable[Tag]) -> dict[Mark, Any]:
    """The text box of each numbered piece of the paper."""
    marks = [mark for tag in tags if tag.name != "/Figure" for mark in tag.marks]
    texts = (text for page in document.pages for text in _texts(page._page_box))
    return dict(zip(marks, texts, strict=True))


def _texts(box: Any) -> Iterator[Any]:
    """Each box of text, in reading order. What stands in a margin is no part of the tags."""
    for child in getattr(box, "children", ()):
        if isinstance(child, TextBox):
            yield child
        elif not isinstance(child, MarginBox):
            yield from _texts(child)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
