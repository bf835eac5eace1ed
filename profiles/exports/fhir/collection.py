"""The smallest Bundle that a receiver takes: the person, and the page as a PDF.

It is what the guide "Patient-Shared Health Documents via SMART Health Links" (KTC), 0.10.2, asks
for: a collection with one Patient, and a DocumentReference that tells their story in their words.
"""

from datetime import datetime
from typing import Any

from profiles.exports.fhir.paper import paper
from profiles.exports.fhir.pieces import Resource, entries, moment, urn
from profiles.exports.fhir.subject import Subject, patient, somebody
from profiles.sheet.sheet import Sheet


def collection(
    sheet: Sheet,
    subject: Subject,
    *,
    pdf: bytes,
    made_at: datetime,
    about: str,
    keeper: str = "",
) -> dict[str, Any]:
    """The page for a receiver. `keeper` is the name of who shared it for the person; "": they did.

    The names in it are made of `about`: a newer answer about the same has the same names.
    """
    person = urn(about, "person")
    keeps = urn(about, "keeper") if keeper else ""
    resources: dict[str, Resource] = {person: patient(subject)}
    if keeps:
        resources[keeps] = somebody(keeper, person=person)
    resources[urn(about, "paper")] = paper(sheet, pdf, made_at=made_at, person=person, keeper=keeps)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": moment(made_at),
        "entry": entries(resources),
    }
