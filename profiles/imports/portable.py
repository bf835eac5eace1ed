"""Reads a portable file, tell-it-once/1, and makes a page of it."""

import base64
import binascii
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from profiles.core.form_fields import TURNING
from profiles.core.names import CALL_ME, name_in
from profiles.imports.checking import Place, checked, parsed, refuse
from profiles.photos.images import (
    BESIDE,
    BESIDE_BYTES,
    KEPT_BYTES,
    Crop,
    PhotoRefused,
    crop,
    printed,
    take_in,
)
from profiles.sheet.build import build
from profiles.sheet.layouts import Layout
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load
from profiles.topics.pictures import named, pictures


@dataclass(frozen=True, kw_only=True)
class WholePhoto:
    """A photo from a file as we would keep it, upright and small, and not cropped yet; and as it
    was sent.
    """

    data: bytes
    alt: str
    sent: bytes

    @property
    def cropped(self) -> SheetPhoto:
        """The middle of it, as it stands on a page."""
        return SheetPhoto(data=crop(self.data, Crop.MIDDLE), alt=self.alt)


@dataclass(frozen=True, kw_only=True)
class PhotoBeside:
    """A photo from a file for one answer: as we would keep it, and as it was sent."""

    whole: bytes
    alt: str
    sent: bytes

    @property
    def data(self) -> bytes:
        """As it stands beside its answer."""
        return printed(self.whole)

    def is_the_same_as(self, whole: bytes, alt: str) -> bool:
        """Is it just what we keep already? A file of ours holds the very bytes."""
        return alt == self.alt and whole in (self.sent, self.whole)


@dataclass(frozen=True, kw_only=True)
class Portable:
    """A portable file, read and checked: every word in it, private topics too."""

    answers: tuple[SheetAnswer, ...]
    full_name: str = ""
    photo: WholePhoto | None = None
    photos: Mapping[str, PhotoBeside] = field(default_factory=dict)  # beside answers, by topic
    helped_by: tuple[str, ...] = ()
    updated_on: date | None = None
    language: str = "en"
    notes: tuple[str, ...] = ()  # what could not be used, in sentences; never any words

    @property
    def stays_behind(self) -> bool:
        """Is there something in it that a page does not take?"""
        return bool(self.full_name or self.helped_by or self.notes)


def take_in_beside(data: bytes) -> bytes:
    """The photo as we keep it beside an answer."""
    return take_in(data, BESIDE)


def read(
    file: bytes | Mapping[str, Any],
    *,
    take_in: Callable[[bytes], bytes] = take_in,
    take_in_beside: Callable[[bytes], bytes] = take_in_beside,
) -> Portable:
    """A portable file, checked. Raises NotAProfile with a sentence that names the place.

    `take_in` decodes the photo, and `take_in_beside` those beside answers. On the web those are
    worker processes: it is a stranger's file.
    """
    data = checked(parsed(file) if isinstance(file, bytes) else file)
    person = data.get("person", {})
    language = data.get("language", "en")
    answers, notes = _said(data["answers"], language)
    answers, full_name = _with_name(answers, person, language)
    return Portable(
        answers=answers,
        full_name=full_name,
        photo=_photo(data.get("photo"), person, take_in),
        photos=dict(_beside(data["answers"], take_in_beside)),
        helped_by=tuple(_helpers(data.get("helped_by", []))),
        updated_on=date.fromisoformat(data["updated_on"]) if "updated_on" in data else None,
        language=language,
        notes=notes,
    )


def to_sheet(
    portable: Portable, *, layout: Layout, made_on: date, topics: Collection[str] | None = None
) -> Sheet:
    """The page made from a portable file.

    With no topics named, those that are private are left out. With some named, only those are
    shown, and the name, which every page has.
    """
    known = load()
    shown = (
        {said.topic for said in portable.answers if not is_private(said)}
        if topics is None
        else {"call_me", *topics}
    )
    return build(
        answers=[
            replace(said, photo=_on_sheet(portable.photos.get(said.topic)))
            for said in portable.answers
            if said.topic in shown
        ],
        layout=layout,
        topics=known,
        made_on=made_on,
        photo=portable.photo.cropped if portable.photo else None,
        full_name=portable.full_name,
        updated_on=portable.updated_on,
        language=portable.language,
        helped_by=portable.helped_by,
    )


def is_private(said: SheetAnswer) -> bool:
    """Does its person keep this answer, or does its topic start private?"""
    return said.only_me or load().topic(said.topic).starts_private


def with_small_photo(data: Mapping[str, Any], portable: Portable) -> str:
    """The file's text again, with its photos as we keep them: short enough to send along."""
    answers = [
        {**answer, "photo": _small(answer["photo"], photo.sent, photo.whole, BESIDE_BYTES)}
        if "photo" in answer and (photo := portable.photos.get(answer["topic"]))
        else answer
        for answer in data["answers"]
    ]
    data = {**data, "answers": answers}
    if portable.photo is None:
        return json.dumps(data)
    portrait = _small(data["photo"], portable.photo.sent, portable.photo.data, KEPT_BYTES)
    return json.dumps({**data, "photo": portrait})


