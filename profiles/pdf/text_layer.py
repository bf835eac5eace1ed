"""Gives each glyph on paper the letters it stands for, so that programs read what was typed.

WeasyPrint 70 tells letters by glyph, the first time it draws one: a glyph that stands for other
letters elsewhere is read wrongly, and so is one that stands for two letters read from the right.
Here each glyph with its letters has a code of its own, in the order in which programs read glyphs.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import pydyf
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key

from profiles.pdf.letters import missing, told_as_others

Mark = tuple[int, int]  # a side of the paper, and the number of a piece of it

LAST_CODE: Final = 0xFFFF
AT_ONCE: Final = 100  # the most entries that one table of a PDF's fonts may have
HELD_SPACE: Final = re.compile("(?<=\u200e) (?=\u200e)")
NO_BREAK_SPACE: Final = "\u00a0"
FONT: Final = re.compile(rb"^/(\S+) \S+ Tf$")
HEX: Final = re.compile(rb"<([0-9a-f]*)>")
CODED: Final = (
    "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
    "3 dict dup begin", "/Registry (Adobe) def", "/Ordering {ordering} def",
    "/Supplement 0 def", "end def", "/CMapName /{name} def", "/CMapType {kind} def",
    "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
)  # fmt: skip
ENDED: Final = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")


class Unlike(ValueError):
    """What was drawn is not what stands on the page."""


@dataclass
class Codes:
    """The codes of one font: of each, the glyph it draws and the letters it stands for."""

    glyphs: dict[int, int] = field(default_factory=dict)
    letters: dict[int, str] = field(default_factory=dict)
    _codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, glyph: int, letters: str) -> int:
        """The code that draws this glyph for these letters."""
        if (glyph, letters) not in self._codes:
            taken = self.letters.get(glyph, letters) != letters or glyph in self.glyphs
            code = self._free() if taken else glyph
            self._codes[glyph, letters] = code
            self.glyphs[code], self.letters[code] = glyph, letters
        return self._codes[glyph, letters]

    def _free(self) -> int:
        return next(code for code in range(LAST_CODE, 0, -1) if code not in self.letters)


@dataclass(frozen=True)
class Glyph:
    """One glyph of a line, from the left; without letters it is drawn, and not read."""

    font: Any
    number: int
    letters: str
    left: float  # of its origin, from the beginning of the line
    up: float
    size: float


def say_letters(pdf: Any, document: Any, boxes: Mapping[Mark, Any]) -> None:
    """Make the glyphs of each numbered piece of the page tell the letters of its text box.

    A mark that stands above or below a letter is read with its letter. It is drawn as a shape: as
    text of its own, raised, readers would take it for a line of its own.
    """
    fonts = document.fonts
    if missing(fonts.values()):
        return  # this page is made again, with stand-ins for what no font has
    others = told_as_others(fonts.values(), boxes)
    wrong = {
        mark
        for mark, box in boxes.items()
        if is_shaped(box.text) or not others.isdisjoint(box.text)
    }
    if not wrong:
        return  # as most pages: each of their glyphs stands for its letter, and no other
    codes: dict[str, Codes] = {}
    for font in fonts.values():
        codes.setdefault(font.hash, Codes()).letters.update(font.to_unicode)
    # PDFium turns a word round between its vowel signs where its row has words of both directions:
    # there the signs are in the tags alone.
    latin = {(side, _row(box)) for (side, _), box in boxes.items() if _has_latin(box.text)}
    shapes = Shapes()
    for side, stream in enumerate(_streams(pdf)):
        for number, items in reversed(list(_pieces(stream))):
            if (side, number) not in wrong:
                continue
            box = boxes[side, number]
            if ends := [at for at in items if stream[at] == b"ET"]:
                drawn = list(_glyphs(box, fonts, bare=(side, _row(box)) in latin))
                _write(stream, items, drawn, codes)
                apart = [shapes.of(glyph, box) for glyph in drawn if not glyph.letters]
                stream[ends[0] + 1 : ends[0] + 1] = apart
    for name, told in codes.items():
        if told.glyphs:
            _tell(pdf, name, told)


def _streams(pdf: Any) -> Iterator[list[Any]]:
    """What is drawn on each side of the paper."""
    for reference in pdf.page_references:
        page = pdf.objects[int(reference.split()[0])]
        yield pdf.objects[int(page["Contents"].split()[0])].stream


def _row(box: Any) -> int:
    """Where the row of this text box stands, in parts that no two rows share."""
    row: float = box.position_y + box.baseline
    return round(row)


def _has_latin(text: str) -> bool:
    return any(x.isalpha() and unicodedata.bidirectional(x) == "L" for x in text)


def is_shaped(text: str) -> bool:
    """May letters of this text share a glyph, have more than one, or be drawn in another order?"""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in {"R", "AL", "AN"}
        or unicodedata.category(letter) in {"Mn", "Mc", "Me"}
        for letter in text
    )


@dataclass
class Shapes:
    """The outlines of glyphs, by font."""

    _fonts: dict[str, tuple[TTFont, Any]] = field(default_factory=dict)

    def of(self, glyph: Glyph, box: Any) -> bytes:
        """The operators that draw this glyph of this text box."""
        name = glyph.font.hash
        if name not in self._fonts:
            opened = TTFont(BytesIO(glyph.font.file_content), fontNumber=glyph.font.index)
            self._fonts[name] = opened, opened.getGlyphSet()
        font, outlines = self._fonts[name]
        pen = Path(outlines)
        outlines[font.getGlyphOrder()[glyph.number]].draw(pen)
        scale = glyph.size / font["head"].unitsPerEm
        left = box.position_x + glyph.left
        top = box.position_y + box.baseline - glyph.up
        matrix = f"{scale:.6f} 0 0 {-scale:.6f} {left:.3f} {top:.3f} cm"
        return f"q {matrix} {' '.join(pen.drawn)} f Q".encode()


class Path(BasePen):
    """Writes an outline as a PDF draws it."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.drawn: list[str] = []

    def _moveTo(self, to: Any) -> None:  # noqa: N802
        self._draw("m", to)

    def _lineTo(self, to: Any) -> None:  # noqa: N802
        self._draw("l", to)

    def _curveToOne(self, first: Any, second: Any, to: Any) -> None:  # noqa: N802
        self._draw("c", first, second, to)

    def _closePath(self) -> None:  # noqa: N802
        self.drawn.append("h")

    def _draw(self, operator: str, *points: tuple[float, float]) -> None:
        self.drawn += [f"{x:.5g} {y:.5g}" for x, y in points] + [operator]


