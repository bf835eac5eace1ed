"""Finds the lines that warn of danger, by words in content/<language>/danger.toml.

A line that does is asked about, and that is all: nothing is moved, and no text is made.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from profiles.language.load import CONTENT, read_rows
from profiles.language.phrases import Phrases, TextWords

SCHEMA: Final = Path(__file__).parent / "schema" / "danger.json"


@dataclass(frozen=True, kw_only=True)
class Danger:
    """Words that warn, and those around them among which they do not."""

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    when_bare: bool = False  # they warn only while nothing stands at the top of a page


@cache
def load(language: str = "en") -> tuple[Danger, ...]:
    """Every danger that we have words for in this language; none for one we have no words of."""
    path = CONTENT / language / "danger.toml"
    return read(path) if path.exists() else ()


def read(path: Path) -> tuple[Danger, ...]:
    """The dangers in this file; BrokenContent if any of it is wrong."""
    return tuple(Danger(**row) for row in read_rows(path, SCHEMA, "danger"))


def warns(line: str, language: str = "en", *, is_bare: bool = False) -> bool:
    """Does this line warn of danger? `is_bare`: nothing stands at the top of the page yet."""
    dangers, phrases, exceptions = _trees(language)
    words = TextWords(line)
    return any(
        (is_bare or not dangers[number].when_bare)
        and not any(
            first <= start and end <= last for first, last, _ in exceptions[number].all_in(words)
        )
        for start, end, number in phrases.all_in(words)
    )


@cache
def _trees(language: str) -> tuple[tuple[Danger, ...], Phrases, tuple[Phrases, ...]]:
    dangers = load(language.partition("-")[0].lower())
    words, unless = Phrases(), tuple(Phrases() for _ in dangers)
    for number, danger in enumerate(dangers):
        for phrase in danger.words:
            _plant(words, phrase, number)
        for phrase in danger.unless:
            _plant(unless[number], phrase, number)
    return dangers, words, unless


def _plant(tree: Phrases, phrase: str, number: int) -> None:
    """Plant a phrase, and the same as many type it: "dont", "cant"."""
    for form in dict.fromkeys([phrase, phrase.replace("'", "")]):
        tree.add(form, number)
