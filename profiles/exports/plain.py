"""The page as plain text, for an email, a screen reader or a very old machine."""

from collections.abc import Iterator
from textwrap import indent

from profiles.core.as_typed import as_text, where_it_turns
from profiles.exports import told
from profiles.sheet.sheet import Entry, Sheet


def plain(sheet: Sheet) -> str:
    """The whole page as text: who it is about, what to know first, then part by part."""
    return where_it_turns("\n\n".join(_blocks(sheet)) + "\n")


def _blocks(sheet: Sheet) -> Iterator[str]:
    yield _underlined(told.hello(sheet, as_text), "=")
    yield from told.head(sheet, as_text)
    if called := told.says_more_than_name(sheet):
        yield _entry(sheet, called)
    if sheet.photo and sheet.photo.alt:
        yield told.of_photo(sheet.photo, as_text)
    if sheet.strip:
        yield _underlined(told.READ_FIRST, "-")
        yield from (_entry(sheet, entry) for entry in sheet.strip)
    for section in sheet.sections:
        yield _underlined(section.title, "-")
        yield from (_entry(sheet, entry) for entry in section.entries)
    yield "\n".join(told.foot(sheet, as_text))


def _underlined(title: str, mark: str) -> str:
    return f"{title}\n{mark * len(title)}"


def _entry(sheet: Sheet, entry: Entry) -> str:
    lines = [indent(as_text(line), "  * ") for line in entry.lines]
    if entry.photo:
        lines.append(f"  ({told.of_photo(entry.photo, as_text)})")
    return "\n".join([f"{entry.title}{told.whose(sheet, entry, as_text)}:", *lines])
