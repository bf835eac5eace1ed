"""Proves the one-page promise from the finished PDF: one page, every word, none off the paper."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import pypdfium2

from profiles.sheet.sheet import Sheet

SLACK_PT: Final = 1.0  # what a letter's box may reach past its ink
# Spaces; joiners; and hyphens, which PDFium takes away at the end of a line.
NO_INK: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp", "Pd"})
MARKS: Final = frozenset({"Mn", "Me", "Mc", "Sk", "Lm"})
# Letters that UTF-16 writes in two halves: PDFium turns the halves round where a line turns.
HALVED: Final = re.compile("[\U00010000-\U0010ffff]")
TAKEN: Final = "\ue000"  # stands where a line was found, so that it is not found twice


class BrokenPromise(Exception):
    """The page that was made is not the page that was promised, so nobody gets it."""


def check(pdf: bytes, sheet: Sheet, unprintable: Iterable[str] = (), drawn: str = "") -> None:
    """Raise BrokenPromise unless this is one page with every word of this sheet on it."""
    check_lines(pdf, _lines(sheet), unprintable, drawn)


def check_lines(
    pdf: bytes, lines: Iterable[str], unprintable: Iterable[str] = (), drawn: str = ""
) -> None:
    """Raise BrokenPromise unless this is one page with each of these lines whole on it.

    Emoji are drawn as pictures, which PDFium does not read back: the renderer says which it drew.
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
    missing = _lost(lines, found, unprintable, drawn)
    if missing:
        raise BrokenPromise(f"{len(missing)} lines are not whole")


def lost(sheet: Sheet, found: str, unprintable: Iterable[str] = (), drawn: str = "") -> list[str]:
    """The lines of a sheet whose letters are not all in this text, nor drawn as pictures."""
    return _lost(_lines(sheet), found, unprintable, drawn)


def _lost(wanted: Iterable[str], found: str, unprintable: Iterable[str], drawn: str) -> list[str]:
    emoji = {sign for sign in drawn if unicodedata.category(sign) in {"So", "Sk"}}
    gone = str.maketrans("", "", "".join((*unprintable, *emoji)))
    found, lines = found.translate(gone), [line.translate(gone) for line in wanted]
    found, lines = _take(_exact(found), lines, _exact)
    if not lines:
        return []
    found, lines = _take(_spelt(found), lines, _spelt)
    left = Counter(_loose(found))
    missing = []
    for line in lines:
        letters = Counter(_loose(HALVED.sub("", line) if _turns(line) else line))
        if not is_shaped(line) or set(letters - left) - set(drawn):  # a keycap is a drawn digit
            missing.append(line)
        left -= letters
    return missing


def _take(text: str, lines: list[str], spell: Callable[[str], str]) -> tuple[str, list[str]]:
    """What is left of a text, and which lines were not in it, when each that is found is taken."""
    at, others = 0, []
    for line in lines:
        wanted = spell(line)
        place = text.find(wanted, at)
        place = text.find(wanted) if place < 0 else place
        if place < 0 or (line.strip() and not wanted and spell is not _exact):
            others.append(line)
        else:
            at = place + len(wanted)
            text = text[:place] + TAKEN * len(wanted) + text[at:]
    return text, others


def is_shaped(line: str) -> bool:
    """May this line's letters come back joined, or in another order?"""
    letters = unicodedata.normalize("NFKC", line)
    return _turns(line) or any(unicodedata.category(letter) in MARKS for letter in letters)


def _turns(line: str) -> bool:
    """Is any of this line read from right to left?"""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)


def _lines(sheet: Sheet) -> Iterable[str]:
    """Everything somebody said, a line at a time, in reading order; and what its foot promises."""
    if sheet.called:
        yield from (*sheet.called.lines, sheet.called.said_by)
    yield sheet.full_name
    for entry in sheet.entries:
        if entry is not sheet.called:
            yield from (*entry.lines, entry.said_by)
    yield from sheet.helped_by
    yield f"{sheet.checked_on.day} {sheet.checked_on:%B %Y}" if sheet.checked_on else ""
    yield from sheet.stamp.lines if sheet.stamp else ()


def _exact(text: str) -> str:
    """Everything that was typed, without spaces and marks that have no ink."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(x for x in letters if unicodedata.category(x) not in NO_INK)


def _spelt(text: str) -> str:
    """Letters with their accents, and digits: signs may be told in another way."""
    letters = unicodedata.normalize("NFKC", text)
    return "".join(x for x in letters if unicodedata.category(x)[0] in "LNM" or x == TAKEN)


def _loose(text: str) -> str:
    """Bare letters and digits, without accents and vowel signs, which shaping may join."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(
        x for x in letters if unicodedata.category(x)[0] in "LN" and unicodedata.category(x) != "Lm"
    )


def _nothing_off_the_paper(text: pypdfium2.PdfTextPage, width: float, height: float) -> None:
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        inside = left > -SLACK_PT and bottom > -SLACK_PT
        if not (inside and right < width + SLACK_PT and top < height + SLACK_PT):
            raise BrokenPromise("words off the paper")
