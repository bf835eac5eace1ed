"""What people read in a FHIR file: XHTML, of the few tags that FHIR lets stand there.

HTML's <bdi> is none of them: what stands apart is a <span> with its own direction.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from profiles.core.as_typed import pieces
from profiles.exports import told
from profiles.exports.fhir.pieces import without_controls
from profiles.sheet.script import first_strong
from profiles.sheet.sheet import Entry, Line, Sheet

XHTML: Final = "http://www.w3.org/1999/xhtml"
EMPTY: Final = "Nothing is written on this page yet."


def narrative(blocks: Iterable[str], language: str) -> dict[str, Any]:
    """Blocks of XHTML as the text of a resource or a section."""
    marks = f'xmlns="{XHTML}" {_lang(language)} dir="ltr"'
    return {"status": "generated", "div": f"<div {marks}>{''.join(blocks)}</div>"}


def beginning(sheet: Sheet) -> Iterator[str]:
    """The head of a page, what to read first, and its foot."""
    yield f"<p><b>{told.hello(sheet, in_sentence)}</b></p>"
    yield from map(paragraph, told.head(sheet, in_sentence))
    if sheet.photo and sheet.photo.alt:
        yield paragraph(told.of_photo(sheet.photo, in_sentence))
    if sheet.is_empty:
        yield paragraph(EMPTY)
    if sheet.strip:
        yield f"<h2>{told.READ_FIRST}</h2>"
        for entry in sheet.strip:
            yield from answer(sheet, entry)
    yield from map(paragraph, told.foot(sheet, in_sentence))


def answer(sheet: Sheet, entry: Entry) -> Iterator[str]:
    """One answer: its title, whose words it is in, its lines, and what its photo shows."""
    yield f"<h3>{as_typed(entry.title)}{told.whose(sheet, entry, in_sentence)}</h3>"
    marks = f'{_lang(entry.language)} dir="{entry.direction}"'
    yield f"<ul {marks}>{''.join(map(_item, entry.marked_lines))}</ul>"
    if entry.photo:
        yield paragraph(told.of_photo(entry.photo, in_sentence))


def paragraph(words: str) -> str:
    """A paragraph of what is XHTML already."""
    return f"<p>{words}</p>"


def as_typed(words: str) -> str:
    """Somebody's words, with their numbers and addresses as they were typed."""
    return "".join(
        f'<span dir="ltr">{escape(piece)}</span>' if apart else escape(piece)
        for piece, apart in pieces(without_controls(words))
    )


def in_sentence(words: str) -> str:
    """The same, within a sentence of ours, which nothing in them can turn round."""
    return f'<span dir="{first_strong(words) or "ltr"}">{as_typed(words)}</span>'


def _item(line: Line) -> str:
    return f'<li {_lang(line.language)} dir="{line.direction}">{as_typed(line.text)}</li>'


def _lang(language: str) -> str:
    return f'lang="{escape(language)}" xml:lang="{escape(language)}"'
