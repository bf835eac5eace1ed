"""Numbers, times, prices and addresses stand as they were typed, whatever is read around them.

Between words that are read from right to left, "07700 900123" would turn into "900123 07700".
So each is set apart as something that is read from left to right: on screens by an element, and
where there is only text by two characters that have no ink. The words themselves stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

OPEN: Final = "\u2066"  # what follows is read from left to right, apart from what is around it
CLOSE: Final = "\u2069"
ELEMENT: Final = '<bdi dir="ltr">'

# Letters and signs that are read from right to left; not the digits, nor the signs in numbers.
RIGHT_TO_LEFT: Final = (
    "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
TURNS: Final = re.compile(f"[{RIGHT_TO_LEFT}]")
DIGIT: Final = re.compile(r"\d")
WEB: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
AFTER_AN_ADDRESS: Final = ".,;:!?'\"”’»\u060c\u061b\u061f"
# What is read from left to right as one, as far as the next such word or the end of a phrase.
STRETCH: Final = re.compile(rf"(?:(?![,;.!?]\s)[^{RIGHT_TO_LEFT}\n\r])+")
BEFORE: Final = "+-−–#*~<>=≈±([{“\"'"  # what may stand before a number and belong to it
BEHIND: Final = "%‰°º+*#/)]}”\"'′″‐-"
CURRENCY: Final = re.compile(r"[$¢-¥֏؋৳฿₠-⃀﷼﹩＄￠￡￥￦٪]")
BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "“": "”"}

# Seven digits or more are a number to ring; its stop or comma stays with it.
TO_RING: Final = re.compile(r"(\+?\(?\d(?:[ \u00a0().–-]{0,3}\d){6,}[.,;]?)")


def numbers_to_ring(text: str) -> list[str]:
    """The telephone numbers in a text, in its order."""
    return TO_RING.findall(text)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces: each with whether it is to stand as it was typed, left to right."""
    at = 0
    for start, end in _stretches(text):
        if text[at:start]:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if text[at:]:
        yield text[at:], False


def as_text(text: str) -> str:
    """The text with its numbers and addresses set apart by characters that have no ink."""
    return "".join(f"{OPEN}{piece}{CLOSE}" if apart else piece for piece, apart in pieces(text))


def where_it_turns(text: str) -> str:
    """A whole text of such pieces; without those characters, if nothing in it could turn them."""
    return text if TURNS.search(text) else text.replace(OPEN, "").replace(CLOSE, "")


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where each number and address begins and ends, in a text that could turn it round."""
    if not TURNS.search(text):
        # With no letter at all, it would be turned round where it stands among such words.
        if len(signs := text.strip()) > 1 and not signs.isdecimal() and not _has_letter(signs):
            start = text.index(signs)
            yield start, start + len(signs)
        return
    at = 0
    for address in WEB.finditer(text):
        end = address.end() - len(address[0]) + len(_without_its_stop(address[0]))
        yield from _numbers(text, at, address.start())
        yield address.start(), end
        at = end
    yield from _numbers(text, at, len(text))


def _has_letter(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "L" for letter in text)


def _numbers(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where each number begins and ends, with the words beside it that are read as it is."""
    for stretch in STRETCH.finditer(text, first, last):
        if DIGIT.search(stretch[0]):
            yield _trimmed(text, stretch.start(), stretch.end())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """This stretch without the spaces and signs at its ends that belong to what is around it."""
    first = next(at for at in range(start, end) if text[at].isalnum())
    last = next(at for at in range(end, start, -1) if text[at - 1].isalnum())
    while first > start and _belongs(text[first - 1], BEFORE):
        first -= 1
    while last < end and _belongs(text[last], BEHIND):
        last += 1
    # A sign that joins a word to a number, as in Hebrew, is the word's.
    while not text[first].isalnum() and first == start and first and TURNS.match(text[first - 1]):
        first = start = first + 1
    while not text[last - 1].isalnum() and last == end < len(text) and TURNS.match(text[last]):
        last = end = last - 1
    return _with_whole_brackets(text, first, last)


def _belongs(sign: str, signs: str) -> bool:
    return sign in signs or bool(CURRENCY.match(sign))


def _with_whole_brackets(text: str, first: int, last: int) -> tuple[int, int]:
    """Without a bracket at an end whose other half stands elsewhere."""
    for opening, closing in BRACKETS.items():
        inside = text[first:last]
        if inside.startswith(opening) and inside.count(opening) > inside.count(closing):
            first += 1
        elif inside.endswith(closing) and inside.count(closing) > inside.count(opening):
            last -= 1
    return first, last


def _without_its_stop(address: str) -> str:
    """An address without the stop of the sentence, or the bracket, that follows it."""
    bare = address.rstrip(AFTER_AN_ADDRESS)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(AFTER_AN_ADDRESS)
    return bare
