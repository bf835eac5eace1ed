"""What somebody likes to be called: the name, and what else was said in the same breath.

Pages were written on which the whole first line of "What to call me" was the name: "Jean. Rhymes
with bean." Those lines stay as they are. Whoever asks for the name asks here where it ends.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

CALL_ME: Final = "call_me"  # the topic on whose first line the name stands
AND_CHECKED: Final = ", and checked with me"  # after the name of who said it, once it was
MOST_LETTERS: Final = 60  # of a name: what stands in a heading, and in a sentence

# Their full stop ends no sentence; nor does that of an initial, which is a single letter.
TITLES: Final = frozenset(
    "mr mrs ms mx miss mme mlle mlles mm messrs dr dra drs prof profa rev revd fr sr sra srta"
    " sta ste st hon rt capt cpt cmdr col cpl gen lt maj sgt adm insp supt det gov pres sen rep"
    " cllr bro br dott hr jr jnr snr esq".split()
)
BEHIND: Final = "(?:jr|jnr|sr|snr|ii|iii|iv)\\b\\.?"  # a comma before it parts nothing

STOPS: Final = ".\u2026\u06d4\u0589\u1362\u0964\u0965"  # end a sentence with a space behind them
WIDE_STOPS: Final = "\u3002\uff0e\uff61"  # and these without
CLOSING_QUOTES: Final = "\"'\u2019\u201d\u00bb\u300d\u300f"
COMMAS: Final = ",\u060c\u3001\uff0c\ufe50\ufe51\uff64\u055d\u1363\u07f8"
SEMICOLONS: Final = ";\u061b\uff1b"
DASHES: Final = "-\u2010-\u2015\u2212\ufe58\ufe63\uff0d~\u301c"
OPENING: Final = "([{\uff08\uff3b\uff5b\u3010\u3014\u3008\u300a\u27e8\ufd3f"
CLOSING: Final = ")]}\uff09\uff3d\uff5d\u3011\u3015\u3009\u300b\u27e9\ufd3e"
SPACE: Final = "\\s\u200e\u200f\u061c\u2066-\u2069"  # and marks without ink that turn the words
SPACES: Final = "".join(filter(str.isspace, map(chr, range(0x3001))))  # there is none above
AFTER: Final = f"(?=[{SPACE}{COMMAS}{SEMICOLONS}{STOPS}{WIDE_STOPS}]|$)"

PARTS: Final = re.compile(
    f"[{COMMAS}](?!\\s*{BEHIND})|[{SEMICOLONS}]{AFTER}"
    f"|(?<![:;=])(?<![:;=]-)(?P<bracket>[{re.escape(OPENING + CLOSING)}])"  # no smile, as in :-)
    f"|[{SPACE}][{DASHES}]+{AFTER}"
    f"|(?P<stop>[{STOPS}]+)(?P<quotes>[{CLOSING_QUOTES}]*){AFTER}"
    f"|[{WIDE_STOPS}]+",
    re.IGNORECASE,
)
OPENED: Final = re.compile(f"[{re.escape(OPENING)}]")
WITHIN: Final = re.compile(r"[\s.\-\u2010\u2011]")  # what parts the words of a name
LONGEST_TITLE: Final = 24  # more of a word need not be looked at
JOINER: Final = "\u200d"


def split_name(line: str) -> tuple[str, str]:
    """The name that a line begins with, and what else it says; "" where it says no more.

    A name ends at the first comma, bracket, dash with spaces around it, or full stop that ends a
    sentence. Only signs that parted the two are left out: no word, and no bracket.
    """
    line = line.strip()
    begins = next((at for at, sign in enumerate(line) if _says_something(sign)), len(line))
    opened = OPENED.search(line)
    for sign in PARTS.finditer(line, begins + 1):
        if _ends_a_short_form(sign, line) or _closes(sign, opened):
            continue
        more = line[sign.start() if sign["bracket"] else sign.end() :]
        name = f"{line[: sign.start()]}{sign['quotes'] or ''}"
        name, end = split_name(name)  # which may end in a sign now
        return name, " ".join(filter(None, [end, more.strip(f"{SPACES}{COMMAS}{SEMICOLONS}")]))
    return line, ""


def with_name_alone(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines of "What to call me", the first with the name alone; what it said besides, next."""
    first, *others = [*lines] or [""]
    return tuple(filter(None, [*split_name(first), *others]))


def name_in(lines: Iterable[str]) -> str:
    """The name at the beginning of these lines; "" where there are none."""
    return next(iter(with_name_alone(lines)), "")


def without_name(text: str, name: str) -> str:
    """A text under "What to call me", as it goes on below another of the same name, or of none."""
    first, _, others = text.partition("\n")
    return others if first in ("", name) else text


def letters(text: str) -> int:
    """How many letters people see: an accent, or a part of a picture, is none of its own."""
    text = unicodedata.normalize("NFC", text)
    count, flag = (1 if text else 0), False
    for before, letter in pairwise(text):
        flag = not flag and _is_half_a_flag(before) and _is_half_a_flag(letter)
        count += not (flag or _belongs_to_the_one_before(before, letter))
    return count


def _ends_a_short_form(sign: re.Match[str], line: str) -> bool:
    """Is it the full stop of a title or an initial?"""
    if sign["stop"] != ".":
        return False
    before = line[max(0, sign.start() - LONGEST_TITLE) : sign.start()]
    word = WITHIN.split(before)[-1].lstrip("\"'\u2018\u201c\u00ab(")
    return _is_initial(word) or word.casefold() in TITLES


def _closes(sign: re.Match[str], opened: re.Match[str] | None) -> bool:
    """Is it the second half of brackets that the name began in?"""
    is_second = sign["bracket"] is not None and sign["bracket"] in CLOSING
    return is_second and opened is not None and opened.start() < sign.start()


def _is_initial(word: str) -> bool:
    """One letter, of a script in which a letter is no whole word."""
    return letters(word) == 1 and word[0].isalpha() and unicodedata.east_asian_width(word[0]) != "W"


def _says_something(sign: str) -> bool:
    """Is it a letter, a digit or a picture?"""
    return unicodedata.category(sign)[0] in "LNS"


def _belongs_to_the_one_before(before: str, letter: str) -> bool:
    if before == JOINER:
        return unicodedata.category(letter) == "So"  # a picture of several
    is_tone = "\U0001f3fb" <= letter <= "\U0001f3ff"
    is_jamo = "\u1160" <= letter <= "\u11ff"
    return is_tone or is_jamo or unicodedata.category(letter) in {"Mn", "Me", "Mc", "Cf"}


def _is_half_a_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
