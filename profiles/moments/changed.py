"""Finding the answer that something has changed about, by one's own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from profiles.answers.models import Answer
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.stems import stem, words_of
from profiles.topics.topic import Topic
from profiles.writing.presenters import FIRST_WORDS

LONGEST_SEARCH: Final = 100


@dataclass(frozen=True, kw_only=True)
class Found:
    """A topic that a search leads to, and what is said under it; "" if nothing is."""

    topic: Topic
    words: str
    picture: str

    @property
    def url(self) -> str:
        """Where it is changed."""
        return write_url(self.topic)


def find(typed: str, answers: Iterable[Answer]) -> list[Found]:
    """What is said with all of these words, in the order of the page; then blank topics that are
    about them. Nothing is found by no word.
    """
    said = {answer.topic: answer for answer in answers}
    wanted = words_of(typed)
    topics = [topic for topic in load().by_key.values() if wanted and _has(wanted, topic, said)]
    found = [_found(topic, said.get(topic.key)) for topic in topics]
    return sorted(found, key=lambda each: not each.words)


def _has(wanted: list[str], topic: Topic, said: dict[str, Answer]) -> bool:
    answer = said.get(topic.key)
    if answer is None and topic.retired:
        return False
    there = words_of(f"{topic.title} {topic.question} {answer.text if answer else ''}")
    return all(any(_is_in(word, each) for each in there) for word in wanted)


def _is_in(word: str, there: str) -> bool:
    """Does this word begin that one, or are they the same but for an ending?

    Some scripts have no spaces: there, a word may stand within another.
    """
    if there.startswith(word) or (word in there and not word.isascii()):
        return True
    return stem(word) == stem(there)


def _found(topic: Topic, answer: Answer | None) -> Found:
    words = " ".join(answer.lines)[:FIRST_WORDS] if answer else ""
    return Found(topic=topic, words=words, picture=answer.picture if answer else topic.picture)