def _pieces(stream: list[Any]) -> Iterator[tuple[int, range]]:
    """Each numbered piece of a content stream, and where in it it stands."""
    begun: tuple[int, int] | None = None
    for at, item in enumerate(stream):
        if isinstance(item, dict) and "MCID" in item:
            begun = item["MCID"], at
        elif item == b"EMC" and begun:
            yield begun[0], range(begun[1], at)
            begun = None


def _write(
    stream: list[Any], items: Iterable[int], drawn: Iterable[Glyph], codes: Mapping[str, Codes]
) -> None:
    """Put each glyph's new code in the place of its old one, or a space as wide as a shape."""
    glyphs, font = iter(drawn), ""

    def coded(old: re.Match[bytes]) -> bytes:
        new = b" "  # two numbers beside each other would be read as one
        for at in range(0, len(old[1]), 4):
            glyph = next(glyphs, None)
            number = int(old[1][at : at + 4], 16)
            if glyph is None or (glyph.font.hash, glyph.number) != (font, number):
                raise Unlike("The glyphs are not in the order of the page.")
            if glyph.letters:
                new += b"<%04x>" % codes[font].of(number, glyph.letters)
            else:
                new += b" %d " % -glyph.font.widths[number]
        return new

    for at in items:
        item = stream[at]
        if isinstance(item, bytes) and (named := FONT.match(item)):
            font = named[1].decode()
        elif isinstance(item, bytes) and item.endswith(b" TJ"):
            stream[at] = HEX.sub(coded, item)


