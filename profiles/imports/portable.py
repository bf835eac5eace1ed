"""Reads a portable file, tell-it-once/1, and makes a page of it."""

import base64
import binascii
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from profiles.core.form_fields import TURNING
from profiles.core.names import name_in
from profiles.imports.checking import checked, parsed, refuse
from profiles.photos.images import Crop, PhotoRefused, crop, take_in
from profiles.sheet.build import build
from profiles.sheet.layouts import Layout
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load
from profiles.topics.pictures import named, pictures


@dataclass(frozen=True, kw_only=True)
class WholePhoto:
    """A photo from a file as we would keep it, upright and small, and not cropped yet."""

    data: bytes
    alt: str

    @property
    def cropped(self) -> SheetPhoto:
        """The middle of it, as it stands on a page."""
        return SheetPhoto(data=crop(self.data, Crop.MIDDLE), alt=self.alt)


@dataclass(frozen=True, kw_only=True)
class Portable:
    """A portable file, read and checked: every word in it, private topics too."""

    answers: tuple[SheetAnswer, ...]
    full_name: str = ""
    photo: WholePhoto | None = None
    helped_by: tuple[str, ...] = ()
    updated_on: date | None = None
    language: str = "en"
    notes: tuple[str, ...] = ()  # what could not be used, in sentences; never any words


def read(
    file: bytes | Mapping[str, Any], *, take_in: Callable[[bytes], bytes] = take_in
) -> Portable:
    """A portable file, checked. Raises NotAProfile with a sentence that names the place.

    `take_in` decodes the photo. On the web that is a worker process: it is a stranger's file.
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
        helped_by=tuple(_helpers(data.get("helped_by", []))),
        updated_on=date.fromisoformat(data["updated_on"]) if "updated_on" in data else None,
        language=language,
        notes=notes,
    )


def to_sheet(
    portable: Portable, *, layout: Layout, made_on: date, topics: Collection[str] | None = None
) -> Sheet:
    """The page made from a portable file.

    With no topics named, the ones that start private are left out. With some named, only those
    are shown, and the name, which every page has.
    """
    known = load()
    if topics is None:
        shown = {key for key, topic in known.by_key.items() if not topic.starts_private}
    else:
        shown = {"call_me", *topics}
    return build(
        answers=[said for said in portable.answers if said.topic in shown],
        layout=layout,
        topics=known,
        made_on=made_on,
        photo=portable.photo.cropped if portable.photo else None,
        full_name=portable.full_name,
        updated_on=portable.updated_on,
        language=portable.language,
        helped_by=portable.helped_by,
    )


def with_small_photo(data: Mapping[str, Any], portable: Portable) -> str:
    """The file's text again, with its photo as we keep it: short enough to send along."""
    if portable.photo is None:
        return json.dumps(data)
    small = base64.b64encode(portable.photo.data).decode()
    photo = {"media_type": "image/jpeg", "data": small, "alt": portable.photo.alt}
    return json.dumps({**data, "photo": photo})


def _said(
    answers: list[dict[str, str]], language: str
) -> tuple[tuple[SheetAnswer, ...], tuple[str, ...]]:
    said, notes = [], []
    for number, answer in enumerate(answers, start=1):
        name = answer.get("picture")
        picture = _picture(name)
        if name and not picture:
            # Pictures only repeat the words, so a name from elsewhere is no reason to refuse them.
            notes.append(f"answers, number {number}, picture: we do not have that picture.")
        by = _one_line(answer.get("said_by", ""))
        said.append(
            SheetAnswer(
                topic=answer["topic"],
                text=answer["text"],
                picture=picture,
                said_by="" if by == "me" else by,
                language=answer.get("language", language),
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
    if name not in ("", name_in(lines), *lines):
        lines.insert(0, name)
    lines = lines or [full_name]
    call_me = replace(call_me, text="\n".join(lines))
    return (call_me, *told.values()), "" if full_name in lines else full_name


def _photo(
    photo: Mapping[str, str] | None,
    person: Mapping[str, str],
    take_in: Callable[[bytes], bytes],
) -> WholePhoto | None:
    if photo is None:
        return None
    try:
        data = take_in(base64.b64decode("".join(photo["data"].split()), validate=True))
    except binascii.Error:
        refuse(("photo", "data"), "this is not base64, so we cannot read the photo")
    except PhotoRefused as refused:
        refuse(("photo", "data"), str(refused))
    name = name_in([_one_line(person.get("call_me", "") or person.get("name", ""))])
    alt = _one_line(photo.get("alt", ""))
    return WholePhoto(data=data, alt=alt or (f"A photo of {name}" if name else "A photo of me"))


def _helpers(helpers: list[dict[str, str]]) -> Iterator[str]:
    for helper in helpers:
        name, role = _one_line(helper["name"]), _one_line(helper.get("role", ""))
        if name or role:
            yield f"{name} ({role})" if name and role else name or role


def _one_line(text: str) -> str:
    """A name on one line, without marks that would turn the words around it."""
    return " ".join(TURNING.sub("", text).split())
