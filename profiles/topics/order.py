"""Reads the order file: the parts of a page, and the topics in them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.core.content import Problem, Says, Values
from profiles.topics.read import SCHEMAS, picture

ORDER: Final = "order.toml"


def read_order(folder: Path, language: str) -> tuple[list[Values], list[Problem]]:
    """Each part with its words in this language, and everything wrong with them."""
    values, problems = content.read(
        folder / ORDER, ORDER, SCHEMAS / "order.json", formats=formats_in(language)
    )
    if problems:
        return [], problems
    parts = [said_in(language, part) for part in values["parts"]]
    topics = [key for part in parts for key in part["topics"]]
    keys = [part["key"] for part in parts]
    return parts, [*twice(ORDER, "key", keys), *twice(ORDER, "topics", topics)]


def twice(place: str, member: str, keys: Iterable[str]) -> list[Problem]:
    """A problem for each key that is there more than once."""
    found = sorted(keys)
    return [
        Problem("E007", place, f"{member}: {key!r} is there twice")
        for key in dict.fromkeys(found)
        if found.count(key) > 1
    ]


def formats_in(language: str) -> Mapping[str, Says]:
    """The formats of our schemas: a picture, and words written `title.en = "…"`."""

    def in_language(value: object) -> str:
        return "" if isinstance(value, dict) and language in value else f"has no {language!r}"

    return {"picture": picture, "in_language": in_language}


def said_in(language: str, row: Values) -> Values:
    """A part or a list of topics, with its title, and its lead if it has one, in one language."""
    said = {name: row[name][language] for name in ("title", "lead") if name in row}
    return {**row, **said}
