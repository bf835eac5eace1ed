"""The Bundle that a clinic's computer takes, by the rules of the KTC guide, 0.10.2."""

import base64
from datetime import datetime
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from profiles.exports.fhir.collection import collection
from profiles.exports.fhir.subject import Subject
from profiles.sheet.sheet import SheetAnswer
from tests.exports.fhir.reading import MADE_AT, by_kind, one
from tests.imports.pages import make_sheet

JO = Subject("Jo Bright", "1956-03-04", "female", "9434765919")


def make(*, subject: Subject = JO, about: str = "a-share", **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"sheet": make_sheet(), "pdf": b"%PDF-1.7", "made_at": MADE_AT}
    given |= changes
    return collection(given.pop("sheet"), subject, about=about, **given)


def test_it_is_a_collection_of_the_person_and_their_page():
    bundle = make()
    Bundle.model_validate(bundle)
    assert (bundle["type"], bundle["timestamp"]) == ("collection", "2026-11-23T10:30:00+00:00")
    assert sorted(by_kind(bundle)) == ["DocumentReference", "Patient"]
    assert all(each["fullUrl"].startswith("urn:uuid:") for each in bundle["entry"])
    assert "profile" not in str(bundle) and "'id'" not in str(bundle)


def test_the_page_is_the_persons_note_shared_by_them_with_the_pdf_in_it():
    bundle = make(pdf=b"%PDF-1.7 whole")
    person, paper = bundle["entry"][0]["fullUrl"], one(bundle, "DocumentReference")
    assert paper["status"] == "current"
    assert paper["type"]["coding"][0]["code"] == "51855-5"
    assert [each["code"] for each in paper["meta"]["security"]] == ["PATAST"]
    assert paper["category"][0]["coding"][0] == {
        "system": "https://cms.gov/fhir/CodeSystem/patient-shared-category",
        "code": "patient-shared",
        "display": "Patient-Shared",
    }
    assert paper["subject"] == {"reference": person} == paper["author"][0]
    [content] = paper["content"]
    assert content["attachment"]["contentType"] == "application/pdf"
    assert content["attachment"]["title"].endswith(".pdf")
    assert base64.b64decode(content["attachment"]["data"]) == b"%PDF-1.7 whole"


def test_where_somebody_else_said_most_of_it_a_list_of_papers_says_so():
    theirs = (
        SheetAnswer(topic=t, text="Tea.", said_by="my sister Dee") for t in ("calm", "people")
    )
    said = [
        one(make(**with_it), "DocumentReference")["description"]
        for with_it in ({}, {"sheet": make_sheet(*theirs)})
    ]
    assert "Written by" not in said[0]
    assert said[1].endswith("how to help me well. Written by my sister Dee.")


def test_the_parts_of_a_name_are_told_where_somebody_said_which_they_are():
    subject = Subject("Ana María Ruiz", given_names="Ana  María", family_name="Ruiz")
    assert one(make(subject=subject), "Patient")["name"] == [
        {"text": "Ana María Ruiz", "family": "Ruiz", "given": ["Ana", "María"]}
    ]
    [only] = one(make(subject=Subject("Teller", family_name="Teller")), "Patient")["name"]
    assert only == {"text": "Teller", "family": "Teller"}


def test_the_person_is_found_by_what_was_typed():
    person = one(make(), "Patient")
    assert person["name"] == [{"text": "Jo Bright"}]
    assert (person["birthDate"], person["gender"]) == ("1956-03-04", "female")
    [number] = person["identifier"]
    assert (number["system"], number["value"]) == (
        "https://fhir.nhs.uk/Id/nhs-number",
        "9434765919",
    )
    [status] = number["extension"][0]["valueCodeableConcept"]["coding"]
    assert status["code"] == "02"


def test_what_was_not_typed_is_not_there():
    person = one(make(subject=Subject("Jo")), "Patient")
    assert person == {"resourceType": "Patient", "name": [{"text": "Jo"}]}


def test_whoever_keeps_the_page_is_an_author_beside_the_person():
    bundle = make(keeper="Rosa")
    Bundle.model_validate(bundle)
    paper, keeper = one(bundle, "DocumentReference"), one(bundle, "RelatedPerson")
    assert keeper["name"] == [{"text": "Rosa"}]
    named = [each["fullUrl"] for each in bundle["entry"]]
    assert [each["reference"] for each in paper["author"]] == named[:2]
    assert keeper["patient"]["reference"] == named[0]
    assert [each["code"] for each in paper["meta"]["security"]] == ["PATAST", "PACQAST"]


def test_a_newer_answer_has_the_same_names_and_another_share_has_others():
    def names(**changes: Any) -> set[str]:
        return {each["fullUrl"] for each in make(**changes)["entry"]}

    later = MADE_AT.replace(hour=23)
    assert names() == names(pdf=b"%PDF newer", made_at=later, subject=Subject("J"))
    assert not names() & names(about="another")


@pytest.mark.parametrize(
    "name", ["Zoë\u00a0\u2003Łuk\x07asz\x00", "أميرة", "<b>&</b>\n", "W" * 500]
)
def test_hostile_names_are_strings_that_fhir_may_hold(name):
    bundle = make(subject=Subject(name), keeper=name)
    Bundle.model_validate(bundle)
    said = one(bundle, "Patient")["name"][0]["text"]
    assert said == " ".join(name.replace("\x07", "").replace("\x00", "").split())


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        make(made_at=datetime(2026, 11, 23))
