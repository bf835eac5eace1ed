"""Reads the words that hurt and the kinder ones: content/<language>/hints.toml, strictly."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from profiles.core import content
from profiles.core.content import BrokenContent, Problem, Values

CONTENT: Final = Path(__file__).parent / "content"
SCHEMA: Final = Path(__file__).parent / "schema" / "hints.json"
SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class HintEntry:
    """Words that hurt or say nothing, why that is so, and what somebody could say."""

    words: tuple[str, ...]
    instead: str
    why: str
    source: str
    unless: tuple[str, ...] = ()
    in_names: bool = False
    fine_when: str = ""


@cache
def load(language: str = "en") -> tuple[HintEntry, ...]:
    """Every hint of this language, its lists written out; none for one that we have no words of."""
    path = CONTENT / language / "hints.toml"
    return read(path) if path.parent.is_dir() else ()


def read(path: Path) -> tuple[HintEntry, ...]:
    """The hints in this file; BrokenContent if any of it is wrong."""
    return tuple(HintEntry(**row) for row in read_rows(path, SCHEMA, "hint"))


def read_rows(path: Path, schema: Path, kind: str) -> list[Values]:
    """The rows of a file of phrases, each written out; BrokenContent if any of it is wrong."""
    place = f"{path.parent.name}/{path.name}"
    values = content.whole(*content.read(path, place, schema, named_by="words"))
    lists, rows = values.get("lists", {}), values[f"{kind}s"]
    problems = [
        Problem("E009", f"{place}, {kind} {number} ({row['words'][0]})", fault)
        for number, row in enumerate(rows, start=1)
        for fault in _slots_of_nothing(row, lists)
    ]
    if problems:
        raise BrokenContent(problems)
    rows = [_written_out(row, lists) for row in rows]
    if twice := _twice(rows):
        raise BrokenContent(
            [Problem("E007", place, f"words: {words!r} stand in two {kind}s") for words in twice]
        )
    return rows


def _slots_of_nothing(row: Values, lists: Mapping[str, Any]) -> Iterator[str]:
    for member in ("words", "unless"):
        for phrase in row.get(member, ()):
            for slot in SLOT.findall(phrase):
                if slot not in lists:
                    yield f"{member}: there is no list {slot!r}"


def _written_out(row: Values, lists: Mapping[str, list[str]]) -> Values:
    """A row in which each phrase stands once for each word of the lists that it names."""
    return row | {
        name: tuple(each for phrase in row.get(name, []) for each in _each_of(phrase, lists))
        for name in ("words", "unless")
    }


def _each_of(phrase: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    """A phrase once for each word of the lists that it names: "{whose} case" is "his case", …"""
    between, slots = SLOT.split(phrase)[::2], SLOT.findall(phrase)
    for chosen in product(*(lists[slot] for slot in slots)):
        yield "".join(a + b for a, b in zip(between, (*chosen, ""), strict=True))


def _twice(rows: list[Values]) -> list[str]:
    seen: set[str] = set()
    return [
        words
        for row in rows
        for words in dict.fromkeys(row["words"])
        if words in seen or seen.add(words)  # type: ignore[func-returns-value]
    ]
