"""The sentences that every form of a page tells, each writing names and words in its own way."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from django.utils.formats import date_format

from profiles.core.stops import full_stop_after
from profiles.sheet.sheet import Entry, Sheet, SheetPhoto
from profiles.sheet.voices import ME

READ_FIRST: Final = "Read this first"

# How somebody's words are written so that they stay words: as text, as XHTML, as Markdown.
Typed = Callable[[str], str]


def hello(sheet: Sheet, typed: Typed) -> str:
    """The title of a page."""
    return f"Hello, my name is {typed(sheet.name)}" if sheet.name else "A page about me"


def head(sheet: Sheet, typed: Typed) -> Iterator[str]:
    """Who said most of it, and the whole name."""
    if sheet.voice:
        yield typed(sheet.voice.sentence)
    if sheet.full_name:
        yield f"My full name: {typed(sheet.full_name)}"


def says_more_than_name(sheet: Sheet) -> Entry | None:
    """What was said under "What to call me", where it is more than the name in the title."""
    called = sheet.called
    return called if called and called.lines != (sheet.name,) else None


def whose(sheet: Sheet, entry: Entry, typed: Typed) -> str:
    """Behind a title: whose words these are. "" where that needs no telling."""
    said_by = sheet.said_here(entry)
    if said_by == ME:
        return " (in my own words)"
    return f" (said by {typed(said_by)})" if said_by else ""


def of_photo(photo: SheetPhoto, typed: Typed) -> str:
    """What a photo shows, where only words can stand."""
    return f"Photo: {typed(photo.alt)}"


def foot(sheet: Sheet, typed: Typed) -> Iterator[str]:
    """Who helped, and how old it is."""
    if sheet.helpers:
        stop = full_stop_after(sheet.helpers[-1])
        yield f"Helped by: {', '.join(map(typed, sheet.helpers))}{stop}"
    if sheet.checked_on:
        checked = f"Checked with {typed(sheet.checked_with)}" if sheet.checked_with else "Checked"
        yield f"{checked}: {_day(sheet.checked_on)}."
    if sheet.updated_on:
        yield f"Words last changed on {_day(sheet.updated_on)}."
    edition = f"Edition {sheet.edition}. " if sheet.edition is not None else ""
    yield f"{edition}Made on {_day(sheet.made_on)}."
    if stamp := sheet.stamp:  # as on its paper: nobody is to trust it for too long
        yield f"Please ask me again after {_day(stamp.check_by)}."
        yield f"Is this the newest page? Type {stamp.code} at {typed(stamp.where)}"


def _day(day: date) -> str:
    return date_format(day, "j F Y")
