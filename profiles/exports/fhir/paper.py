"""The PDF of a page, as FHIR keeps a document."""

import base64
from datetime import datetime
from typing import Any, Final

from profiles.exports.fhir.codes import (
    BY_PERSON,
    BY_SOMEBODY,
    PATIENT_NOTE,
    PATIENT_SHARED,
    Coded,
    concept,
)
from profiles.exports.fhir.pieces import as_string, moment, refers
from profiles.sheet.sheet import Sheet

TITLE: Final = "A page about me"
FILE_NAME: Final = f"{TITLE}.pdf"  # some receivers save it under its title as it stands
WHAT_IT_IS: Final = "Who I am, what matters to me, and how to help me well."


def paper(
    sheet: Sheet, pdf: bytes, *, made_at: datetime, person: str, keeper: str = ""
) -> dict[str, Any]:
    """The page on paper, of the person and the keeper with these names.

    The person is an author of it always: receivers ask for that. A keeper is named beside them.
    """
    return {
        "resourceType": "DocumentReference",
        "meta": {"security": asserted(by_keeper=bool(keeper))},
        "status": "current",
        "type": concept(PATIENT_NOTE),
        "category": [concept(PATIENT_SHARED)],
        "subject": refers(person),
        "date": moment(made_at),
        "author": [refers(person), *([refers(keeper)] if keeper else [])],
        "description": _description(sheet),
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    "language": sheet.page_language,
                    "data": base64.b64encode(pdf).decode(),
                    "title": FILE_NAME,
                }
            }
        ],
    }


def asserted(*, by_keeper: bool) -> list[Coded]:
    """By whom it was told, and that nobody else has said it is so."""
    return [BY_PERSON, *([BY_SOMEBODY] if by_keeper else [])]


def _description(sheet: Sheet) -> str:
    """What the page is; and whose words most of it is in, where they are somebody else's."""
    return f"{WHAT_IT_IS} {as_string(sheet.voice.sentence)}" if sheet.voice else WHAT_IT_IS