def _small(
    photo: Mapping[str, str], sent: bytes, taken_in: bytes, most_bytes: int
) -> Mapping[str, str]:
    """A photo to send along. One that is small stays as it is: to be known again as what stands on
    the page, and not to be drawn anew twice.
    """
    if len(sent) <= most_bytes:
        return photo
    return {**photo, "media_type": "image/jpeg", "data": base64.b64encode(taken_in).decode()}


def _said(
    answers: list[dict[str, Any]], language: str
) -> tuple[tuple[SheetAnswer, ...], tuple[str, ...]]:
    said, notes = [], []
    for number, answer in enumerate(answers, start=1):
        name = answer.get("picture")
        picture = _picture(name)
        if name and not picture:
            # Pictures only repeat the words, so a name from elsewhere is no reason to refuse them.
            notes.append(f"answers, number {number}, picture: we do not have that picture.")
        if "photo" in answer and answer["topic"] == CALL_ME:
            notes.append(f"answers, number {number}, photo: beside a name stands the photo of you.")
        by = _one_line(answer.get("said_by", ""))
        said.append(
            SheetAnswer(
                topic=answer["topic"],
                text=answer["text"],
                picture=picture,
                said_by="" if by == "me" else by,
                language=answer.get("language", language),
                only_me=answer.get("only_me", False),
            )
        )
    return tuple(said), tuple(notes)


def _picture(name: str | None) -> str | None:
    """The picture's code; "" for no picture, and None for the topic's own."""
    if not name or name in pictures():
        return name
    try:
        return named(name)
    except KeyError:
        return None


def _with_name(
    answers: tuple[SheetAnswer, ...], person: Mapping[str, str], language: str
) -> tuple[tuple[SheetAnswer, ...], str]:
    """The answers with the name first in "call me", and the full name if it is another one."""
    full_name = _one_line(person.get("name", ""))
    name = _one_line(person.get("call_me", ""))
    told = {said.topic: said for said in answers}
    call_me = told.pop("call_me", SheetAnswer(topic="call_me", text="", language=language))
    lines = [line.strip() for line in call_me.text.splitlines() if line.strip()]
    # A line is compared as a name is read: with what we leave out of one, it is no other name.
    stand = {"", *map(_one_line, (name_in(lines), *lines))}
    if name not in stand:
        lines.insert(0, name)
    lines = lines or [full_name]
    call_me = replace(call_me, text="\n".join(lines))
    return (call_me, *told.values()), "" if full_name in {*stand, *lines} else full_name


def _photo(
    photo: Mapping[str, str] | None,
    person: Mapping[str, str],
    take_in: Callable[[bytes], bytes],
) -> WholePhoto | None:
    if photo is None:
        return None
    sent = _bytes(photo, ("photo",))
    data = _taken_in(sent, ("photo",), take_in)
    name = name_in([_one_line(person.get("call_me", "") or person.get("name", ""))])
    alt = _one_line(photo.get("alt", ""))
    alt = alt or (f"A photo of {name}" if name else "A photo of me")
    return WholePhoto(data=data, alt=alt, sent=sent)


def _beside(
    answers: list[dict[str, Any]], take_in: Callable[[bytes], bytes]
) -> Iterator[tuple[str, PhotoBeside]]:
    """The photos beside answers, each with its topic. What it shows has to be said in words."""
    for number, answer in enumerate(answers):
        photo, place = answer.get("photo"), ("answers", number, "photo")
        if photo is None or answer["topic"] == CALL_ME:
            continue
        if not (alt := _one_line(photo["alt"])):
            refuse((*place, "alt"), "this is empty")
        sent = _bytes(photo, place)
        whole = _taken_in(sent, place, take_in)
        yield answer["topic"], PhotoBeside(whole=whole, alt=alt, sent=sent)


def _bytes(photo: Mapping[str, str], place: Place) -> bytes:
    try:
        return base64.b64decode("".join(photo["data"].split()), validate=True)
    except (binascii.Error, ValueError):
        refuse((*place, "data"), "this is not base64, so we cannot read the photo")


def _taken_in(sent: bytes, place: Place, take_in: Callable[[bytes], bytes]) -> bytes:
    try:
        return take_in(sent)
    except PhotoRefused as refused:
        refuse((*place, "data"), str(refused))


def _on_sheet(photo: PhotoBeside | None) -> SheetPhoto | None:
    return SheetPhoto(data=photo.data, alt=photo.alt) if photo else None


def _helpers(helpers: list[dict[str, str]]) -> Iterator[str]:
    for helper in helpers:
        name, role = _one_line(helper["name"]), _one_line(helper.get("role", ""))
        if name or role:
            yield f"{name} ({role})" if name and role else name or role


def _one_line(text: str) -> str:
    """A name on one line, without marks that would turn the words around it."""
    return " ".join(TURNING.sub("", text).split())
