"""The page as Markdown (CommonMark), for notes, a wiki or a program that draws it.

Whatever somebody typed comes out as they typed it: no sign in it becomes a heading, a list, a
link, a picture, code or HTML.
"""

import re
from collections.abc import Iterator
from typing import Final

from profiles.core.as_typed import CLOSE, OPEN, as_text, where_it_turns
from profiles.exports import told
from profiles.sheet.sheet import Entry, Sheet

# Signs that mean something anywhere in a line, in CommonMark or in what is often added to it.
ANYWHERE: Final = re.compile(r"[\\`*_\[\]<>|~$#^]|&(?=#?\w+;)|:(?=//)|(?<=www)\.|@", re.IGNORECASE)
# And what means something only where a line begins: a list, a line across, a title's underline.
AT_THE_BEGINNING: Final = re.compile(rf"^({OPEN}*)(?:([-+=:])|(\d+)([.)]))")


def markdown(sheet: Sheet) -> str:
    """The whole page: who it is about, what to know first, then part by part."""
    return where_it_turns("\n\n".join(_blocks(sheet)) + "\n")


def as_typed(words: str) -> str:
    """Somebody's words on one line, so that none of their signs is markup."""
    # Behind marks without ink, which may go again, a space would begin the line.
    line = " ".join(words.strip(f" \t\r\n{OPEN}{CLOSE}").splitlines())
    line = ANYWHERE.sub(r"\\\g<0>", as_text(line))
    return AT_THE_BEGINNING.sub(_said, line)


def _said(sign: re.Match[str]) -> str:
    opened, mark, number, stop = sign.groups(default="")
    return f"{opened}\\{mark}" if mark else f"{opened}{number}\\{stop}"


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield f"# {told.hello(sheet, as_typed)}"
    yield from told.head(sheet, as_typed)
    if called := told.says_more_than_name(sheet):
        yield from _entry(sheet, called, level=2)  # it is in no part
    if sheet.photo and sheet.photo.alt:
        yield told.of_photo(sheet.photo, as_typed)
    if sheet.strip:
        yield f"## {told.READ_FIRST}"
        for entry in sheet.strip:
            yield from _entry(sheet, entry)
    for section in sheet.sections:
        yield f"## {section.title}"
        for entry in section.entries:
            yield from _entry(sheet, entry)
    yield "---"
    yield from told.foot(sheet, as_typed)


def _entry(sheet: Sheet, entry: Entry, *, level: int = 3) -> Iterator[str]:
    yield f"{'#' * level} {entry.title}{told.whose(sheet, entry, as_typed)}"
    yield "\n".join(f"* {as_typed(line)}" for line in entry.lines)
    if entry.photo:
        yield f"({told.of_photo(entry.photo, as_typed)})"
