"""Everything that changes what a page says. Each is one transaction: all of it is kept, or none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import transaction

from profiles.answers import rules
from profiles.answers.models import (
    Answer,
    Coached,
    Draft,
    Edition,
    answers_now,
    lines_under,
    newest_answer,
    newest_edition,
)
from profiles.core.journal import Kind, note
from profiles.core.names import CALL_ME, name_in, without_name
from profiles.core.verdict import Verdict
from profiles.pages.models import Profile
from profiles.photos.actions import bring_photo_back
from profiles.photos.models import Photo, photo_of
from profiles.topics.coach import follow_up
from profiles.topics.load import load
from profiles.topics.topic import Topic


class Conflict(Exception):
    """The words under this topic changed since the writer opened them. Both texts are kept."""

    def __init__(self, theirs: Answer | None) -> None:
        super().__init__("These words changed while they were being written.")
        self.theirs = theirs  # none: the writer speaks of words that never were


class Unseen(Exception):
    """A number under which nothing was ever said here."""


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What a page says: the edition that holds it, and its answers, each knowing the page."""

    edition: Edition
    answers: list[Answer]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody typed under one topic, how they want it kept, and whose words they are."""

    text: str
    picture: str = ""
    photo_id: int | None = None  # of the photo that stands where the picture would
    only_me: bool = False
    said_by: str = ""  # "": the person themself
    checked: bool = False  # said by somebody else, and the person said yes to it
    helped_by: str = ""  # who wrote it down for them
    yes_by: str = ""  # a YesBy: how the person showed that it is right
    language: str = ""  # "": the page's

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The words of an answer, as they stand there."""
        return cls(
            text=answer.text,
            picture=answer.picture,
            photo_id=answer.photo_id,
            only_me=answer.only_me,
            said_by=answer.said_by,
            checked=answer.checked,
            helped_by=answer.helped_by or "",
            yes_by=answer.yes_by,
            language=answer.language,
        )

    @classmethod
    def typed(cls, draft: Draft) -> Self:
        """The words of a draft, as they were half typed."""
        return cls(
            text=draft.text,
            picture=draft.picture,
            photo_id=draft.photo_id,
            only_me=draft.only_me,
        )

    def same_as(self, answer: Answer | None) -> bool:
        """Is this just what stands there already? A yes that was not given before is news."""
        if answer is None:
            return not (self.text or self.photo_id)
        news = (self.checked and not answer.checked) or (self.yes_by and not answer.yes_by)
        return not news and (self.text, self.picture, self.photo_id, self.only_me) == (
            answer.text,
            answer.picture,
            answer.photo_id,
            answer.only_me,
        )

    def still_said_by(self, answer: Answer | None) -> Self:
        """Where only the picture, or who may see it, has changed, the words stay whose they were.

        Whoever writes the words anew makes them their own.
        """
        if answer is None or self.said_by or self.yes_by:
            return self
        if self.text != answer.text and lines_under(answer.topic, self.text) != answer.lines:
            return self
        kept = self.of(answer)
        return replace(
            kept,
            text=self.text,
            picture=self.picture,
            photo_id=self.photo_id,
            only_me=self.only_me,
        )


def may_put_photo(profile: Profile, topic: Topic) -> Verdict:
    """May a photo stand beside this answer, with those that stand beside the others?"""
    others = profile.answers.current().with_photo().exclude(topic=topic.key)
    return rules.may_put_photo(others.count())


@transaction.atomic
def save_answer(
    *,
    profile: Profile,
    topic: Topic,
    words: Words,
    started_from: int,
    draft_version: str = "",
    based_on: Answer | None = None,
) -> Answer | None:
    """Keep what was said, as a new row. Raises Conflict when somebody saved in between.

    `started_from` is the number of the answer the writer saw, 0 for none. It comes from a form, so
    it is believed only if it is the newest. Saving what stands there already adds nothing, so a
    second press of the button is harmless.
    """
    rules.may_say(topic, words.text).or_refuse()
    newest = newest_under(profile, topic)
    words = with_photo_there(profile, topic, words)
    if not words.same_as(newest):
        if started_from != number_of(newest):
            raise Conflict(newest)
        if words.photo_id:
            may_put_photo(profile, topic).or_refuse()
        newest = _add(profile, topic, words.still_said_by(newest), newest, based_on)
    drop_draft(profile=profile, topic=topic, version=draft_version)
    return newest


def ask_back(*, profile: Profile, topic: Topic, saved: Answer | None, started_from: int) -> bool:
    """Is there a question to ask about words that were just saved? It is asked once a topic, ever.

    Our questions are in English and speak to the person themself, so other pages are left alone.
    """
    is_new = saved is not None and saved.number > started_from
    if not is_new or profile.for_someone or not profile.language.startswith("en"):
        return False
    if saved is None or follow_up(topic, saved.text) is None:
        return False
    return Coached.objects.get_or_create(profile=profile, topic=topic.key)[1]


