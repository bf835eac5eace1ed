"""The danger must not be buried: a line that warns may stand at the top of the page as well.

It is asked about once, and nothing is moved by itself. A yes adds the line to what stands at the
top, as a new answer; the line stays where it is too. A no is kept, and that line is let be.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction

from profiles.answers.actions import Words, save_answer
from profiles.answers.models import Answer, Raised
from profiles.core.verdict import YES, Verdict, no
from profiles.language.danger import warns
from profiles.language.phrases import TextWords
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.topics.topic import Topic

TOP: Final = "must_know"  # the topic whose lines stand at the top
# A name and a number warn of nothing, and who must not be told is for nobody's eyes.
NEVER_ASKED: Final = frozenset({TOP, "call_me", "ring_first", "not_contact"})


class NotAsSeen(Exception):
    """The words changed since they were asked about, or who may see them did. Look again."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Lines of one answer, and what stands at the top now: should they stand there as well?"""

    topic: Topic
    answer: Answer
    lines: tuple[str, ...]
    top: Answer | None

    @property
    def at_top(self) -> list[str]:
        """What stands at the top now."""
        return self.top.lines if self.top else []

    @property
    def room(self) -> int:
        """How many lines more may stand there."""
        return max(0, (top_topic().most_lines or 0) - len(self.at_top))

    @property
    def top_is_kept(self) -> bool:
        """Does the person keep what stands at the top to themself?"""
        return self.top.only_me if self.top else top_topic().starts_private

    @property
    def seen(self) -> str:
        """A mark of both answers: a yes is to these words, and to who sees them."""
        return f"{self.answer.number}.{self.top.number if self.top else 0}"


def top_topic() -> Topic:
    """The topic whose lines stand at the top."""
    return load().topic(TOP)


def asking(profile: Profile, topic: Topic) -> Asking | None:
    """What is to be asked about the words under a topic; None if nothing is."""
    rows = profile.answers.newest().filter(topic__in=[topic.key, TOP]).with_profile(profile)
    said = {row.topic: row for row in rows}
    return asking_about(profile, topic, answer=said.get(topic.key), top=said.get(TOP))


def asking_about(
    profile: Profile, topic: Topic, *, answer: Answer | None, top: Answer | None
) -> Asking | None:
    """The same, of these words and of what stands at the top, for somebody who sees no others."""
    if not (lines := _lines_that_warn(topic, answer, top)) or answer is None:
        return None
    decided = _by_words(profile.raised.decided().with_profile(profile))
    lines = [line for line in lines if _same(line) not in decided]
    return Asking(topic=topic, answer=answer, lines=tuple(lines), top=top) if lines else None


def first_asked(profile: Profile, said: Mapping[str, Answer]) -> Asking | None:
    """What is to be asked first about a page that says this; None if nothing is."""
    for topic in load().by_key.values():
        if _lines_that_warn(topic, said.get(topic.key), said.get(TOP)) and (
            found := asking(profile, topic)
        ):
            return found
    return None


@transaction.atomic
def bring_up(*, profile: Profile, found: Asking | None) -> bool:
    """Is there a line in these that was never brought up? Each is brought up once, ever."""
    if found is None:
        return False
    profile.lock()
    known = _by_words(profile.raised.with_profile(profile))
    new = [line for line in found.lines if _same(line) not in known]
    for line in new:
        profile.raised.create(topic=found.topic.key, line=line)
    return bool(new)


@transaction.atomic
def put_at_top(*, profile: Profile, topic: Topic, lines: Collection[str], seen: str) -> None:
    """Let these lines stand at the top too, or none; the others stay where they are alone.

    Raises NotAsSeen if the words, or who may see them, are not those that were asked about; and
    PermissionDenied, with the sentence to show, if there is no room.
    """
    profile.lock()
    found = asking(profile, topic)
    if found is None or found.seen != seen or not set(lines) <= set(found.lines):
        raise NotAsSeen
    chosen = [line for line in found.lines if line in lines]
    if chosen:
        may_stand_at_top(found, chosen).or_refuse()
        number = found.top.number if found.top else 0
        words = _words_at_top(found, chosen)
        save_answer(profile=profile, topic=top_topic(), words=words, started_from=number)
    decide(profile=profile, found=found, yes=chosen)


@transaction.atomic
def decide(*, profile: Profile, found: Asking, yes: Collection[str] = ()) -> None:
    """Keep what the person said of each line: yes to these, and no to the others."""
    profile.lock()
    known = _by_words(profile.raised.with_profile(profile))
    for line in found.lines:
        row = known.get(_same(line)) or Raised(profile=profile, topic=found.topic.key, line=line)
        row.said = Raised.Said.YES if line in yes else Raised.Said.NO
        row.save()


def may_stand_at_top(found: Asking, lines: Collection[str]) -> Verdict:
    """Is there room at the top for these lines? Nothing that stands there makes room by itself."""
    if len(lines) <= found.room:
        return YES
    most = top_topic().most_lines
    if not found.room:
        return no(
            f"{most} lines stand at the top already, and that is the most. "
            "Take one away there first, or leave this line where it is."
        )
    return no(
        f"There is room for {found.room} more at the top: {most} lines are the most. "
        f"You chose {len(lines)}. Choose what matters most."
    )


def _lines_that_warn(topic: Topic, answer: Answer | None, top: Answer | None) -> list[str]:
    """The lines of an answer that warn of danger, and do not stand at the top already."""
    if answer is None or answer.is_clear or topic.key in NEVER_ASKED:
        return []
    is_bare = top is None or top.is_clear
    there = {_same(line) for line in top.lines} if top else set()
    return [
        line
        for line in dict.fromkeys(answer.lines)
        if warns(line, answer.language, is_bare=is_bare) and _same(line) not in there
    ]


def _words_at_top(found: Asking, lines: Iterable[str]) -> Words:
    """What stands at the top with these lines below it.

    They are whose they were, as long as all of them are the same person's. Who may see them is as
    it was at the top.
    """
    theirs, top = Words.of(found.answer), found.top
    text = "\n".join([*found.at_top, *lines])
    if top is None or top.is_clear:
        picture = top_topic().picture
        return replace(theirs, text=text, picture=picture, photo_id=None, only_me=found.top_is_kept)
    stands = Words.of(top)
    if (stands.said_by, stands.checked) == (theirs.said_by, theirs.checked):
        return replace(stands, text=text)
    return Words(
        text=text, picture=stands.picture, photo_id=stands.photo_id, only_me=stands.only_me
    )


def _by_words(rows: Iterable[Raised]) -> dict[str, Raised]:
    return {_same(row.line): row for row in rows}


def _same(line: str) -> str:
    """A line as it is known again: by its words, whatever their capitals and signs."""
    return " ".join(TextWords(line).lower)
