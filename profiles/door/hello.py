"""A hello card on paper, and what a worker and a person both mention. Pure."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

from django.template.loader import render_to_string

from profiles.pdf.render_job import CardJob
from profiles.pdf.sanitise import clean
from profiles.sheet.script import Direction, first_strong, language_of
from profiles.sheet.sheet import Line, Sheet, SheetPhoto
from profiles.workers.about import About
from profiles.workers.interests import INTERESTS, in_both


def mentioned_by_both(enjoys: str, sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """The words that stand in what a worker enjoys, and in what these pages show them."""
    shown = (entry for sheet in sheets for entry in sheet.entries if entry.topic in INTERESTS)
    return in_both(enjoys, (line for entry in shown for line in entry.lines))


def card_for_paper(
    about: About, *, both: Iterable[str], photo: SheetPhoto | None, made_on: date
) -> CardJob:
    """The card's template filled, with every word that has to be on the paper."""
    said = {field.name: _line(getattr(about, field.name)) for field in fields(about)}
    said = {name: line for name, line in said.items() if line.text}
    shared = _line(", ".join(both))
    photo = replace(photo, alt=clean(photo.alt)) if photo else None
    context = {
        **said,
        "both": shared if shared.text else None,
        "photo": photo,
        "made_on": made_on,
    }
    filled = render_to_string("layouts/hello-card.html", context)
    return CardJob(
        html=filled + "",  # a plain str: Django's own kind would take Django along
        lines=tuple(line.text for line in [*said.values(), shared] if line.text),
        photo=photo.data if photo else b"",
        name=said["name"].text if "name" in said else "",
    )


def _line(text: str) -> Line:
    words = clean(text)
    direction: Direction = first_strong(words) or "ltr"
    return Line(text=words, direction=direction, language=language_of(words, "en"))