@transaction.atomic
def settle(
    *, profile: Profile, topic: Topic, mine: Words, choice: str, started_from: int
) -> Answer | None:
    """End a conflict: `mine`, `theirs` or `both`. Whatever is chosen, both stay in the history.

    Whoever typed `mine` had not seen who may see the others, so it opens nothing: what either
    text keeps to the person stays kept. Choosing `theirs` leaves that as it was.
    """
    theirs = profile.answers.about(topic.key).numbered(started_from).first()
    if theirs is None:
        raise Unseen
    mine = replace(mine, only_me=mine.only_me or theirs.only_me)
    match choice:
        case "mine":
            if topic.key == CALL_ME and mine.text.startswith("\n"):  # only the rest was typed
                mine = replace(mine, text=f"{name_in(theirs.lines)}{mine.text}".strip())
            return save_answer(profile=profile, topic=topic, words=mine, started_from=started_from)
        case "both":
            below = mine.text
            if topic.key == CALL_ME and theirs.lines:
                below = without_name(below, name_in(theirs.lines))
            together = Words(
                text="\n".join(filter(None, [theirs.text, below])),
                picture=mine.picture or theirs.picture,
                photo_id=mine.photo_id or theirs.photo_id,
                only_me=mine.only_me,
            )
            return save_answer(
                profile=profile, topic=topic, words=together, started_from=started_from
            )
        case _:
            rules.may_say(topic, mine.text).or_refuse()  # they must be such as can be brought back
            if (newest := newest_under(profile, topic)) != theirs:
                raise Conflict(newest)
            return keep_below(profile, topic, mine, theirs)


@transaction.atomic
def bring_back(
    *, profile: Profile, topic: Topic, answer: Answer, started_from: int
) -> Answer | None:
    """Say again what was said before, as a new row.

    The words come back. Who may see them is a decision of now, and stays as it is.
    """
    newest = newest_under(profile, topic)
    words = replace(Words.of(answer), only_me=newest.only_me if newest else topic.starts_private)
    return save_answer(
        profile=profile, topic=topic, words=words, started_from=started_from, based_on=answer
    )


@transaction.atomic
def bring_back_edition(*, profile: Profile, edition: Edition, topics: Iterable[Topic]) -> None:
    """Make the page say again what it said in an earlier edition, to those who may see it now."""
    profile.lock()
    bring_photo_back(profile=profile, photo=edition.photo)
    stood = {answer.topic: answer for answer in edition.answers.all()}
    with_photo = {key for key, answer in stood.items() if answer.photo_id}
    # Those that come back without a photo first, so that there are never more than there may be.
    for topic in sorted(topics, key=lambda topic: topic.key in with_photo):
        newest = newest_under(profile, topic)
        if then := stood.get(topic.key):
            bring_back(
                profile=profile,
                topic=topic,
                answer=then,
                started_from=newest.number if newest else 0,
            )
        elif newest and not newest.is_clear:
            save_answer(
                profile=profile,
                topic=topic,
                words=Words(text="", only_me=newest.only_me),
                started_from=newest.number,
            )


def change_line(
    *, profile: Profile, topic: Topic, number: int, line: int, how: str
) -> Answer | None:
    """Move one line `up` or `down`, or `remove` it. The lines before the change stay as history.

    None, and nothing is changed, where another line would be taken for the name.
    """
    answer = profile.answers.about(topic.key).numbered(number).first()
    if answer is None:
        return None
    lines = answer.lines
    if not 0 <= line < len(lines):
        return answer
    other = line + {"up": -1, "down": 1}.get(how, 0)
    if topic.key == CALL_ME and 0 in (line, other) and len(lines) > 1:
        return None
    if how == "remove":
        del lines[line]
    else:
        if not 0 <= other < len(lines):
            return answer
        lines[line], lines[other] = lines[other], lines[line]
    words = replace(Words.of(answer), text="\n".join(lines))
    return save_answer(profile=profile, topic=topic, words=words, started_from=number)


def drop_draft(*, profile: Profile, topic: Topic, version: str) -> None:
    """Let go of half-typed words that have been saved, unless another window wrote them.

    `version` is what this window knows them by: see save_draft. With them go the photos that were
    chosen for them, and saved with none.
    """
    mine = Draft.objects.filter(profile=profile, topic=topic.key, version__in=version.split())
    gone, _ = mine.delete()
    if gone:
        profile.answer_photos.about(topic.key).let_go_of_unsaved()


