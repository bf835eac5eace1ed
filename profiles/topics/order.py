"""Reads the order file: the parts of a page, and the topics in them."""

from pathlib import Path
from typing import Final

from profiles.topics.read import (
    Problem,
    Says,
    Values,
    check_members,
    picture,
    read_toml,
    several,
    tables,
    words,
)

ORDER: Final = "order.toml"


def read_order(content: Path, language: str) -> tuple[list[Values], list[Problem]]:
    """Each part with its words in this language, and everything wrong with them."""
    values, problems = read_toml(content / ORDER, ORDER)
    problems = problems or check_members(values, ORDER, {"parts": tables("parts")})
    if problems:
        return [], problems
    members = {
        "key": words,
        "picture": picture,
        "title": in_language(language),
        "lead": in_language(language),
        "topics": several(1, 99),
    }
    parts: list[Values] = values["parts"]
    for number, part in enumerate(parts, start=1):
        problems += check_members(part, f"{ORDER}, part {number}", members)
    if problems:
        return [], problems
    return [
        {**part, "title": part["title"][language], "lead": part["lead"][language]} for part in parts
    ], _twice(parts)


def _twice(parts: list[Values]) -> list[Problem]:
    keys = [part["key"] for part in parts]
    topics = [key for part in parts for key in part["topics"]]
    return [
        Problem("E007", ORDER, f"{member}: {key!r} is there twice")
        for member, found in (("key", keys), ("topics", topics))
        for key in sorted({key for key in found if found.count(key) > 1})
    ]


def in_language(language: str) -> Says:
    """Words in this language, written `title.en = "…"`."""

    def check(value: object) -> str:
        if not isinstance(value, dict) or language not in value:
            return f"has no {language!r}"
        return words(value[language])

    return check
