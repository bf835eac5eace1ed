"""Loads every topic, in the order we ask it."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from profiles.core.content import BrokenContent, Problem, Values
from profiles.topics.lists import read_lists
from profiles.topics.order import ORDER, read_order
from profiles.topics.read import read_topic
from profiles.topics.topic import FollowUp, KindOfReader, LifeChange, Part, Topic, Topics
from profiles.topics.vague import read_vague, stems

__all__ = ["CONTENT", "Topics", "load", "read_all"]

CONTENT: Final = Path(__file__).parent / "content"


@cache
def load(language: str = "en") -> Topics:
    """Everything we ask, in this language."""
    return read_all(CONTENT, language)


def read_all(content: Path, language: str) -> Topics:
    """Everything in this folder; BrokenContent, naming file and member, if any of it is wrong."""
    parts, problems = read_order(content, language)
    if problems:
        raise BrokenContent(problems)
    folder = content / language
    listed = [key for part in parts for key in part["topics"]]
    files = {key: read_topic(folder / f"{key}.toml", f"{language}/{key}.toml") for key in listed}
    problems = [problem for _, found in files.values() for problem in found]
    problems += [
        Problem("E008", f"{language}/{path.name}", f"key: {path.stem!r} is not in {ORDER}")
        for path in sorted(folder.glob("*.toml"))
        if path.stem not in listed
    ]
    changes, wrong = read_lists(content, "changes", language, listed)
    readers, wrong_too = read_lists(content, "readers", language, listed)
    vague, wrong_as_well = read_vague(content, language)
    if problems := [*problems, *wrong, *wrong_too, *wrong_as_well]:
        raise BrokenContent(problems)
    members = {key: values for key, (values, _) in files.items()}
    return _arrange(parts, members, changes, readers, vague)


def _arrange(
    parts: list[Values],
    members: dict[str, Values],
    changes: list[Values],
    readers: list[Values],
    vague: frozenset[str],
) -> Topics:
    by_key = {
        key: _topic(members[key], part["key"], vague) for part in parts for key in part["topics"]
    }
    return Topics(
        parts=tuple(
            Part(**{**part, "topics": tuple(by_key[key] for key in part["topics"])})
            for part in parts
        ),
        by_key=MappingProxyType(by_key),
        changes=tuple(
            LifeChange(**{**change, "topics": tuple(change["topics"])}) for change in changes
        ),
        readers=tuple(
            KindOfReader(**{**reader, "topics": tuple(reader["topics"])}) for reader in readers
        ),
    )


def _topic(members: Values, part: str, vague: frozenset[str]) -> Topic:
    lists = {name: tuple(members[name]) for name in ("prompts", "good")}
    coach = tuple(
        FollowUp(
            ask=each["ask"],
            words=tuple(each.get("words", ())),
            enough=tuple(each.get("enough", ())),
        )
        for each in members.get("coach", ())
    )
    asked = [word for each in coach for word in each.words]
    vague |= stems([members["title"], members["poor"], *asked])
    return Topic(**{**members, **lists, "part": part, "coach": coach, "vague": vague})
