"""The page as a FHIR document: every word that is shown, where it belongs, and no other."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.bundle import Bundle

from profiles.exports.fhir.document import document
from profiles.exports.fhir.pieces import without_controls
from profiles.exports.fhir.subject import Subject, named_on
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto, Stamp
from profiles.topics.prsb import SECTIONS
from tests.exports.fhir.reading import by_kind, one
from tests.fhir import MADE_AT, PDF, bundles, sheets
from tests.imports.pages import JOS_PHOTO, make_sheet

GOLDEN = Path(__file__).parents[1] / "golden"
BUNDLES = bundles()
# What FHIR lets stand in its XHTML, and its attributes, of all that we use.
TAGS = {"div", "p", "b", "h2", "h3", "ul", "li", "span"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IN_XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = {f"{IN_XHTML}{tag}" for tag in ("p", "h2", "h3", "li")}


def make(sheet: Sheet, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"pdf": PDF, "made_at": MADE_AT, "about": "a-share"} | changes
    return document(sheet, given.pop("subject", named_on(sheet)), **given)


def story(bundle: dict[str, Any]) -> dict[str, Any]:
    [section] = one(bundle, "Composition")["section"]
    return section


def read(section: dict[str, Any]) -> ElementTree.Element:
    assert section["text"]["status"] == "generated"
    return ElementTree.fromstring(section["text"]["div"])


def words(section: dict[str, Any]) -> str:
    blocks = ("".join(block.itertext()) for block in read(section).iter() if block.tag in BLOCKS)
    return " ".join(" ".join(blocks).split())


def everything(bundle: dict[str, Any]) -> str:
    whole = story(bundle)
    return " ".join(words(each) for each in (whole, *whole.get("section", ())))


def test_jos_document_is_as_it_always_has_been():
    bundle = make(make_sheet(photo=JOS_PHOTO), subject=Subject("Jo Bright", "1956-03-04"))
    golden = json.loads((GOLDEN / "jo.fhir.json").read_text(encoding="utf-8"))
    assert bundle == golden


@pytest.mark.parametrize("name", BUNDLES)
def test_every_bundle_is_r4_and_whole(name):
    bundle = BUNDLES[name]
    Bundle.model_validate(bundle)
    names = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(names)) == len(names)
    data = json.dumps(bundle)
    assert data.count('"reference": "urn:uuid:') == data.count('"reference": ')
    told = {value["reference"] for value in _all(bundle) if isinstance(value.get("reference"), str)}
    assert told <= set(names)
    if bundle["type"] == "document":  # nothing in it that its words do not lead to
        assert set(names) - told == {names[0]}
    assert '"profile"' not in data and '"id"' not in data


def _all(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(each for part in value.values() for each in _all(part))]
    return [each for part in value for each in _all(part)] if isinstance(value, list) else []


def test_the_composition_comes_first_and_says_what_it_is():
    bundle = make(make_sheet())
    first = bundle["entry"][0]["resource"]
    assert first["resourceType"] == "Composition"
    assert first["status"] == "final"
    assert first["type"]["coding"][0]["code"] == "51855-5"
    assert story(bundle)["code"]["coding"][0]["code"] == "81338-6"
    assert bundle["identifier"]["value"] != first["identifier"]["value"]


def test_each_heading_of_the_standard_stands_once_in_its_order_with_its_code():
    parts = story(make(sheets()["every topic"]))["section"]
    assert [(p["title"], p["code"]["coding"][0]["code"]) for p in parts] == [*SECTIONS.values()]
    assert {p["code"]["coding"][0]["system"] for p in parts} == {"http://snomed.info/sct"}


def test_a_heading_with_nothing_under_it_is_not_there():
    parts = story(make(make_sheet(SheetAnswer(topic="calm", text="Sit."))))["section"]
    assert [part["title"] for part in parts] == ["My wellness"]


def test_an_empty_page_is_a_document_that_says_so():
    bundle = make(sheets()["empty"], pdf=None)
    assert "section" not in story(bundle) and "entry" not in story(bundle)
    assert "Nothing is written on this page yet." in words(story(bundle))
    assert one(bundle, "Patient") == {"resourceType": "Patient"}


@pytest.mark.parametrize("name", sheets())
def test_every_word_is_in_it_as_it_was_typed_and_none_is_markup(name):
    sheet = sheets()[name]
    whole = story(make(sheet))
    said = everything(make(sheet))
    for word in sheet.words():
        assert without_controls(word) in said
    for section in (whole, *whole.get("section", ())):
        for element in read(section).iter():
            assert element.tag.removeprefix(IN_XHTML) in TAGS
            assert {*element.attrib} <= {"lang", LANG, "dir"}


@pytest.mark.parametrize("typed", ["شاهد https://a.example/?a=1&b=<2>", "5 < 6 & 7"])
def test_what_is_set_apart_in_it_is_no_markup_either(typed):
    bundle = make(make_sheet(SheetAnswer(topic="calm", text=typed)))
    [part] = story(bundle)["section"]
    assert "<span" in part["text"]["div"] and words(part).endswith(typed)


def test_what_keeps_somebody_safe_is_read_first():
    assert "peanuts" in words(story(make(make_sheet())))
    assert "Tea first." not in words(story(make(make_sheet())))


def test_each_line_has_its_own_language_and_direction():
    parts = story(make(sheets()["urdu"]))["section"]
    marked = [
        [line.attrib[mark] for mark in ("lang", LANG, "dir")]
        for line in read(parts[0]).iter(f"{IN_XHTML}li")
    ]
    assert marked == [["ur", "ur", "rtl"], ["en", "en", "ltr"]]
    spans = [span.text for span in read(parts[0]).iter(f"{IN_XHTML}span")]
    assert "9:30" in spans


def test_whose_words_and_what_a_photo_shows_are_told():
    photo = SheetPhoto(data=b"CNRY", alt="My blue cup")
    bundle = make(
        make_sheet(SheetAnswer(topic="calm", text="Sit.", said_by="my sister Dee", photo=photo))
    )
    said = everything(bundle)
    assert "(said by my sister Dee)" in said
    assert "Photo: My blue cup" in said
    assert "CNRY" not in json.dumps(bundle)


def test_what_a_paper_says_against_trusting_it_too_long_is_told():
    sheet = make_sheet()
    assert "ask me again" not in words(story(make(sheet)))
    stamped = replace(
        sheet,
        stamp=Stamp(
            made_for="Ward 4",
            check_by=date(2027, 2, 21),
            code="7KQ3M9XT",
            where="example.org/check",
            address="https://example.org/check/7KQ3M9XT",
            qr=b"",
        ),
    )
    said = words(story(make(stamped)))
    assert "Please ask me again after 21 February 2027." in said
    assert "Is this the newest page? Type 7KQ3M9XT at example.org/check" in said


def test_who_helped_and_who_keeps_the_page_are_named_once():
    bundle = make(sheets()["told by another"], keeper="Rosa")
    helped = [each["name"][0]["text"] for each in by_kind(bundle)["RelatedPerson"]]
    assert sorted(helped) == ["Amir", "Dee", "Rosa"]
    rosa = next(
        each["fullUrl"]
        for each in bundle["entry"]
        if each["resource"].get("name") == [{"text": "Rosa"}]
    )
    composition = one(bundle, "Composition")
    assert composition["author"][1] == {"reference": rosa}
    assert [each["code"] for each in composition["meta"]["security"]] == ["PATAST", "PACQAST"]


def test_without_a_pdf_there_is_no_paper():
    assert "DocumentReference" not in by_kind(make(make_sheet(), pdf=None))


def test_a_newer_document_has_a_name_of_its_own_and_tells_of_the_same():
    def named(**changes: Any) -> tuple[str, list[str]]:
        bundle = make(make_sheet(), **changes)
        return bundle["identifier"]["value"], [each["fullUrl"] for each in bundle["entry"]]

    (first, its), (second, theirs) = named(), named(made_at=MADE_AT.replace(hour=11))
    assert first != second
    assert its == theirs


def test_nothing_tells_more_than_the_page():
    sheet = make_sheet()
    less = sheet.without({"must_know", "important"})
    said = json.dumps(make(less), ensure_ascii=False)
    assert "Tea first." not in said and "peanuts" not in said
    assert "What is most important to me" in said  # culture is still shown
    assert "must know" not in said.lower()
