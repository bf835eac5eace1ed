"""Reads short lists of topics: what a change in a life touches first, and what a reader needs."""

from collections.abc import Collection
from pathlib import Path

from profiles.core import content
from profiles.core.content import Problem, Values
from profiles.topics.order import formats_in, said_in, twice
from profiles.topics.read import SCHEMAS


def read_lists(
    folder: Path, name: str, language: str, known: Collection[str]
) -> tuple[list[Values], list[Problem]]:
    """Each list of the file of this name, in this language, and everything wrong with them."""
    place = f"{name}.toml"
    values, problems = content.read(
        folder / place, place, SCHEMAS / f"{name}.json", formats=formats_in(language)
    )
    if problems:
        return [], problems
    lists = [said_in(language, each) for each in values[name]]
    keys = [each["key"] for each in lists]
    return lists, [*twice(place, "key", keys), *_unknown(place, name[:-1], lists, known)]


def _unknown(place: str, what: str, lists: list[Values], known: Collection[str]) -> list[Problem]:
    return [
        Problem("E009", f"{place}, {what} {number}", f"topics: {key!r} is no topic of ours")
        for number, each in enumerate(lists, start=1)
        for key in each["topics"]
        if key not in known
    ]
