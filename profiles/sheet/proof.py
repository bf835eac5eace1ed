"""Proves the one-page promise from the finished PDF: one page, every word, none off the paper."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

import pypdfium2

from profiles.sheet.sheet import Sheet

SLACK_PT: Final = 1.0  # what a letter's box may reach past its ink
NO_INK: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp"})
MARKS: Final = frozenset({"Mn", "Me", "Mc", "Sk", "Lm"})
TAKEN: Final = "\ue000"  # stands where a line was found, so that it is not found twice


class BrokenPromise(Exception):
    """The page that was made is not the page that was promised, so nobody gets it."""


def check(pdf: bytes, sheet: Sheet, unprintable: Iterable[str] = (), drawn: str = "") -> None:
    """Raise BrokenPromise unless this is one page with every word of this sheet on it.

    Emoji are drawn as pictures, which PDFium does not read back: the press says which it drew.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != 1:
            raise BrokenPromise(f"{len(document)} pages")
        text = document[0].get_textpage()
        found = text.get_text_range()
        _nothing_off_the_paper(text, *document[0].get_size())
    finally:
        document.close()
    missing = lost(sheet, found, unprintable, drawn)
    if missing:
        raise BrokenPromise(f"{len(missing)} lines are not whole")


def lost(sheet: Sheet, found: str, unprintable: Iterable[str] = (), drawn: str = "") -> list[str]:
    """The lines whose letters are not all in this text, nor drawn as pictures."""
    emoji = {sign for sign in drawn if unicodedata.category(sign) in {"So", "Sk"}}
    gone = str.maketrans("", "", "".join((*unprintable, *emoji)))
    text = _exact(found.translate(gone))
    at, others = 0, []
    for line in _lines(sheet):
        wanted = _exact(line.translate(gone))
        position = text.find(wanted, at)
        if position < 0:
            position = text.find(wanted)
        if position < 0:
            others.append(line)
        else:
            at = position + len(wanted)
            text = text[:position] + TAKEN * len(wanted) + text[at:]
    left = Counter(_loose(text))
    missing = []
    for line in others:  # right-to-left and shaped lines come back in an order of their own
        wanted_letters = Counter(_loose(line.translate(gone)))
        if set(wanted_letters - left) - set(drawn):  # a keycap is a drawn digit
            missing.append(line)
        left -= wanted_letters
    return missing


def _lines(sheet: Sheet) -> Iterable[str]:
    """Everything somebody said, a line at a time, in reading order."""
    if sheet.full_name:
        yield sheet.full_name
    for entry in sheet.entries:
        yield from entry.lines
        yield entry.said_by
    yield from sheet.helped_by


def _exact(text: str) -> str:
    """The letters as they were typed, without spaces and marks that have no ink."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in NO_INK
    )


def _loose(text: str) -> str:
    """The bare letters, without accents and vowel signs, which shaping may reorder or join."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if letter != TAKEN and unicodedata.category(letter) not in NO_INK | MARKS
    )


def _nothing_off_the_paper(text: pypdfium2.PdfTextPage, width: float, height: float) -> None:
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        inside = left > -SLACK_PT and bottom > -SLACK_PT
        if not (inside and right < width + SLACK_PT and top < height + SLACK_PT):
            raise BrokenPromise("words off the paper")
