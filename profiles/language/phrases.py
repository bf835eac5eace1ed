"""The words of a text, and a tree of phrases that finds all of them in one walk along it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

# Letters and digits, with apostrophes, accents and invisible marks inside them.
WORD: Final = re.compile(
    r"[^\W_]+(?:(?:['’ʼ](?=[^\W_])|[\u0300-\u036f\u00ad\u200b-\u200d])+[^\W_]*)*"
)
# A longer word is none of ours, and to put very many accents in order takes minutes.
LONGEST: Final = 200
INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200d]")
# What may stand between two words of one phrase: spaces, a line end, a hyphen.
TOGETHER: Final = re.compile(r"['’]?(?:\s+|[-‐‑]\s*)")
# Words that may have a capital, at the head of a sentence, and make no name of what follows.
NO_NAMES: Final = frozenset(
    "a an the his her my your our its their this that these those he she they we you i it in on at"
    " to for of with by from as and but or if when no not is was are any some each all".split()
)


class TextWords:
    """The words of a text, as they are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        places = [each.span() for each in WORD.finditer(text)]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]
        as_written = [text[start:end] for start, end in places]
        self.written = as_written if text.isascii() else [_plain(word) for word in as_written]
        self.lower = [word.lower() for word in self.written]

    def __len__(self) -> int:
        return len(self.written)

    def forms(self, at: int) -> tuple[str, ...]:
        """A word as written and without capitals, and both without an 's."""
        written, lower = self.written[at], self.lower[at]
        same = (lower,) if written == lower else (written, lower)
        return (*same, *(form[:-2] for form in same)) if lower.endswith("'s") else same

    def joined(self, at: int) -> bool:
        """Is there nothing but space, a line end or a hyphen before this word?"""
        return at > 0 and bool(TOGETHER.fullmatch(self.text, self.ends[at - 1], self.starts[at]))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where these words begin and end in the text. A last 's is not theirs."""
        owner = 2 if self.lower[end - 1].endswith("'s") else 0
        return self.starts[start], self.ends[end - 1] - owner

    def are_in_a_name(self, start: int, end: int) -> bool:
        """Are these words a part of a name, such as Oak Wing?"""
        beside = [start - 1] if self.joined(start) else []
        if end < len(self) and self.joined(end):
            beside.append(end)
        return all(map(self._has_capital, range(start, end))) and any(
            self._has_capital(at) and self.lower[at] not in NO_NAMES for at in beside
        )

    def _has_capital(self, at: int) -> bool:
        return self.written[at][0].isupper()


@dataclass(slots=True)
class Phrases:
    """A place in the tree of phrases: which words may follow, and whose phrase ends here."""

    following: "dict[str, Phrases]" = field(default_factory=dict)
    signs: "dict[str, Phrases]" = field(default_factory=dict)  # "*", "*ing", "#"
    ends: list[int] = field(default_factory=list)
    # At the root: every first word, in small letters, or its sign, and what may come second; ""
    # is anything.
    first: dict[str, set[str]] = field(default_factory=dict)
    longest: int = 1  # at the root: how many words the longest phrase has

    def add(self, phrase: str, number: int) -> None:
        """Plant a phrase that belongs to this number."""
        node, words = self, re.split(r"[\s-]+", phrase)
        for word in words:
            kind = node.signs if word[0] in "*#" else node.following
            node = kind.setdefault(word, Phrases())
        node.ends.append(number)
        second = words[1].lower() if len(words) > 1 and words[1][0] not in "*#" else ""
        for form in _with_owner(words[0].lower()):
            self.first.setdefault(form, set()).update(_with_owner(second))
        self.longest = max(self.longest, len(words))

    def all_in(
        self, words: TextWords, starts: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Every phrase in these words: its first word, the one after it, and its number.

        With `starts`, only those that begin with one of these words.
        """
        begun: dict[str, list[Phrases]] = {}  # the same words begin the same phrases
        for start in self._beginnings(words, range(len(words)) if starts is None else starts):
            written = words.written[start]
            if written not in begun:
                begun[written] = self._after(words, start)
            for end, number in _ends(begun[written], words, start + 1):
                yield start, end, number

    def _beginnings(self, words: TextWords, starts: Iterable[int]) -> Iterator[int]:
        """Where two words could begin a phrase. For most words of a text: no, and soon said."""
        lower, first, signs = [*words.lower, ""], self.first, [*self.signs]
        for start in starts:
            word = lower[start]
            known = first.get(word)
            if known and ("" in known or lower[start + 1] in known):
                yield start
                continue
            for sign in signs:
                if _is(sign, word) and ("" in first[sign] or lower[start + 1] in first[sign]):
                    yield start
                    break

    def _after(self, words: TextWords, at: int) -> "list[Phrases]":
        """Where this word leads to in the tree."""
        further = [self.following[form] for form in words.forms(at) if form in self.following]
        signs = [tree for sign, tree in self.signs.items() if _is(sign, words.lower[at])]
        return further + signs


def _ends(walks: list[Phrases], words: TextWords, at: int) -> Iterator[tuple[int, int]]:
    """Where each phrase ends that begins with the walks so far, and its number."""
    for walk in walks:
        for number in walk.ends:
            yield at, number
    if at < len(words) and any(walk.following or walk.signs for walk in walks) and words.joined(at):
        further = [tree for walk in walks for tree in walk._after(words, at)]
        if further:
            yield from _ends(further, words, at + 1)


def _plain(word: str) -> str:
    """A word as we look for it: straight apostrophes, nothing invisible, one way to write é."""
    if word.isascii() or len(word) > LONGEST:
        return word
    word = INVISIBLE.sub("", unicodedata.normalize("NFKC", word))
    return re.sub("[’ʼ]", "'", word) or word


def _with_owner(word: str) -> tuple[str, ...]:
    """A word, and the same with an 's; "" alone is anything."""
    return (word, f"{word}'s") if word else ("",)


def _is(sign: str, word: str) -> bool:
    """Is the word what a sign stands for? "*" any word, "*ing" one that ends so, "#" a number."""
    return word.isdecimal() if sign == "#" else word.endswith(sign[1:])
