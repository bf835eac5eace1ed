"""Which digits in somebody's words are plainly a telephone number, and how it is dialled.

Nothing is rung by itself, so a number that we miss costs a moment, and one that is none (a date, a
price, somebody's NHS number) would ring a stranger. What is not plain stays words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from profiles.core.as_typed import CURRENCY, WEB

FEWEST: Final = 7
MOST: Final = 15  # of any number in the world, with its country's
MOST_DIALLED: Final = MOST + 2  # with the 00 that leads abroad

# Signs without ink that telephones put around a number which is copied out of them.
_UNSEEN: Final = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_JOIN: Final = rf"[ \u00a0\u2002-\u200a\u202f\u3000.\-\u2010-\u2015\u2212\uff0d・()（）{_UNSEEN}]"
_PLUS: Final = "+\uff0b"
_RUN: Final = re.compile(rf"[{_PLUS}]?[{_UNSEEN}]?[(（]?\d+(?:(?:{_JOIN}{{1,5}}|/)[{_PLUS}]?\d+)*")
_GROUP: Final = re.compile(r"\d+")
_COUNTRYS_ZERO: Final = re.compile(r"(?<=\d)([\s\u00a0]*)[(（]0[)）]")  # +44 (0)20: not dialled

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:1[3-9]|2[0-5])\d\d"  # of whichever calendar
_IN_A_DATE: Final = rf"(?:{_YEAR}|\d\d(?![./ -]?\d))"
_NO_TELEPHONE: Final = re.compile(
    "|".join(
        [
            rf"(?<!\d)(?<!\d[./ -]){_DAY}(?P<d>[./ -]){_DAY}(?P=d){_IN_A_DATE}(?!\d)",
            rf"(?<!\d){_YEAR}(?P<y>[./ -]?)(?:0[1-9]|1[0-2]|(?<=\D)[1-9])(?P=y){_DAY}(?!\d)",
            r"^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d$",  # a day, in one word
            rf"^{_YEAR} ?[/-] ?{_YEAR}$",
            r"^[012]?\d[.][0-5]\d(?:[ -]{1,3}[012]?\d[.][0-5]\d)*$",  # times of day
            r"^[012]\d[0-5][05] ?- ?[012]\d[0-5][05]$",
            r"^[1-9]\d{0,2}(?:[.]\d{3})+$",  # an amount
            r"^[1-9]\d?(?: \d{3})+$",
            r"^[1-9]\d*[.]\d+$",
            r"/.*/",
            r"^[1-9]\d*/",  # such as a blood pressure
        ]
    )
)
_THREE_THREE_FOUR: Final = re.compile(r"[1-9]\d\d[ -]?\d{3}[ -]?\d{4}")
# What is said just before a number that is somebody's, or something's, and rings nobody.
_ANOTHER_NUMBER: Final = re.compile(
    r"\b(?:nhs|chi|hsc|h&c|hospital|patient|insurance|national|ni|medical|passport|policy|account|acc|"
    r"sort|card|bank|iban|serial|room|ward|bed|order|invoice|licen[cs]e|driving|member(?:ship)?|"
    r"case|ref(?:erence)?|id|pin|code|password|born|dob|birth|batch|lot|model|version|bus|train)"
    r"[.]?(?:\s+(?:number|num|no|nr|code|id))?[.]?(?:\s+(?:is|was|on))?\s*[:#=–-]?\s*[(]?\s*$",
    re.IGNORECASE,
)
_RINGING: Final = re.compile(
    r"(?:\b(?:ring|call|phone|telephone|tel|mobile|mob|cell|landline|text|sms|fax|whatsapp|dial)\b|☎|📞|📱)"
    r"\D{0,30}$",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(
    r"\s?(?:hours?|hrs?|h|am|pm|days?|times|years?|minutes?|mins?|uhr)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Telephone:
    """Where a number stands in a text, and what is dialled: digits 0 to 9, after a + or not."""

    start: int
    end: int
    dialled: str


def telephones(text: str, *, to_ring: bool = False) -> Iterator[Telephone]:
    """The telephone numbers in a text, in its order.

    Where it says whom to ring (`to_ring`), a long number needs no other sign that it is one.
    """
    plain = _plain(text)
    addresses = [address.span() for address in WEB.finditer(text)]
    for run in _RUN.finditer(plain):
        if any(start < run.end() and run.start() < end for start, end in addresses):
            continue
        for start, end in _apart(plain, run.start(), _without_times(plain, *run.span())):
            if _is_telephone(plain, start, end, to_ring=to_ring):
                first = start + _opens_for_nothing(plain[start:end])
                yield Telephone(start=first, end=end, dialled=_dialled(plain[first:end]))


def _plain(text: str) -> str:
    """The text, letter for letter, with the digits of whichever script as 0 to 9."""
    return "".join(
        letter if (digit := unicodedata.decimal(letter, None)) is None else str(digit)
        for letter in text
    )


def _opens_for_nothing(number: str) -> bool:
    """Does it begin with a bracket that closes elsewhere?"""
    return number[0] in "(（" and not re.search("[)）]", number)


def _without_times(text: str, start: int, end: int) -> int:
    """Where a run ends without the hours behind it: "07700 900123 10:00", "… 9-5", "… 24/7"."""
    groups = [(g.start(), g.end()) for g in _GROUP.finditer(text, start, end)]
    while len(groups) > 1:
        (_, before), (first, last) = groups[-2:]
        joint, after = text[before:first], text[last : last + 2]
        two = last - first <= 2
        is_time = re.match(r":\d|[^\W\d_]|%", after) or _HOURS.match(text, last)
        if two and (is_time or " - " in joint.replace("–", "-")):
            groups.pop()
        elif two and len(groups) > 2 and _are_hours(text, groups):
            del groups[-2:]
        else:
            break
    return groups[-1][1] if groups else end


def _are_hours(text: str, groups: list[tuple[int, int]]) -> bool:
    """Are the last two such as 9-5 or 24/7, after all of a number?"""
    (_, whole), (first, mid), (second, last) = groups[-3:]
    if mid - first > 2 or text[first - 1].isdecimal() or not text[whole:first].isspace():
        return False
    if sum(end - start for start, end in groups[:-2]) <= FEWEST + 1:
        return False
    joint, hours = text[mid:second], (int(text[first:mid]), int(text[second:last]))
    return joint in ("-", "–", "/") and max(hours) <= 24


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbers in a run that is too long for one: each begins with a 0, or a +."""
    groups = [(g.start(), g.end()) for g in _GROUP.finditer(text, start, end)]
    first, so_far = start, 0
    for at, (begins, ends) in enumerate(groups):
        rest = sum(b - a for a, b in groups[at:])
        plus = text[begins - 1] in _PLUS if begins else False
        too_long = so_far + rest > MOST and text[begins] == "0"
        if so_far >= FEWEST and rest >= FEWEST and (plus or too_long):
            yield first, groups[at - 1][1]
            first, so_far = begins - plus, 0
        so_far += ends - begins
    yield first, end


