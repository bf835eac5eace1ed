"""Reads one topic file: whatever is wrong in it is a problem that names its place."""

from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.core.content import BrokenContent, Problem, Values
from profiles.topics.pictures import pictures
from profiles.topics.prsb import SECTIONS

SCHEMAS: Final = Path(__file__).parent / "schema"


def picture(value: object) -> str:
    """A picture the picker has."""
    try:
        known = isinstance(value, str) and value in pictures()
    except BrokenContent:
        return ""  # a pack is broken: its own check says where
    return "" if known else f"is no picture we have: {value!r}"


def read_topic(path: Path, place: str) -> tuple[Values, list[Problem]]:
    """The members of one topic, and everything wrong with them."""
    schema = SCHEMAS / "topic.json"
    values, problems = content.read(path, place, schema, formats={"picture": picture})
    if problems:
        return values, problems
    return values, [*_key(values, path.stem, place), *_prsb(values, place), *_coach(values, place)]


def _key(values: Values, stem: str, place: str) -> list[Problem]:
    right = values["key"] == stem
    return [] if right else [Problem("E005", place, f"key: must be {stem!r}, like the file")]


def _prsb(values: Values, place: str) -> list[Problem]:
    title, snomed = SECTIONS.get(values["prsb_section"], ("", ""))
    if not title:
        return [Problem("E006", place, "prsb_section: must be 1 to 7")]
    if (values["prsb_title"], values["snomed"]) != (title, snomed):
        return [Problem("E006", place, f"prsb_title, snomed: must be {title!r} and {snomed!r}")]
    return []


def _coach(values: Values, place: str) -> list[Problem]:
    """A question back that goes with any short answer would hide those after it."""
    return [
        Problem("E003", f"{place}, coach {number}", "words: is missing; only the last needs none")
        for number, each in enumerate(values.get("coach", [])[:-1], start=1)
        if "words" not in each
    ]
