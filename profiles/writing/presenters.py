"""What the home page and the parts say about how far a person has come. Never a score."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.answers.models import Answer
from profiles.core.names import CALL_ME
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.topic import Part, Topic

AnswersByTopic = Mapping[str, Answer]
STEPS: Final = {"up": -1, "down": 1}  # how a line can be moved
FIRST_WORDS: Final = 120  # letters of an answer that a row is given


def after(topic: Topic) -> str:
    """Where Save and carry on goes: the next question, of this part or the next; then home."""
    following = load().next_after(topic.key)
    return write_url(following) if following else reverse("house:me")


def part_row(part: Part, said: AnswersByTopic, drafts: AbstractSet[str]) -> dict[str, Any]:
    """One row of the list of parts: its title, how much is said in it, and the first of it."""
    answered = [said[topic.key] for topic in part.topics if topic.key in said]
    begun = any(topic.key in drafts for topic in part.topics)
    return {
        "part": part,
        "url": reverse("writing:part", kwargs={"part": part.key}),
        "words": _first_words(answered, begun),
        "language": answered[0].language if answered else "",
        "count": len(answered),
    }


def _first_words(answered: list[Answer], begun: bool) -> str:
    """As much as a row can show: the stylesheet cuts it where the row ends."""
    for answer in answered:
        return first_words(answer.lines)
    return _("Some words not saved yet") if begun else _("Nothing here yet")


def first_blank(said: AnswersByTopic, drafts: AbstractSet[str]) -> Topic | None:
    """Where to go on: the first half-typed question, else the first that says nothing yet."""
    asked = [topic for part in load().parts for topic in part.asked]
    half_typed = [topic for topic in asked if topic.key in drafts]
    unsaid = [topic for topic in asked if topic.key not in said]
    return next(iter(half_typed + unsaid), None)


def topic_row(
    topic: Topic,
    answer: Answer | None,
    has_draft: bool,
    *,
    seen_by: "SeenBy | None" = None,
    moved: "MovedLine | None" = None,
) -> dict[str, Any]:
    """One topic of a part: a row that opens it, and each of its lines, to be moved or taken off."""
    lines = answer.lines if answer else []
    names = 1 if topic.key == CALL_ME and len(lines) > 1 else 0  # lines that stay first
    number = answer.number if answer else 0
    rows = [
        {
            "at": at,
            "text": line,
            "name": at < names,
            "first": at in (0, names),
            "last": at == len(lines) - 1,
            "place": at - names + 1,
            "places": len(lines) - names,
        }
        for at, line in enumerate(lines)
    ]
    if moved and moved.made(topic, number) and moved.line < len(rows):
        rows[moved.line]["keyboard"] = moved.keyboard(rows[moved.line])
    return {
        "topic": topic,
        "url": write_url(topic),
        "picture": answer.picture if answer else topic.picture,
        "photo": answer.photo if answer else None,
        "number": number,
        "first_words": first_words(lines),
        "language": answer.language if answer else "",
        "lines": rows,
        "seen_by": seen_by,
        "draft": has_draft,
    }


@dataclass(frozen=True)
class SeenBy:
    """Who sees what is said under a topic, told in a line."""

    kind: str  # "kept", "ticked" or "shared"
    words: str

    @classmethod
    def of(cls, answer: Answer | None, readers: Sequence[str], *, theirs: bool) -> "SeenBy | None":
        """Nothing is told of a blank, nor of what can go on the page and nobody is shown yet."""
        if answer is None:
            return None
        names = "; ".join(readers)
        if answer.only_me and readers:
            return cls("ticked", _("Kept private, but ticked for: {names}").format(names=names))
        if answer.only_me:
            only_they = _("Only they and you can see this")
            return cls("kept", only_they if theirs else _("Only you can see this"))
        if not readers:
            return None
        # The number comes first: a row may have no room for all of the names.
        shared = ngettext("Shared with: {names}", "Shared with {count}: {names}", len(readers))
        return cls("shared", shared.format(count=len(readers), names=names))


def first_words(lines: Iterable[str]) -> str:
    """As much of an answer as a row has room for. The style sheet cuts it to the row's width."""
    whole = " ".join(line if ends_sentence(line) else f"{line} ·" for line in lines)
    whole = whole.removesuffix(" ·")
    if len(whole) <= FIRST_WORDS:
        return whole
    return whole[: FIRST_WORDS - 1].rsplit(" ", 1)[0].removesuffix(" ·") + "…"


def ends_sentence(line: str) -> bool:
    """Does this line end with a sign, so that another can follow it in the same row?"""
    return unicodedata.category(line[-1]).startswith("P")


@dataclass(frozen=True)
class MovedLine:
    """The line that was moved a moment ago, and the answer that this made."""

    topic: str
    number: int
    line: int
    how: str  # "up" or "down"

    @classmethod
    def read(cls, asked: str) -> "MovedLine | None":
        """What an address says of it, such as "important.3.1.up"; None if it says nothing."""
        topic, *numbers, how = asked.split(".") if asked.count(".") == 3 else ["", ""]
        if how not in STEPS or not all(number.isdecimal() for number in numbers):
            return None
        number, line = (int(each[:9]) for each in numbers)
        return cls(topic, number, line, how)

    @property
    def as_asked(self) -> str:
        """The same, for an address."""
        return f"{self.topic}.{self.number}.{self.line}.{self.how}"

    def made(self, topic: Topic, number: int) -> bool:
        """Is this the answer that the move made? Another is not what somebody was told of."""
        return (self.topic, self.number) == (topic.key, number)

    def keyboard(self, line: Mapping[str, Any]) -> dict[str, str]:
        """Which button of the line has the keyboard, and what tells of it.

        The one that was pressed; at the end of the way, where it is gone, the other.
        """
        other = "down" if self.how == "up" else "up"
        at_end = line["first"] if self.how == "up" else line["last"]
        return {other if at_end else self.how: "moved"}
