"""Could these words be anyone's? Then one gentle question, from the topic's own file.

The rules are few and plain: an answer that is long, or holds a number, a name, a list, a time or a
reason, says enough. So does one with a single word that not everybody would use. What is left is
looked at for a word that the topic has a question about. No text is made.
"""

import re
from typing import Final

from profiles.topics.topic import FollowUp, Topic
from profiles.topics.vague import telling

LONG: Final = 12  # words: so many say enough
# A time, a reason; what to tell or show somebody; one thing and not another.
SAID: Final = re.compile(
    r"""
    \b(?:before|after|until|unless|every|so\ that|look\ at
    | (?:tell|show|ask)\ me\ (?:who|what|how|when|where|why|again)
    | at\ a\ time | little\ and\ often
    | (?:me|him|her|them|it|us),?\ (?:not|don[’']?t))\b
    | ,\ not\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
NUMBERS: Final = re.compile(
    r"\d|\b(twice|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE
)
ALONE: Final = re.compile(r"\bon (?:my|our|his|her|their) own\b", re.IGNORECASE)
WORD: Final = re.compile(r"[^\W_]+")
A_NAME: Final = re.compile(r"(?<=[\w,;] )(?!I(?:m|d|ve|ll)?\b|I[’'])[^\W\d_a-z]\w*")
# Written with a capital, and yet they say no more than "family" or "faith".
NO_NAMES: Final = frozenset("dad gran grandad granny mam mum nan nana god tv".split())
# The last letter of the alphabet that our words are in: of others we cannot tell what they say.
LAST_LETTER: Final = "\u024f"


def follow_up(topic: Topic, text: str) -> FollowUp | None:
    """The question that these words lead to; None if they say enough, or nothing."""
    if not text.split() or says_enough(text) or telling(ALONE.sub("", text), topic.vague):
        return None
    for each in topic.coach:
        if not each.words or has_one_of(each.words, text):
            return None if has_one_of(each.enough, text) else each
    return None


def says_enough(text: str) -> bool:
    """Is it long, or is there a number, a name, a list, a time or a contrast in it?"""
    return bool(
        len(text.split()) > LONG
        or text.count(",") > 1
        or NUMBERS.search(text)
        or SAID.search(text)
        or has_a_name(text)
        or any(letter.isalpha() and letter > LAST_LETTER for letter in text)
    )


def has_a_name(text: str) -> bool:
    """Has a word a capital, and not only because all of them have?"""
    return not text.isupper() and not NO_NAMES.issuperset(map(str.lower, A_NAME.findall(text)))


def has_one_of(phrases: tuple[str, ...], text: str) -> bool:
    """Does one of these stand in it, as whole words, whatever their case?"""
    said = _spaced(text)
    return any(_spaced(each) in said for each in phrases)


def _spaced(text: str) -> str:
    return f" {' '.join(WORD.findall(text.casefold()))} "
