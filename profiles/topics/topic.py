"""What we ask: topics, and the parts of a page they stand in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A gentle question back, for an answer that could be anyone's."""

    ask: str
    words: tuple[str, ...] = ()  # an answer with one of these is asked; none: any vague answer
    enough: tuple[str, ...] = ()  # an answer with one of these says it already


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One thing we ask about, with help for answering it."""

    key: str
    title: str
    question: str
    hint: str
    prompts: tuple[str, ...]
    good: tuple[str, ...]
    poor: str
    picture: str
    part: str
    prsb_section: int
    prsb_title: str
    snomed: str
    label: str = ""  # on the page, where the title is too long for its column
    starts_private: bool = False
    most_lines: int | None = None
    retired: bool = False
    coach: tuple[FollowUp, ...] = ()
    vague: frozenset[str] = frozenset()  # the stems of words that could be anyone's here


@dataclass(frozen=True, kw_only=True)
class Part:
    """A group of topics that stand together on a page."""

    key: str
    title: str
    picture: str
    lead: str
    topics: tuple[Topic, ...]

    @property
    def asked(self) -> tuple[Topic, ...]:
        """The topics a new page asks about; a retired one only shows its old answers."""
        return tuple(topic for topic in self.topics if not topic.retired)


@dataclass(frozen=True, kw_only=True)
class LifeChange:
    """Something that can change in a life, and the topics that it touches first."""

    key: str
    title: str
    lead: str
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KindOfReader:
    """Somebody a page is often shared with, and the topics they need to see."""

    key: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Topics:
    """Everything we ask, in the order we ask it."""

    parts: tuple[Part, ...]
    by_key: Mapping[str, Topic]
    changes: tuple[LifeChange, ...] = ()
    readers: tuple[KindOfReader, ...] = ()

    def part(self, key: str) -> Part:
        """The part with this key; KeyError if there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)

    def topic(self, key: str) -> Topic:
        """The topic with this key; KeyError if there is none."""
        return self.by_key[key]

    def next_after(self, key: str) -> Topic | None:
        """The topic asked after this one, in this part or the next; None after the last."""
        keys = list(self.by_key)
        later = (self.by_key[other] for other in keys[keys.index(self.topic(key).key) + 1 :])
        return next((topic for topic in later if not topic.retired), None)

    def change(self, key: str) -> LifeChange | None:
        """The change with this key, if there is one."""
        return next((change for change in self.changes if change.key == key), None)

    def reader(self, key: str) -> KindOfReader | None:
        """The kind of reader with this key, if there is one."""
        return next((reader for reader in self.readers if reader.key == key), None)

    def touched_first(self, key: str) -> tuple[Topic, ...]:
        """Every topic, those first that this change touches; in the usual order for none."""
        change = self.change(key)
        first = change.topics if change else ()
        return tuple(self.by_key[key] for key in dict.fromkeys((*first, *self.by_key)))
