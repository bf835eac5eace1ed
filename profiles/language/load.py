"""Reads the words that hurt and the kinder ones: content/<language>/hints.toml, strictly."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

CONTENT: Final = Path(__file__).parent / "content"
SLOT: Final = re.compile(r"\{(\w+)\}")
NEEDED: Final = ("words", "instead", "why", "source")


class BrokenHints(ValueError):
    """The file of hints cannot be used; it carries a sentence for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Words that hurt or say nothing, why that is so, and what somebody could say."""

    words: tuple[str, ...]
    instead: str
    why: str
    source: str
    unless: tuple[str, ...] = ()
    in_names: bool = False
    fine_when: str = ""


@cache
def load(language: str = "en") -> tuple[Entry, ...]:
    """Every hint of this language, its lists written out; none for one that we have no words of."""
    path = CONTENT / language / "hints.toml"
    return read(path) if path.parent.is_dir() else ()


def read(path: Path) -> tuple[Entry, ...]:
    """The hints in this file; BrokenHints if any of it is wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise BrokenHints([f"{path.name}: cannot be read: {fault}"]) from None
    lists, rows = values.get("lists", {}), values.get("hints", [])
    problems = [f"{path.name}: {name} is unknown" for name in values.keys() - {"lists", "hints"}]
    for number, row in enumerate(rows, start=1):
        place = f"{path.name}, hint {number} ({(row.get('words') or ['no words'])[0]})"
        problems += [f"{place}: {fault}" for fault in _faults(row, lists)]
    if problems or not rows:
        raise BrokenHints(problems or [f"{path.name}: holds no hints"])
    entries = tuple(_entry(row, lists) for row in rows)
    if twice := _twice(entries):
        raise BrokenHints([f"{path.name}: {words!r} stand in two hints" for words in twice])
    return entries


def _faults(row: Mapping[str, Any], lists: Mapping[str, Any]) -> Iterator[str]:
    known = {field.name for field in fields(Entry)}
    yield from (f"{name} is unknown" for name in row if name not in known)
    yield from (f"{name} is missing" for name in NEEDED if not row.get(name))
    for name in ("words", "unless"):
        phrases = row.get(name, [])
        if not isinstance(phrases, list) or not all(isinstance(each, str) for each in phrases):
            yield f"{name} must be a list of words in quotes"
            continue
        if len(set(phrases)) < len(phrases):
            yield f"{name} says one thing twice"
        yield from (
            f"{name}: there is no list {slot!r}"
            for phrase in phrases
            for slot in SLOT.findall(phrase)
            if slot not in lists
        )
    for name in ("instead", "why", "source", "fine_when"):
        text = row.get(name, "")
        if not isinstance(text, str) or text != text.strip() or not text.isprintable():
            yield f"{name} must be words on one line"
    if not isinstance(row.get("in_names", False), bool):
        yield "in_names must be true or false"


def _entry(row: Mapping[str, Any], lists: Mapping[str, list[str]]) -> Entry:
    written = {
        name: tuple(each for phrase in row.get(name, []) for each in _written_out(phrase, lists))
        for name in ("words", "unless")
    }
    return Entry(**{**row, **written})


def _written_out(phrase: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    """A phrase once for each word of the lists that it names: "{whose} case" is "his case", …"""
    between, slots = SLOT.split(phrase)[::2], SLOT.findall(phrase)
    for chosen in product(*(lists[slot] for slot in slots)):
        yield "".join(a + b for a, b in zip(between, (*chosen, ""), strict=True))


def _twice(entries: tuple[Entry, ...]) -> list[str]:
    seen: set[str] = set()
    return [
        words
        for entry in entries
        for words in dict.fromkeys(entry.words)
        if words in seen or seen.add(words)  # type: ignore[func-returns-value]
    ]
