"""What a file would change on a page, topic by topic, told before anything is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from profiles.answers import rules
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Profile
from profiles.topics.topic import Topic

LONGEST_TAG: Final = 12  # of a language: what an answer can keep


@dataclass(frozen=True, kw_only=True)
class Change:
    """One topic that a file names: what stands there now, and what would."""

    topic: Topic
    now: (
        Answer | None
    )  # the newest row, even if everything was taken off; None: there was never any
    words: Words

    @property
    def number(self) -> int:
        """The number of the row that stands there now; 0 for none."""
        return self.now.number if self.now else 0

    @property
    def is_new(self) -> bool:
        """Does nothing stand there now?"""
        return self.now is None or self.now.is_clear

    @property
    def is_the_same(self) -> bool:
        """Would the page say just the same?"""
        if self.now is None or self.is_new:
            return False
        lines = [line.strip() for line in self.words.text.splitlines() if line.strip()]
        return (self.now.lines, self.now.picture) == (lines, self.words.picture)

    @property
    def refusal(self) -> str:
        """Why the words cannot be saved as they are; "" if they can."""
        return rules.may_say(self.topic, self.words.text).reason

    @property
    def asks_who(self) -> bool:
        """Has nobody said yet who may see this? Only the person can."""
        return self.now is None and not self.topic.starts_private


def changes(page: Profile, said: Iterable[tuple[Topic, Words]]) -> list[Change]:
    """Every topic of which something is said, with who may see it as it is now.

    What starts private comes in as private. Of other new topics, the person has yet to say.
    """
    newest = {answer.topic: answer for answer in page.answers.newest().in_hand(page)}
    found = []
    for topic, words in said:
        now = newest.get(topic.key)
        only_me = now.only_me if now else topic.starts_private
        kept = replace(words, only_me=only_me, language=_short(words.language))
        if kept.text:
            found.append(Change(topic=topic, now=now, words=kept))
    return found


def _short(language: str) -> str:
    """A language tag without the parts at its end that there is no room for."""
    while len(language) > LONGEST_TAG:
        language, _, _ = language.rpartition("-")
    return language
