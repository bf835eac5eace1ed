"""What every FHIR file is made of: names, references, moments, and words that it may hold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

# All names in our files grow from this one. It was drawn once, and is for ever.
_ROOT: Final = UUID("5b5f5f0e-4f0c-4c4e-9d1b-6a6c2f1f7a3d")

Resource = Mapping[str, Any]


def urn(about: str, *what: str) -> str:
    """The name of one thing in what is told about this; always the same for the same."""
    return uuid5(_ROOT, "/".join((about, *what))).urn


def refers(name: str) -> dict[str, str]:
    """A reference to what bears this name."""
    return {"reference": name}


def identifier(name: str) -> dict[str, str]:
    """The same name, where FHIR asks what something is called."""
    return {"system": "urn:ietf:rfc:3986", "value": name}


def entries(resources: Mapping[str, Resource]) -> list[dict[str, Any]]:
    """Resources by their names, as the entries of a Bundle."""
    return [{"fullUrl": name, "resource": resource} for name, resource in resources.items()]


def moment(at: datetime) -> str:
    """A moment as FHIR writes it. ValueError without a time zone: it would be no moment."""
    if at.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return at.isoformat(timespec="seconds")


def as_string(words: str) -> str:
    """Somebody's words as a FHIR string on one line. It knows no space but the space."""
    return " ".join(without_controls(words).split())


def without_controls(words: str) -> str:
    """Words without the characters that neither XML nor a FHIR string may hold."""
    return "".join(filter(_may_stand, words))


def _may_stand(letter: str) -> bool:
    if letter < " ":
        return letter in "\t\n\r"
    return not ("\x7f" <= letter <= "\x9f" or "\ud800" <= letter <= "\udfff") and letter not in {
        "\ufffe",
        "\uffff",
    }
