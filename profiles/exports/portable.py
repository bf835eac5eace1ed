"""Writes the portable file, tell-it-once/1: a page that a person can carry to another place."""

import base64
from typing import Any, Final

from profiles.sheet.sheet import Entry, Sheet, SheetPhoto
from profiles.topics.pictures import name_of

FORMAT: Final = "tell-it-once/1"
LONGEST_NAME: Final = 200  # in the file; a longer one is whole in its answer, and only there
LONGEST_ALT: Final = 300  # a longer one is made of such a name, and made anew by whoever reads it


def as_portable(sheet: Sheet) -> dict[str, Any]:
    """What stands on the page, and nothing else, as the members of a portable file."""
    person = {"name": sheet.full_name, "call_me": sheet.name}
    file: dict[str, Any] = {
        "format": FORMAT,
        "language": sheet.language,
        "person": {name: value for name, value in person.items() if 0 < len(value) <= LONGEST_NAME},
        "answers": [_answer(entry) for entry in sheet.entries],
    }
    if sheet.photo:
        file["photo"] = _photo(sheet.photo)
    if sheet.helped_by:
        file["helped_by"] = [{"name": name} for name in sheet.helped_by]
    if sheet.updated_on:
        file["updated_on"] = sheet.updated_on.isoformat()
    return file


def _answer(entry: Entry) -> dict[str, Any]:
    beside: dict[str, Any] = (
        {"photo": _photo(entry.photo)} if entry.photo else {"picture": name_of(entry.picture)}
    )
    return {
        "topic": entry.topic,
        "text": "\n".join(entry.lines),
        **beside,
        "said_by": entry.said_by or "me",
        "language": entry.language,
        **({"only_me": True} if entry.only_me else {}),
    }


def _photo(photo: SheetPhoto) -> dict[str, str]:
    data = base64.b64encode(photo.whole or photo.data).decode()
    alt = {"alt": photo.alt} if len(photo.alt) <= LONGEST_ALT else {}
    return {"media_type": "image/jpeg", "data": data, **alt}
