"""The words that are shown before somebody says yes, and kept as they were shown."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from profiles.answers.several import PHOTO
from profiles.core import content
from profiles.core.stops import full_stop_after
from profiles.sharing.clinic import IN_WORDS, Taking, clinic_link_of, ends_with_a_day
from profiles.sharing.days import last_day, written, written_with_time
from profiles.sharing.hidden import taken_back
from profiles.sharing.models import Share
from profiles.topics.load import load

CONTENT: Final = Path(__file__).parent / "content"
THE_PHOTO: Final = "the photo"
BETWEEN: Final = "; "  # two titles: some have a comma, or an "and", of their own
LISTS: Final = ("topics", "kept", "taken_back")  # the sentences that end in a list, if it has any
SCHEMA: Final = Path(__file__).parent / "schema" / "consent.json"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence; where it ends in a list of topics, they can be shown as a list."""

    words: str
    topics: tuple[str, ...] = ()  # by title
    name: str = ""  # by which it is called in consent.toml

    @property
    def text(self) -> str:
        """The sentence as it is kept."""
        if not self.topics:
            return self.words
        return f"{self.words} {BETWEEN.join(self.topics)}."


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What was shown: its sentences, its language, and the version of our words."""

    version: str
    language: str
    sentences: tuple[Sentence, ...]
    besides: str = ""  # a digest of what is shown too, and is kept nowhere: see ClinicLink

    @property
    def text(self) -> str:
        """The sentences as the ledger keeps them, one a line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def fingerprint(self) -> str:
        """By which a form says which text was on the page when its button was pressed."""
        return fingerprint(self.text, self.besides)


def fingerprint(text: str, besides: str) -> str:
    """By which a text is known that was shown, with what was shown besides."""
    shown = f"{text}\n{besides}" if besides else text
    return hashlib.sha256(shown.encode()).hexdigest()


def wording_for(share: Share, language: str = "en") -> Wording:
    """What somebody is to be shown before they say yes to this share.

    Whoever keeps the page is shown that it is theirs to decide for now, and nobody's yes.
    """
    words = read(language)
    if not share.by_keeper:
        return _worded(share, words, language, _named(share))
    in_place = {name: f"keeper_{name}" for name in words if f"keeper_{name}" in words}
    named = [in_place.get(name, name) for name in _named(share)]
    first, last = ["by_keeper", "not_their_yes"], ["until_theirs"]
    return _worded(share, words, language, [*first, *named, *last])


def wording_to_keep(share: Share, language: str = "en") -> Wording:
    """What the person is to be shown before they let go on what their keeper shared."""
    named = ["was_by_keeper", *_named(share), *_keeper_has(share)]
    return _worded(share, read(language), language, named)


def _keeper_has(share: Share) -> list[str]:
    """By what else its keeper could still come in."""
    if share.kind == Share.Kind.CLINIC and not share.passcode_set:
        return ["keeper_has_picture"]
    return [] if share.kind == Share.Kind.WORKER else ["keeper_has_link"]


def _worded(share: Share, words: Mapping[str, str], language: str, named: list[str]) -> Wording:
    link = clinic_link_of(share)
    filled = {
        "reader": share.reader_name,
        "email": share.worker_email,
        "until": _until(share),
        "lasts": IN_WORDS.get(link.lasts, "") if link and link.lasts else "",
        "keeper": share.keeper_name or "",
        "person": _person(share) if share.by_keeper else "",
    }
    hidden = taken_back(share)
    lists = {
        "topics": title_list({*share.topics} - hidden),
        "kept": title_list(share.shown_though_kept),
        "taken_back": title_list(hidden),
    }
    return Wording(
        version=words["version"],
        language=language,
        sentences=tuple(
            Sentence(
                words=_filled(words[name], filled),
                topics=lists.get(name.removeprefix("keeper_"), ()),
                name=name,
            )
            for name in named
            if lists.get(name.removeprefix("keeper_"), True)
        ),
        besides=link.fingerprint if link else "",
    )


def _until(share: Share) -> str:
    if not share.ends_at:
        return ""
    if ends_with_a_day(share):
        return written(last_day(share.ends_at))
    return written_with_time(share.ends_at)


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    """The sentence with these words in it; it ends once, where they end with a stop."""
    for name, word in words.items():
        sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}{full_stop_after(word)}")
    return sentence.format(**words)


def _person(share: Share) -> str:
    return share.profile.name or "the person it is about"


def _named(share: Share) -> list[str]:
    """The sentences that tell what is agreed to, by name."""
    if share.kind == Share.Kind.CLINIC:
        return _named_for_clinic(share)
    named = [*_which(share), *(["photo"] if share.with_photo else [])]
    if share.may_print is not None:
        named.append("print" if share.may_print else "read")
    named += [*(["until"] if share.ends_at else []), "told", "no", "stop"]
    return [*named, "after_print" if share.may_print else "after_read"]


def _which(share: Share) -> list[str]:
    how = "link_and_passcode" if share.passcode_set else "link"
    if share.kind == Share.Kind.WORKER:
        how = "worker"
    return ["who", how, *LISTS]


def _named_for_clinic(share: Share) -> list[str]:
    """The same for the computer of a clinic: it keeps what it takes, and nobody tells it first."""
    link = clinic_link_of(share)
    taking = Taking(link.taking) if link and link.taking else None
    how = {Taking.NOW: "now", Taking.PASSCODE: "passcode", Taking.UPDATED: "updated"}
    named = ["who", *([f"clinic_{how[taking]}"] if taking else [])]
    named += ["clinic_locked" if share.passcode_set else "clinic_link"]
    named += ["clinic_nhs" if link and link.nhs_number else "clinic_finds"]
    named += [*LISTS, *(["photo"] if share.with_photo else []), "clinic_record"]
    if share.ends_at:
        named.append("until" if ends_with_a_day(share) else "clinic_until")
    elif link and link.lasts:
        named.append("clinic_lasts")
    return [*named, "clinic_told", "clinic_server", "no", "stop", "clinic_after"]


def titles(topics: Collection[str]) -> str:
    """These topics by their titles, in the order we ask: "One; Two, and more; Three"."""
    return BETWEEN.join(title_list(topics))


def titles_with_photo(topics: Collection[str]) -> str:
    """The same, where the photo may be among them: it is told first."""
    photo = [THE_PHOTO] if PHOTO in topics else []
    return BETWEEN.join([*photo, *title_list(topics)])


def title_list(topics: Collection[str]) -> tuple[str, ...]:
    """These topics by their titles, in the order we ask."""
    return tuple(topic.title for key, topic in load().by_key.items() if key in topics)


@cache
def read(language: str) -> dict[str, str]:
    """Our sentences in this language, and their version."""
    return read_file(CONTENT / language / "consent.toml")


def read_file(path: Path) -> dict[str, str]:
    """The sentences in this file, and their version; BrokenContent if any of it is wrong."""
    return content.whole(*content.read(path, f"{path.parent.name}/{path.name}", SCHEMA))
