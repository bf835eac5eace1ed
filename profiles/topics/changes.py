"""Reads what can change in a life, and which topics it touches first."""

from collections.abc import Collection
from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.core.content import Problem, Values
from profiles.topics.order import formats_in, said_in, twice
from profiles.topics.read import SCHEMAS

CHANGES: Final = "changes.toml"


def read_changes(
    folder: Path, language: str, known: Collection[str]
) -> tuple[list[Values], list[Problem]]:
    """Each change with its words in this language, and everything wrong with them."""
    values, problems = content.read(
        folder / CHANGES, CHANGES, SCHEMAS / "changes.json", formats=formats_in(language)
    )
    if problems:
        return [], problems
    changes = [said_in(language, change) for change in values["changes"]]
    keys = [change["key"] for change in changes]
    return changes, [*twice(CHANGES, "key", keys), *_unknown(changes, known)]


def _unknown(changes: list[Values], known: Collection[str]) -> list[Problem]:
    return [
        Problem("E009", f"{CHANGES}, change {number}", f"topics: {key!r} is no topic of ours")
        for number, change in enumerate(changes, start=1)
        for key in change["topics"]
        if key not in known
    ]