def _is_telephone(text: str, start: int, end: int, *, to_ring: bool) -> bool:
    number, before = text[start:end], text[:start]
    digits = "".join(_GROUP.findall(number))
    abroad = number[0] in _PLUS or digits.startswith("00")
    if not FEWEST <= len(digits) <= (MOST_DIALLED if digits.startswith("00") else MOST):
        return False
    if re.search(r"[\w@#£$€.,:/-]$", before) and not re.search(r"[^\W\d_][:.,-]$|\s[:–-]$", before):
        return False
    if re.match(r"[\w@%]|[:,.]\d", text[end : end + 2]) or CURRENCY.match(text[end:].lstrip()):
        return False
    if CURRENCY.search(before.rstrip()[-1:]):
        return False
    if abroad:
        return True
    spaced = re.sub(rf"(?:{_JOIN})+", _joint, number)
    if _NO_TELEPHONE.search(spaced) or _ANOTHER_NUMBER.search(before):
        return False
    groups = _GROUP.findall(number)
    if sum(len(group) == 1 for group in groups) * 2 > len(groups):  # somebody counts
        return False
    asked = bool(to_ring or _RINGING.search(before))
    if not asked and _THREE_THREE_FOUR.fullmatch(spaced) and _is_nhs(digits):
        return False
    return asked or number[0] in "0(（" or len(groups) > 1


def _joint(joint: re.Match[str]) -> str:
    """What parts two groups, as one of three signs."""
    signs = re.sub(rf"[{_UNSEEN}]", "", joint[0]).strip()
    if not signs:
        return " "
    return "." if signs == "." else "-" if len(signs) == 1 and signs not in "()（）" else " "


def _is_nhs(digits: str) -> bool:
    """Does its last digit check the nine before, as in every NHS number?"""
    total = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])


def _dialled(number: str) -> str:
    plus = "+" if number[0] in _PLUS else ""
    if plus or number.startswith("00"):
        number = _COUNTRYS_ZERO.sub(r"\1", number)
    return plus + "".join(_GROUP.findall(number))
