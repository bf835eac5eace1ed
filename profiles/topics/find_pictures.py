"""Finds pictures by words of ours, forgiving of plurals, endings and slips of spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from profiles.topics.packs import Picture
from profiles.topics.pictures import pictures
from profiles.topics.stems import stem, words_of

LONGEST_SEARCH: Final = 60  # letters
MOST_WORDS: Final = 8
MOST_FOUND: Final = 18
LONG_ENOUGH: Final = 3  # letters of a word that is only begun
SHORTEST_SLIP: Final = 4  # a shorter word is like too many others
NEAR: Final = 0.8
LEFT_OUT: Final = frozenset(
    "a an and are at be for from i in is it like me my of on or our please the them they this to "
    "we with you your am do does have has when".split()
)
# As it sounds, so that "fone" finds a phone and "dokter" a doctor.
SOUNDS: Final = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        ("tion|sion", "shun"), ("ph", "f"), ("^kn", "n"), ("^wr", "r"), ("wh", "w"), ("ck", "k"),
        ("c(?=[eiy])", "s"), ("[cq]", "k"), ("x", "ks"), ("z", "s"), ("y", "i"),
        (r"([a-z])\1+", r"\1"),
    )
)  # fmt: skip
NAMED, SAID, BEGUN, LIKE = 4, 3, 2, 1  # how well a picture suits a word


@dataclass(frozen=True)
class FoundPictures:
    """What was found, best first; if nothing has these words, what has words most like them."""

    pictures: tuple[Picture, ...]
    only_like: bool = False


def find_pictures(typed: str) -> FoundPictures:
    """The pictures that suit what somebody typed: those that suit most of its words."""
    words = words_of(typed[:LONGEST_SEARCH])
    asked = [word for word in words if word not in LEFT_OUT] or words
    every = list(pictures().values())
    suits = [_suiting(word, every) for word in asked[:MOST_WORDS]]
    counted = {each.code: [by[each.code] for by in suits if each.code in by] for each in every}
    most = max(map(len, counted.values()), default=0)
    found = [each for each in every if most and len(counted[each.code]) == most]
    found.sort(key=lambda each: -sum(counted[each.code]))
    only_like = bool(found) and all(max(counted[each.code]) == LIKE for each in found)
    return FoundPictures(tuple(found[:MOST_FOUND]), only_like)


def _suiting(word: str, every: Iterable[Picture]) -> dict[str, int]:
    """How well each picture suits a word. What only begins so, or is like it, is a last resort."""
    named = {each.code: _named(each) for each in every}
    said = {each.code: named[each.code] | _said(each) for each in every}
    if found := _exactly(word, named, said):
        return found
    if found := {code: BEGUN for code, words in said.items() if _begins(word, words)}:
        return found
    if len(word) < SHORTEST_SLIP:
        return {}
    likeness = {code: max(_likeness(word, each) for each in words) for code, words in said.items()}
    best = max(likeness.values(), default=0)
    return {code: LIKE for code, like in likeness.items() if like == best >= NEAR}


def _exactly(word: str, named: dict[str, set[str]], said: dict[str, set[str]]) -> dict[str, int]:
    sought = stem(word)
    return {
        code: NAMED if sought in _stems(named[code]) else SAID
        for code, words in said.items()
        if sought in _stems(words)
    }


def _begins(word: str, words: Iterable[str]) -> bool:
    """Is it the beginning of one of them, or is a long one of them its beginning?"""
    if len(word) < LONG_ENOUGH:
        return False
    return any(
        each.startswith(word) or (len(each) > SHORTEST_SLIP and word.startswith(each))
        for each in words
    )


def _likeness(word: str, other: str) -> float:
    """How much it is like another word, as written or as it sounds: 1 where they sound the same."""
    first, second = stem(word), stem(other)
    return max(_ratio(first, second), _ratio(_sound(first), _sound(second)))


def _ratio(first: str, second: str) -> float:
    compared = SequenceMatcher(None, first, second, autojunk=False)
    return compared.ratio() if compared.real_quick_ratio() >= NEAR else 0.0


def _named(picture: Picture) -> set[str]:
    return set(words_of(picture.label))


def _said(picture: Picture) -> set[str]:
    return {word for words in picture.words for word in words_of(words)}


def _stems(words: Iterable[str]) -> set[str]:
    return set(map(stem, words))


def _sound(word: str) -> str:
    for letters, sound in SOUNDS:
        word = letters.sub(sound, word)
    return word