def freeze_if_changed(profile: Profile) -> Frozen:
    """What the page says now, in an edition; a new one if the words or the photo have changed.

    The page is held by whoever calls this: there is one edition at a time.
    """
    newest, answers, photo, is_same = _beside_newest(profile)
    if newest and is_same:
        return Frozen(edition=newest, answers=answers)
    edition = Edition.objects.create(
        profile=profile, number=newest.number + 1 if newest else 1, photo=photo
    )
    edition.answers.set(answers)
    return Frozen(edition=edition, answers=answers)


def frozen(profile: Profile) -> Frozen | None:
    """What the page says now, if that is in an edition. Nobody has to hold the page for that.

    No answer and no edition ever changes. So where the newest edition is of these very answers, the
    page said so at one moment, whatever is written meanwhile.
    """
    newest, answers, _, is_same = _beside_newest(profile)
    return Frozen(edition=newest, answers=answers) if newest and is_same else None


def _beside_newest(profile: Profile) -> tuple[Edition | None, list[Answer], Photo | None, bool]:
    """The newest edition, what the page says now, and whether that is the same."""
    answers = answers_now(profile)
    newest, stood = newest_edition(profile)
    photo = photo_of(profile)
    says = (photo.pk if photo else None, {answer.pk for answer in answers})
    is_same = newest is not None and (newest.photo_id, stood) == says
    if newest and is_same:
        newest.photo = photo
    return newest, answers, photo, is_same


def newest_under(profile: Profile, topic: Topic) -> Answer | None:
    """The newest row under a topic. It stays the newest until our transaction is over."""
    profile.lock()
    newest = newest_answer.first(profile.pk, topic.key)
    if newest:
        newest.profile = profile
    return newest


def with_photo_there(profile: Profile, topic: Topic, words: Words) -> Words:
    """These words; without their photo, if another window has thrown that away meanwhile."""
    if words.photo_id is None:
        return words
    is_there = profile.answer_photos.about(topic.key).filter(pk=words.photo_id).exists()
    return words if is_there else replace(words, photo_id=None)


def number_of(answer: Answer | None) -> int:
    """The number of the row that stands there; 0 for none."""
    return answer.number if answer else 0


def _add(
    profile: Profile, topic: Topic, words: Words, newest: Answer | None, based_on: Answer | None
) -> Answer:
    _note_taken(profile, topic.key, words, newest)
    return Answer.objects.create(
        profile=profile,
        topic=topic.key,
        number=number_of(newest) + 1,
        text=words.text,
        is_clear=not words.text,
        picture=words.picture,
        photo_id=words.photo_id if words.text else None,  # what is taken off takes its photo along
        only_me=words.only_me,
        said_by=words.said_by,
        checked=words.checked,
        helped_by=words.helped_by or None,
        yes_by=words.yes_by,
        language=words.language or profile.language,
        based_on=based_on or newest,
    )


def _note_taken(profile: Profile, topic: str, words: Words, newest: Answer | None) -> None:
    """Let the endings journal know where less is shown from now on, or ticks are over.

    Other words in place of these are no such thing: a restore brings the older ones back.
    """
    if newest is None:
        return
    is_fewer = {*lines_under(topic, words.text)} < {*newest.lines}
    taken = is_fewer or (newest.photo_id is not None and words.photo_id is None)
    taken = taken or (words.only_me and not newest.only_me)
    if taken or (newest.only_me and not words.only_me):
        number = newest.number + 1
        note(Kind.TOPIC, f"{profile.key}:{topic}", number=number, taken=taken)


def keep_again(*, page: Profile, topic: str, says: dict[str, Any]) -> bool:
    """After a restore: keep a topic to its person, where it was kept or taken off since.

    What they said then is gone, and what is back is older: so it waits for them. False if they said
    something newer, and nothing is to be done.
    """
    newest = newest_under(page, load().topic(topic))
    if newest is None or newest.number >= says["number"]:
        return False
    if says["taken"] and not (newest.is_clear or newest.only_me):
        words = replace(Words.of(newest), only_me=True)
        _add(page, load().topic(topic), words, newest, None)
    return True


def keep_below(
    profile: Profile, topic: Topic, words: Words, newest: Answer | None
) -> Answer | None:
    """Keep words as history only: what stands on the page, or nothing, is said again above them.

    They are kept even if they are too long to stand there themselves. They open nothing: where what
    stands there is kept to its person, so are they.
    """
    words = replace(words, only_me=words.only_me or (newest is not None and newest.only_me))
    if words.same_as(newest):
        return newest
    above = Words.of(newest) if newest else Words(text="", only_me=words.only_me)
    below = _add(profile, topic, words, newest, None)
    return _add(profile, topic, above, below, newest)
