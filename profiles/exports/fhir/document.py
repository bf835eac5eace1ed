"""The page as a FHIR document: its words under the headings of PRSB About Me, and its PDF.

It borrows the code of a section, "Patient Story", from the International Patient Summary. It does
not claim to be one: that has to say which problems, allergies and medicines somebody has.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from profiles.exports.fhir.codes import PATIENT_NOTE, SNOMED, STORY, coding, concept
from profiles.exports.fhir.narrative import answer, beginning, narrative
from profiles.exports.fhir.paper import TITLE, asserted, paper
from profiles.exports.fhir.pieces import Resource, entries, identifier, moment, refers, urn
from profiles.exports.fhir.subject import Subject, patient, somebody
from profiles.sheet.sheet import Sheet
from profiles.topics.load import load
from profiles.topics.prsb import SECTIONS


def document(
    sheet: Sheet,
    subject: Subject,
    *,
    pdf: bytes | None,
    made_at: datetime,
    about: str,
    keeper: str = "",
) -> dict[str, Any]:
    """The page for a receiver that keeps words. `keeper` is as in `collection`.

    The names in it are made of `about`; that of the document itself also of when it was made.
    """
    person = urn(about, "person")
    keeps = urn(about, "keeper") if keeper else ""
    resources: dict[str, Resource] = {person: patient(subject)}
    if keeps:
        resources[keeps] = somebody(keeper, person=person)
    shown = []  # what the words tell of: the PDF, and who helped
    if pdf is not None:
        shown.append(urn(about, "paper"))
        resources[shown[0]] = paper(sheet, pdf, made_at=made_at, person=person, keeper=keeps)
    for name in sheet.helped_by:
        helped = keeps if name == keeper else urn(about, "helper", name)
        shown.append(helped)
        resources.setdefault(helped, somebody(name, person=person))
    composition = {
        "resourceType": "Composition",
        "meta": {"security": asserted(by_keeper=bool(keeps))},
        "language": sheet.page_language,
        "identifier": identifier(urn(about, "document")),
        "status": "final",
        "type": concept(PATIENT_NOTE),
        "subject": refers(person),
        "date": moment(made_at),
        "author": [refers(person), *([refers(keeps)] if keeps else [])],
        "title": TITLE,
        "section": [_story(sheet, shown)],
    }
    return {
        "resourceType": "Bundle",
        "identifier": identifier(urn(about, "document", made_at.isoformat())),
        "type": "document",
        "timestamp": moment(made_at),
        "entry": entries({urn(about, "composition"): composition, **resources}),
    }


def _story(sheet: Sheet, shown: list[str]) -> dict[str, Any]:
    """All of the page: what to read first, and then part by part."""
    parts = list(_parts(sheet))
    return {
        "title": "About me",
        "code": concept(STORY),
        "text": narrative(beginning(sheet), sheet.page_language),
        **({"entry": [refers(name) for name in shown]} if shown else {}),
        **({"section": parts} if parts else {}),
    }


def _parts(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """The headings of the standard, in its order, under which something is shown."""
    topics = load()
    for number, (title, snomed) in SECTIONS.items():
        here = [each for each in sheet.entries if topics.topic(each.topic).prsb_section == number]
        if here:
            blocks = (block for entry in here for block in answer(sheet, entry))
            yield {
                "title": title,
                "code": concept(coding(SNOMED, snomed, title)),
                "text": narrative(blocks, sheet.page_language),
            }
