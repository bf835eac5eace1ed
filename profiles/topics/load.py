"""Loads every topic, in the order we ask it."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from profiles.topics.read import (
    Problem,
    Says,
    Values,
    check_members,
    picture,
    read_toml,
    read_topic,
    several,
    words,
)
from profiles.topics.topic import Part, Topic, Topics

CONTENT: Final = Path(__file__).parent / "content"
ORDER: Final = "order.toml"


class BrokenTopics(ValueError):
    """The topic files cannot be used; it carries every problem found in them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@cache
def load(language: str = "en") -> Topics:
    """Everything we ask, in this language."""
    return read_all(CONTENT, language)


def read_all(content: Path, language: str) -> Topics:
    """Everything in this folder; BrokenTopics, naming file and member, if any of it is wrong."""
    order, problems = _read_order(content, language)
    if problems:
        raise BrokenTopics(problems)
    keys = [key for part in order for key in part["topics"]]
    topics: dict[str, Values] = {}
    for key in keys:
        path = content / language / f"{key}.toml"
        topics[key], found = read_topic(path, f"{language}/{path.name}")
        problems += found
    for path in sorted((content / language).glob("*.toml")):
        if path.stem not in keys:
            place = f"{language}/{path.name}"
            problems.append(Problem("E008", place, f"key: {path.stem!r} is not in {ORDER}"))
    if problems:
        raise BrokenTopics(problems)
    return _arrange(order, topics, language)


def _arrange(order: list[Values], values: dict[str, Values], language: str) -> Topics:
    by_key = {
        key: Topic(
            **{**values[key], "prompts": tuple(values[key]["prompts"])}
            | {"good": tuple(values[key]["good"]), "part": part["key"]}
        )
        for part in order
        for key in part["topics"]
    }
    parts = tuple(
        Part(
            key=part["key"],
            title=part["title"][language],
            picture=part["picture"],
            lead=part["lead"][language],
            topics=tuple(by_key[key] for key in part["topics"]),
        )
        for part in order
    )
    return Topics(parts=parts, by_key=MappingProxyType(by_key))


def _read_order(content: Path, language: str) -> tuple[list[Values], list[Problem]]:
    values, problems = read_toml(content / ORDER, ORDER)
    problems = problems or check_members(values, ORDER, {"parts": _tables})
    if problems:
        return [], problems
    members = {
        "key": words,
        "picture": picture,
        "title": _in(language),
        "lead": _in(language),
        "topics": several(1, 99),
    }
    parts: list[Values] = values["parts"]
    for number, part in enumerate(parts, start=1):
        problems += check_members(part, f"{ORDER}, part {number}", members)
    return parts, problems or _twice(parts)


def _twice(parts: list[Values]) -> list[Problem]:
    parts_seen = [part["key"] for part in parts]
    topics_seen = [key for part in parts for key in part["topics"]]
    return [
        Problem("E007", ORDER, f"{member}: {key!r} stands there twice")
        for member, keys in (("key", parts_seen), ("topics", topics_seen))
        for key in sorted({key for key in keys if keys.count(key) > 1})
    ]


def _tables(value: object) -> str:
    right = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    return "" if right else "must be one or more [[parts]]"


def _in(language: str) -> Says:
    """Words in this language, as `title.en = "…"`."""

    def check(value: object) -> str:
        if not isinstance(value, dict) or language not in value:
            return f"has no {language!r}"
        return words(value[language])

    return check
