"""The words around the answers, as the templates print them: to measure the room they take."""

from collections.abc import Iterator

from profiles.core.stops import ended
from profiles.sheet.sheet import Sheet
from profiles.sheet.voices import told_at_the_line


def below_the_name(sheet: Sheet) -> Iterator[str]:
    """What stands under the name, a line at a time."""
    if sheet.called:
        yield from sheet.called.lines[1:]
        if whose := sheet.said_here(sheet.called):
            yield told_at_the_line(whose)
        if sheet.full_name not in ("", sheet.name):
            yield f"My full name is {sheet.full_name}"
    if sheet.voice:
        yield sheet.voice.sentence


def is_it_newest(sheet: Sheet) -> str:
    """The line that asks whether the paper is the newest; "" if it can not be checked."""
    if not sheet.stamp:
        return ""
    stamp = sheet.stamp
    return f"Is this the newest page? Scan the code, or type {stamp.code} at {stamp.where}"


def small_print(sheet: Sheet) -> str:
    """The small print of the foot, with days that take the most room."""
    day = "30 September 2026"
    made = f"Made for {sheet.stamp.made_for} on {day}." if sheet.stamp else f"Made on {day}."
    return " ".join(
        [
            made,
            f"Edition {sheet.edition}." if sheet.edition else "",
            f"Please ask me again after {day}." if sheet.stamp else "",
            f"Checked with {sheet.checked_with}: {day}." if sheet.checked_on else "",
            f"{sheet.layout.updated_on} {day}." if sheet.updated_on else "",
            ended(f"{sheet.layout.helped_by} {', '.join(sheet.helpers)}") if sheet.helpers else "",
            f"Pictures: {sheet.picture_credit}." if sheet.picture_credit else "",
        ]
    )
