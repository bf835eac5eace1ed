"""The page as plain text, for an email, a screen reader or a very old machine."""

from collections.abc import Iterator
from datetime import date
from textwrap import indent

from django.utils.formats import date_format

from profiles.core.as_typed import as_text, where_it_turns
from profiles.core.stops import full_stop_after
from profiles.sheet.sheet import Entry, Sheet
from profiles.sheet.voices import ME

READ_FIRST = "Read this first"


def plain(sheet: Sheet) -> str:
    """The whole page as text: who it is about, what to know first, then part by part."""
    return where_it_turns("\n\n".join(_blocks(sheet)) + "\n")


def _blocks(sheet: Sheet) -> Iterator[str]:
    hello = f"Hello, my name is {as_text(sheet.name)}"
    yield _underlined(hello if sheet.name else "A page about me", "=")
    if sheet.voice:
        yield as_text(sheet.voice.sentence)
    if sheet.full_name:
        yield f"My full name: {as_text(sheet.full_name)}"
    if sheet.called and sheet.called.lines != (sheet.name,):
        yield _entry(sheet, sheet.called)
    if sheet.photo and sheet.photo.alt:
        yield f"Photo: {as_text(sheet.photo.alt)}"
    if sheet.strip:
        yield _underlined(READ_FIRST, "-")
        yield from (_entry(sheet, entry) for entry in sheet.strip)
    for section in sheet.sections:
        yield _underlined(section.title, "-")
        yield from (_entry(sheet, entry) for entry in section.entries)
    yield "\n".join(_footer(sheet))


def _underlined(title: str, mark: str) -> str:
    return f"{title}\n{mark * len(title)}"


def _entry(sheet: Sheet, entry: Entry) -> str:
    whose = sheet.said_here(entry)
    said = f" (said by {as_text(whose)})" if whose else ""
    if whose == ME:
        said = " (in my own words)"
    lines = [indent(as_text(line), "  * ") for line in entry.lines]
    if entry.photo:
        lines.append(f"  (Photo: {as_text(entry.photo.alt)})")
    return "\n".join([f"{entry.title}{said}:", *lines])


def _footer(sheet: Sheet) -> Iterator[str]:
    if sheet.helpers:
        stop = full_stop_after(sheet.helpers[-1])
        yield f"Helped by: {', '.join(map(as_text, sheet.helpers))}{stop}"
    if sheet.checked_on:
        checked = f"Checked with {as_text(sheet.checked_with)}" if sheet.checked_with else "Checked"
        yield f"{checked}: {_day(sheet.checked_on)}."
    if sheet.updated_on:
        yield f"Words last changed on {_day(sheet.updated_on)}."
    edition = f"Edition {sheet.edition}. " if sheet.edition is not None else ""
    yield f"{edition}Made on {_day(sheet.made_on)}."


def _day(day: date) -> str:
    return date_format(day, "j F Y")
