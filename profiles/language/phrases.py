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
        found = [*WORD.finditer(text)]
        self.written = [_plain(each[0]) for each in found]
        self.lower = [word.lower() for word in self.written]
        self.starts = [each.start() for each in found]
        self.ends = [each.end() for each in found]

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
    # At the root: every first word, in small letters, and what may come second; "" is anything.
    first: dict[str, set[str]] = field(default_factory=dict)
    longest: int = 1  # at the root: how many words the longest phrase has

    def add(self, phrase: str, number: int) -> None:
        """Plant a phrase that belongs to this number."""
        node, words = self, re.split(r"[\s-]+", phrase)
        for word in words:
            kind = node.signs if word[0] in "*#" else node.following
            node = kind.setdefault(word, Phrases())
        node.ends.append(number)
        second = words[1].lower() if len(words) > 1 else ""
        self.first.setdefault(words[0].lower(), set()).add("" if second[:1] in "*#" else second)
        self.longest = max(self.longest, len(words))

    def all_in(
        self, words: TextWords, starts: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Every phrase in these words: its first word, the one after it, and its number.

        With `starts`, only those that begin with one of these words.
        """
        for start in range(len(words)) if starts is None else starts:
            if self.signs or self._may_begin(words, start):
                for end, number in self._at(words, start):
                    yield start, end, number

    def _may_begin(self, words: TextWords, start: int) -> bool:
        """Could these two words begin a phrase? For most words of a text: no, and soon said."""
        word = words.lower[start]
        known = self.first.get(word, set())
        if word.endswith("'s"):
            known = known | self.first.get(word[:-2], set())
        if not known or "" in known or start + 1 == len(words):
            return bool(known)
        second = words.lower[start + 1]
        return second in known or second.removesuffix("'s") in known

    def _at(self, words: TextWords, start: int) -> Iterator[tuple[int, int]]:
        walks: list[tuple[Phrases, int]] = [(self, start)]
        for node, at in walks:
            for number in node.ends:
                yield at, number
            if not (node.following or node.signs) or at == len(words):
                continue
            if at > start and not words.joined(at):
                continue
            for form in words.forms(at):
                if form in node.following:
                    walks.append((node.following[form], at + 1))
            for sign, further in node.signs.items():
                if _is(sign, words.lower[at]):
                    walks.append((further, at + 1))


def _plain(word: str) -> str:
    """A word as we look for it: straight apostrophes, nothing invisible, one way to write é."""
    if word.isascii() or len(word) > LONGEST:
        return word
    word = INVISIBLE.sub("", unicodedata.normalize("NFKC", word))
    return re.sub("[’ʼ]", "'", word) or word


def _is(sign: str, word: str) -> bool:
    """Is the word what a sign stands for? "*" any word, "*ing" one that ends so, "#" a number."""
    return word.isdecimal() if sign == "#" else word.endswith(sign[1:])
