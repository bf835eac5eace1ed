"""Reads what can change in a life, and which topics it touches first."""

from collections.abc import Collection
from pathlib import Path
from typing import Final

from profiles.topics.order import in_language
from profiles.topics.read import (
    Problem,
    Values,
    check_members,
    read_toml,
    several,
    tables,
    words,
)

CHANGES: Final = "changes.toml"


def read_changes(
    content: Path, language: str, known: Collection[str]
) -> tuple[list[Values], list[Problem]]:
    """Each change with its words in this language, and everything wrong with them."""
    values, problems = read_toml(content / CHANGES, CHANGES)
    problems = problems or check_members(values, CHANGES, {"changes": tables("changes")})
    if problems:
        return [], problems
    members = {
        "key": words,
        "title": in_language(language),
        "lead": in_language(language),
        "topics": several(1, 99),
    }
    changes: list[Values] = values["changes"]
    for number, change in enumerate(changes, start=1):
        problems += check_members(change, f"{CHANGES}, change {number}", members)
    if problems:
        return [], problems
    said = [
        {**change, "title": change["title"][language], "lead": change["lead"][language]}
        for change in changes
    ]
    return said, [*_twice(changes), *_unknown(changes, known)]


def _twice(changes: list[Values]) -> list[Problem]:
    keys = [change["key"] for change in changes]
    return [
        Problem("E007", CHANGES, f"key: {key!r} is there twice")
        for key in sorted({key for key in keys if keys.count(key) > 1})
    ]


def _unknown(changes: list[Values], known: Collection[str]) -> list[Problem]:
    return [
        Problem("E009", f"{CHANGES}, change {number}", f"topics: {key!r} is no topic of ours")
        for number, change in enumerate(changes, start=1)
        for key in change["topics"]
        if key not in known
    ]