def _glyphs(box: Any, fonts: Mapping[Any, Any], *, bare: bool) -> Iterator[Glyph]:
    """Each glyph of a text box that is drawn, from the left."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    try:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        held = HELD_SPACE.sub(NO_BREAK_SPACE, layout.text)
        places = _places(layout.text)
        left, run = 0.0, line.runs[0]
        while run != ffi.NULL:
            yield from _run(run.data, left, held, places, fonts, bare)
            glyphs = run.data.glyphs
            left += sum(glyphs.glyphs[at].geometry.width for at in range(glyphs.num_glyphs))
            run = run.next
    finally:
        layout.deactivate()


def _places(text: str) -> dict[int, int]:
    """Of each place in the bytes of a text, how many letters stand before it."""
    places, at = {0: 0}, 0
    for count, letter in enumerate(text, 1):
        at += len(letter.encode())
        places[at] = count
    return places


def _run(
    run: Any,
    left: float,
    text: str,
    places: Mapping[int, int],
    fonts: Mapping[Any, Any],
    bare: bool,
) -> Iterator[Glyph]:
    """The glyphs of one run, with the letters of each group of glyphs given out among them."""
    start, end = run.item.offset, run.item.offset + run.item.length
    key, _, size = get_pango_font_key(run.item.analysis.font)
    turned = bool(run.item.analysis.level % 2)
    glyphs = run.glyphs.glyphs[0 : run.glyphs.num_glyphs]
    clusters = [start + run.glyphs.log_clusters[at] for at in range(len(glyphs))]
    firsts = [at for at in sorted({*clusters}) if at == start or not _is_mark(text[places[at]])]
    ends = dict(zip(firsts, [*firsts[1:], end], strict=True))
    with_marks = [firsts[bisect_right(firsts, at) - 1] for at in clusters]
    for begins, group in groupby(zip(with_marks, glyphs, strict=True), key=lambda each: each[0]):
        letters = text[places[begins] : places[ends[begins]]]
        members = [glyph for _, glyph in group]
        shares = _shared(_bare(letters) if bare and turned else letters, members, turned)
        for glyph, share in zip(members, shares, strict=True):
            geometry = glyph.geometry
            if glyph.glyph != pango.PANGO_GLYPH_EMPTY:
                yield Glyph(
                    font=fonts[key],
                    number=glyph.glyph,
                    letters=share,
                    left=(left + geometry.x_offset) * FROM_UNITS,
                    up=-geometry.y_offset * FROM_UNITS,
                    size=size,
                )
            left += geometry.width


def _bare(letters: str) -> str:
    """A letter without its signs, unless it is only signs."""
    return "".join(x for x in letters if not _is_mark(x)) or letters


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def _shared(letters: str, glyphs: Sequence[Any], turned: bool) -> list[str]:
    """These letters given out among the glyphs that are read, in order: the last has the rest."""
    seen = [x for x in letters if unicodedata.category(x) != "Cf"] or list(letters)
    drawn = [at for at, glyph in enumerate(glyphs) if glyph.glyph != pango.PANGO_GLYPH_EMPTY]
    read = [at for at in drawn if glyphs[at].geometry.width and not glyphs[at].geometry.y_offset]
    read = (read or drawn[:1])[: len(seen)]
    order = _from_the_left(seen) if turned else seen
    shares = [""] * len(glyphs)
    for at, letter in zip(read, order, strict=False):
        shares[at] = letter
    if read:
        shares[read[-1]] += "".join(order[len(read) :])
    return shares


def _from_the_left(letters: list[str]) -> list[str]:
    """Letters that are read from the right, as they stand from the left: marks before their letter.

    PDFium turns letters round again, but leaves marks that stand together as they are.
    """
    groups: list[list[str]] = []
    for letter in letters:
        if groups and unicodedata.category(letter) == "Mn":
            groups[-1].insert(-1, letter)
        else:
            groups.append([MIRRORED.get(letter, letter)])
    return [letter for group in reversed(groups) for letter in group]


def _mirrored() -> Iterator[tuple[str, str]]:
    """Each sign that is drawn as another one where it is read from the right."""
    for sign in map(chr, range(0x20, 0x3020)):
        if unicodedata.mirrored(sign):
            words = unicodedata.name(sign).replace("-", " - ").split(" ")
            name = " ".join(TURNED.get(word, word) for word in words).replace(" - ", "-")
            with suppress(KeyError):
                yield sign, unicodedata.lookup(name)


TURNED: Final = {"LEFT": "RIGHT", "RIGHT": "LEFT", "LESS": "GREATER", "GREATER": "LESS"}
MIRRORED: Final = dict(_mirrored())


def _tell(pdf: Any, name: str, codes: Codes) -> None:
    """Write the tables that say what each code draws, and what letters it stands for."""
    for made in list(pdf.objects):
        if not isinstance(made, dict) or made.get("Type") != "/Font":
            continue
        if made.get("Subtype") == "/Type0" and name.encode() in made["BaseFont"]:
            letters = (f"<{code:04x}> <{_hex(said)}>" for code, said in codes.letters.items())
            cids = (f"<{code:04x}> {codes.glyphs.get(code, code)}" for code in codes.letters)
            made["ToUnicode"] = _table(pdf, "bfchar", letters, "Adobe-Identity-UCS", 2, {})
            if any(code != glyph for code, glyph in codes.glyphs.items()):
                system = pydyf.Dictionary({
                    "Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                })  # fmt: skip
                extra = {"Type": "/CMap", "CMapName": "/Codes", "CIDSystemInfo": system}
                made["Encoding"] = _table(pdf, "cidchar", cids, "Codes", 1, extra)


def _table(
    pdf: Any, what: str, entries: Iterable[str], name: str, kind: int, extra: dict[str, Any]
) -> Any:
    ordering = "(UCS)" if kind == 2 else "(Identity)"
    lines = [line.format(ordering=ordering, name=name, kind=kind) for line in CODED]
    listed = list(entries)
    for at in range(0, len(listed), AT_ONCE):
        some = listed[at : at + AT_ONCE]
        lines += [f"{len(some)} begin{what}", *some, f"end{what}"]
    stream = pydyf.Stream(
        [line.encode() for line in (*lines, *ENDED)], pydyf.Dictionary(extra), compress=True
    )
    pdf.add_object(stream)
    return stream.reference


def _hex(letters: str) -> str:
    return letters.encode("utf-16-be").hex()
