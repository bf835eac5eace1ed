"""What a file would change on a page, topic by topic, told before anything is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from profiles.answers import rules
from profiles.answers.actions import Words
from profiles.answers.forms import tidied
from profiles.answers.models import Answer, lines_under
from profiles.core.names import CALL_ME, name_in
from profiles.imports.portable import PhotoBeside, WholePhoto
from profiles.pages.models import Profile
from profiles.topics.topic import Topic

LONGEST_TAG: Final = 12  # of a language: what an answer can keep


@dataclass(frozen=True, kw_only=True)
class FromFile:
    """What a file says under one topic."""

    topic: Topic
    text: str
    picture: str | None = None  # None: it says nothing about that
    photo: PhotoBeside | None = None
    said_by: str = ""
    language: str = ""
    only_me: bool = False  # its person kept it where it was written

    def words_over(self, now: Answer | None) -> Words:
        """These words as they would be saved over those that stand there now.

        A file opens nothing: what was kept there, or is kept here, is kept. What starts private
        comes in as private; of other new topics, the person has yet to say.
        """
        there = now if now is not None and not now.is_clear else None
        picture = there.picture if there else self.topic.picture
        if self.picture is not None and not (there and there.photo):
            picture = self.picture
        return Words(
            text=tidied(self.text),
            picture=picture,
            photo_id=there.photo_id if there else None,
            only_me=self.only_me or (now.only_me if now else self.topic.starts_private),
            said_by=self.said_by,
            language=_short(self.language),
        )


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """One topic that a file names: what stands there now, and what would."""

    topic: Topic
    now: (
        Answer | None
    )  # the newest row, even if everything was taken off; None: there was never any
    words: Words
    photo: PhotoBeside | None = None  # another than stands there now

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
        lines, stand = lines_under(self.topic.key, self.words.text), self.now.lines
        if self.topic.key == CALL_ME and name_in(lines) == name_in(stand):
            lines, stand = lines[1:], stand[1:]
        return self.photo is None and (stand, self.now.picture) == (lines, self.words.picture)

    @property
    def refusal(self) -> str:
        """Why the words cannot be saved as they are; "" if they can."""
        return rules.may_say(self.topic, self.words.text).reason

    @property
    def asks_who(self) -> bool:
        """Has nobody said yet who may see this? Only the person can."""
        return self.now is None and not self.words.only_me

    @property
    def closes(self) -> bool:
        """Do these words take the place of others that could be seen, and would be kept?"""
        return self.now is not None and self.words.only_me and not self.now.only_me


def changes(page: Profile, said: Iterable[FromFile]) -> list[FileChange]:
    """Every topic of which the file says something. A blank in it takes nothing off the page."""
    newest = {answer.topic: answer for answer in page.answers.newest().with_profile(page)}
    found = []
    for each in said:
        now = newest.get(each.topic.key)
        words = each.words_over(now)
        photo = each.photo
        stands = now.photo if now else None
        if photo and stands and photo.is_the_same_as(stands.whole, stands.alt):
            photo = None
        if words.text:
            found.append(FileChange(topic=each.topic, now=now, words=words, photo=photo))
    return found


def shows(page: Profile, photo: WholePhoto) -> bool:
    """Is this the very photo on the page, with the same words? A file of ours holds the bytes that
    are shown, and not those that other squares can be made from.
    """
    now = page.photos.newest()
    if now is None:
        return False
    now.profile = page
    is_same = now.whole == photo.data or photo.sent in (now.data, now.whole)
    return is_same and now.alt == photo.alt


def _short(language: str) -> str:
    """A language tag without the parts at its end that there is no room for."""
    while len(language) > LONGEST_TAG:
        language, _, _ = language.rpartition("-")
    return language
