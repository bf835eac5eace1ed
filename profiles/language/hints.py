"""Finds words that hurt, in what others write about a person, and offers kinder ones.

A hint is shown, with its reason, and that is all: nothing is ever blocked or changed. It is never
asked about what a person writes of themself.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from profiles.core.stops import ended
from profiles.language.load import HintEntry, load
from profiles.language.phrases import Phrases, TextWords


class Hint(NamedTuple):
    """Words that were found, where, why they may hurt, and what somebody could say."""

    start: int
    end: int
    line: int  # from 1
    column: int  # from 1
    words: str  # as they were written
    why: str
    instead: str
    source: str

    @property
    def sentence(self) -> str:
        """The hint as one line: “client”: why. Perhaps: the person’s name."""
        return ended(f"“{self.words}”: {self.why} Perhaps: {self.instead}")


Place = Callable[[int], tuple[int, int]]  # the line and the column of a letter, both from 1


def hints(text: str, language: str = "en", place: Place | None = None) -> list[Hint]:
    """Every word in this text that may hurt, in the order they stand; [] where there is none.

    With `place`, a hint's line and column are the ones that it gives.
    """
    entries, phrases, exceptions = _trees(language)
    words = TextWords(text)
    found = sorted(phrases.all_in(words), key=lambda each: (each[0], -each[1]))
    fine = _fine(exceptions, words, found)
    kept: list[Hint] = []
    place = place or _places_in(text if found else "")
    for start, end, number in found:
        entry = entries[number]
        if kept and words.starts[start] < kept[-1].end:
            continue  # a longer phrase has said it: "care package" and not "package" again
        if entry.in_names and words.are_in_a_name(start, end):
            continue
        if number not in fine or not fine[number].issuperset(range(start, end)):
            kept.append(_hint(text, *words.place(start, end), entry, place))
    return kept


def each_once(found: Iterable[Hint]) -> list[Hint]:
    """The hints to show to somebody: the same words once, however often they stand there."""
    return list({hint.words.casefold(): hint for hint in reversed([*found])}.values())[::-1]


@cache
def _trees(language: str) -> tuple[tuple[HintEntry, ...], Phrases, dict[int, Phrases]]:
    entries = load(language)
    words, unless = Phrases(), {number: Phrases() for number, _ in enumerate(entries)}
    for number, entry in enumerate(entries):
        for phrase in entry.words:
            words.add(phrase, number)
        for phrase in entry.unless:
            unless[number].add(phrase, number)
    return entries, words, unless


def _fine(
    exceptions: dict[int, Phrases], words: TextWords, found: Iterable[tuple[int, int, int]]
) -> dict[int, set[int]]:
    """For each entry, the words near those found that stand inside one of its exceptions."""
    near: dict[int, set[int]] = {}
    for at, _, number in found:
        if exceptions[number].first:
            near.setdefault(number, set()).update(
                range(max(0, at - exceptions[number].longest + 1), at + 1)
            )
    return {
        number: {
            word
            for start, end, _ in exceptions[number].all_in(words, sorted(starts))
            for word in range(start, end)
        }
        for number, starts in near.items()
    }


def _places_in(text: str) -> Place:
    lines = [0, *(each.end() for each in re.finditer("\n", text))]

    def place(at: int) -> tuple[int, int]:
        line = bisect_right(lines, at)
        return line, at - lines[line - 1] + 1

    return place


def _hint(text: str, start: int, end: int, entry: HintEntry, place: Place) -> Hint:
    line, column = place(start)
    return Hint(
        start=start,
        end=end,
        line=line,
        column=column,
        words=" ".join(text[start:end].split()),
        why=entry.why,
        instead=entry.instead,
        source=entry.source,
    )
