"""Finding the key in a link that came as links come: cut, glued to a dot, or wrapped by a scanner.

What holds exactly one whole key leads to the place of that key. Nothing here asks whether there is
such a key, and nobody is sent to an address that somebody else wrote.
"""

import html
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote

from profiles.core.letters import UNSEEN

# 128 bits in 22 letters: the last holds 2 of its 6, so what is glued to a key is told from it.
_KEY: Final = r"[A-Za-z0-9_-]{21}[AQgw]"
_ENDS: Final = r"(?=[-_]*(?![A-Za-z0-9_-]))"
_WHOLE: Final = re.compile(rf"(?<![A-Za-z0-9_-])({_KEY}){_ENDS}")
_ALONE: Final = re.compile(rf"(?<![A-Za-z0-9_/-])({_KEY}){_ENDS}")  # and in no other address
# What stands in the middle of a key that a mail program broke: the line's end, a mark for it, a
# mark for words that are quoted.
_BREAKS: Final = re.compile(r"[\s>=]+")
_NO_WIDTH: Final = dict.fromkeys(map(ord, UNSEEN))
_PROOFPOINT: Final = re.compile(r"https?-3A__[\w.-]+")
# An address in base64, from its "http" on, in either alphabet: the second one's / also parts paths.
_HIDDEN: Final = [re.compile(r"aHR0c[A-Za-z0-9_-]+"), re.compile(r"aHR0c[A-Za-z0-9+/]+")]
_MOST_HIDDEN: Final = 8  # texts that are looked at in one wrapping: each is read in two alphabets
_WRAPPINGS: Final = 3  # a scanner behind a scanner behind a site that counts who presses


def is_key(words: str) -> bool:
    """Could this be a key, and nothing but a key?"""
    return re.fullmatch(_KEY, words) is not None


def key_in_address(rest: str) -> str:
    """The one whole key in what follows /s/ in an address; "" if there is none, or a second."""
    return _only((_WHOLE, _readings(rest)))


def key_in_words(words: str, *, place: str) -> str:
    """The key of the one link to a place, such as "/s/", in what somebody pasted; or the bare key.

    "" if there is none, or a second.
    """
    link = re.compile(rf"(?i:{re.escape(place)})/*({_KEY}){_ENDS}")
    return _only((link, unwrapped(words)), (_ALONE, _readings(words)))


def unwrapped(words: str) -> list[str]:
    """These words in every way to read them; and the addresses that a scanner hid in them."""
    readings = newest = _readings(words)
    for _ in range(_WRAPPINGS):
        hidden = islice(dict.fromkeys(_hidden_in(newest)), _MOST_HIDDEN)
        newest = [reading for text in hidden for reading in _readings(text)]
        readings = readings + newest
    return readings


def _readings(words: str) -> list[str]:
    """These words as they are, without breaks, without wrappings."""
    plain, found = words.translate(_NO_WIDTH), []
    for _ in range(1 + _WRAPPINGS):
        found += [plain, _BREAKS.sub("", plain)]
        if wrapped := _PROOFPOINT.search(plain):  # it writes % as -, and / as _
            found.append(unquote(wrapped[0].replace("-", "%").replace("_", "/")))
        plain = unquote(html.unescape(plain))
    return list(dict.fromkeys(found))


def _hidden_in(readings: Iterable[str]) -> Iterator[str]:
    """What stands in base64 in each, one address a line: so that a second key is seen."""
    for reading in readings:
        for alphabet in _HIDDEN:
            if found := alphabet.findall(reading):
                yield "\n".join(map(_decoded, found))


def _decoded(coded: str) -> str:
    """Words that stood in base64, with or without its padding. What is glued to it may be odd."""
    whole = coded[:-1] if len(coded) % 4 == 1 else coded
    plain = whole.translate(str.maketrans("+/", "-_")) + "=" * (-len(whole) % 4)
    return urlsafe_b64decode(plain).decode("utf-8", "replace")


def _only(*looked_for: tuple[re.Pattern[str], Iterable[str]]) -> str:
    """The key that the first pattern finds, in the first way to read it, if it is just one."""
    for pattern, readings in looked_for:
        for reading in readings:
            if keys := pattern.findall(reading):
                return str(keys[0]) if len({*keys}) == 1 else ""
    return ""
