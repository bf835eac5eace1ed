"""Could these words be anyone's? Then one gentle question, from the topic's own file.

The rules are few and plain: an answer that is long, or holds a number, a name or a reason, says
enough. What is left is looked at for a word that the topic has a question about. No text is made.
"""

import re
from typing import Final

from profiles.topics.topic import FollowUp, Topic

LONG: Final = 12  # words: so many say enough
SHORT: Final = 5  # words: so few may need a question, whatever they are
REASONS: Final = re.compile(
    r"\b(because|when|if|before|after|until|unless|then|every|always|never|so that)\b",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W_]+")
A_NAME: Final = re.compile(r"(?<=[\w,;] )(?!I\b|I[’'])[^\W\d_a-z]\w*")


def follow_up(topic: Topic, text: str) -> FollowUp | None:
    """The question that these words lead to; None if they say enough, or nothing."""
    count = len(text.split())
    if not count or says_enough(text):
        return None
    for each in topic.coach:
        if has_one_of(each.words, text) if each.words else count <= SHORT:
            return None if has_one_of(each.enough, text) else each
    return None


def says_enough(text: str) -> bool:
    """Is it long, or is there a number, a name or a reason in it?"""
    long = len(text.split()) > LONG
    return long or bool(re.search(r"\d", text) or REASONS.search(text) or A_NAME.search(text))


def has_one_of(phrases: tuple[str, ...], text: str) -> bool:
    """Does one of these stand in it, as whole words, whatever their case?"""
    said = _spaced(text)
    return any(_spaced(each) in said for each in phrases)


def _spaced(text: str) -> str:
    return f" {' '.join(WORD.findall(text.casefold()))} "
