"""Whom a file is about, and who had a hand in it."""

from dataclasses import dataclass
from typing import Any

from profiles.exports.fhir.codes import NHS_NUMBER, NOT_TRACED, VERIFICATION, concept
from profiles.exports.fhir.pieces import as_string, refers
from profiles.sheet.sheet import Sheet


@dataclass(frozen=True)
class Subject:
    """By what a receiver finds the person, as it was typed; "" for what was not."""

    name: str
    birth_date: str = ""  # ISO 8601
    gender: str = ""  # a code of FHIR's administrative-gender
    nhs_number: str = ""  # ten digits
    given_names: str = ""  # these two, if somebody told us which words of the name are which
    family_name: str = ""


def named_on(sheet: Sheet) -> Subject:
    """Whom a page is about, by the name that stands on it and nothing else."""
    return Subject(sheet.full_name or sheet.name)


def patient(subject: Subject) -> dict[str, Any]:
    """The person, as FHIR calls whom a record is about."""
    name = as_string(subject.name)
    given: dict[str, Any] = {
        "identifier": [_nhs_number(subject.nhs_number)] if subject.nhs_number else None,
        "name": [{"text": name} | _parts(subject)] if name else None,
        "gender": subject.gender,
        "birthDate": subject.birth_date,
    }
    return {"resourceType": "Patient", **{key: value for key, value in given.items() if value}}


def _parts(subject: Subject) -> dict[str, Any]:
    """Which words are a family's, if we were told: a guess could find somebody else."""
    given = as_string(subject.given_names).split()
    family = as_string(subject.family_name)
    return {**({"family": family} if family else {}), **({"given": given} if given else {})}


def somebody(name: str, *, person: str) -> dict[str, Any]:
    """Somebody who helped the person, or keeps their page: by what name, and whose it is."""
    return {
        "resourceType": "RelatedPerson",
        "patient": refers(person),
        "name": [{"text": as_string(name) or "Somebody"}],
    }


def _nhs_number(number: str) -> dict[str, Any]:
    return {
        "extension": [{"url": VERIFICATION, "valueCodeableConcept": concept(NOT_TRACED)}],
        "system": NHS_NUMBER,
        "value": number,
    }
