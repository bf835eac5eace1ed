"""Reads the words that could be anyone's, and tells which of an answer's words could not."""

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.core.content import Problem
from profiles.topics.read import SCHEMAS
from profiles.topics.stems import stem, words_of

VAGUE: Final = "vague.toml"
SHORTEST_SLIP: Final = 6  # letters: a shorter word is like too many others
NEAR: Final = 0.9
ENDINGS: Final = ("", "ed", "d", "ly", "er", "y")


def read_vague(folder: Path, language: str) -> tuple[frozenset[str], list[Problem]]:
    """The stems of these words in this language, and everything wrong with their file."""
    values, problems = content.read(folder / VAGUE, VAGUE, SCHEMAS / "vague.json")
    lists = values.get(language, {}).values() if not problems else ()
    return stems(word for words in lists for word in words), problems


def stems(texts: Iterable[str]) -> frozenset[str]:
    """The stems of all the words in these."""
    return frozenset(stem(word) for text in texts for word in words_of(text))


def telling(text: str, vague: Collection[str]) -> list[str]:
    """The words of a text that are not vague. A slip of spelling does not make them so."""
    return [word for word in words_of(text) if not _is_vague(word, vague)]


def _is_vague(word: str, vague: Collection[str]) -> bool:
    long = len(word) >= SHORTEST_SLIP - 1
    forms = {stem(word.removesuffix(ending)) for ending in (ENDINGS if long else ("",))}
    if not forms.isdisjoint(vague):
        return True
    return len(word) >= SHORTEST_SLIP and any(_slips(stem(word), other) for other in vague)


def _slips(word: str, other: str) -> bool:
    """Is one of them the other, with a letter too many or two that changed places?"""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    if len(word) == len(other) and sorted(word) == sorted(other):
        return True
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= NEAR
