"""A share in the words of FHIR's Consent: never more than was decided, and by whom."""

import base64
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.consent import Consent

from profiles.exports.fhir.consent import consent
from profiles.sharing.receipts import EventKind
from tests.fhir import SITE, consents, make_entry, make_receipt, receipts

GOLDEN = Path(__file__).parents[1] / "golden"
CONSENTS = consents()


def words_of(data: dict[str, Any]) -> str:
    return " ".join(" ".join(ElementTree.fromstring(data["text"]["div"]).itertext()).split())


def test_a_share_reads_as_it_always_has():
    golden = json.loads((GOLDEN / "consent.fhir.json").read_text(encoding="utf-8"))
    assert CONSENTS["all of it"] == golden


@pytest.mark.parametrize("name", CONSENTS)
def test_every_consent_is_r4_and_names_its_person_and_its_words(name):
    data = CONSENTS[name]
    Consent.model_validate(data)
    assert data["patient"] and data["policyRule"]["text"]  # FHIR's rules ppc-1 and ppc-2
    assert data["contained"][0]["target"] == [{"reference": "#"}]
    assert len(data["contained"]) == len(receipts()[name].entries)


def test_it_is_active_while_something_is_shown():
    active = {name for name, data in CONSENTS.items() if data["status"] == "active"}
    assert active == {"given", "for them", "kept", "kept on", "hostile"}
    assert {data["status"] for data in CONSENTS.values()} == {"active", "inactive"}


def test_it_permits_one_reader_what_was_agreed_until_the_day():
    provision = CONSENTS["given"]["provision"]
    assert provision["type"] == "permit"
    [actor] = provision["actor"]
    assert actor["reference"] == {"display": "Ward 4"}
    assert [each["coding"][0]["code"] for each in provision["code"]] == [
        "call_me", "important", "calm", "photo",
    ]  # fmt: skip
    assert [each["coding"][0]["code"] for each in provision["action"]] == ["access", "collect"]
    assert provision["period"] == {
        "start": "2026-11-23T10:30:00+00:00",
        "end": "2027-02-21T10:30:00+00:00",
    }


def test_what_stands_last_in_the_ledger_counts():
    less = make_entry(EventKind.CHANGED, 1, topics=("calm",), wording="", with_photo=False)
    data = consent(make_receipt(make_entry(EventKind.GIVEN), less), site=SITE)
    assert [each["text"] for each in data["provision"]["code"]] == ["What helps me feel calm"]
    assert data["dateTime"] == "2026-11-23T10:30:00+00:00"  # of the yes


def test_whoever_may_only_look_may_not_keep_it():
    data = consent(make_receipt(make_entry(EventKind.GIVEN, may_print=False)), site=SITE)
    assert [each["coding"][0]["code"] for each in data["provision"]["action"]] == ["access"]


@pytest.mark.parametrize("end", [EventKind.WITHDRAWN, EventKind.EXPIRED])
def test_what_is_over_is_over_for_ever(end):
    entries = [make_entry(EventKind.GIVEN), make_entry(end, 1), make_entry(EventKind.RESUMED, 2)]
    assert consent(make_receipt(*entries), site=SITE)["status"] == "inactive"


def test_a_share_that_was_stopped_ended_then():
    assert CONSENTS["all of it"]["provision"]["period"]["end"] == "2026-11-27T10:30:00+00:00"


def test_the_words_that_were_shown_are_in_it_as_they_were():
    shown = CONSENTS["given"]["sourceAttachment"]
    assert base64.b64decode(shown["data"]).decode() == "Ward 4 can see it.\nYou can stop."
    assert CONSENTS["given"]["policyRule"]["text"] == "Version 2 of our words, in English"


def test_the_persons_own_decision_is_theirs():
    data = consent(make_receipt(), site=SITE, subject_name="Jo Bright")
    assert data["performer"] == [data["patient"]]
    assert data["patient"]["display"] == "Jo Bright"
    assert data["verification"][0]["verified"] is True
    assert data["category"][1] == {"text": "explicit consent"}


@pytest.mark.parametrize("name, by", [("for them", "Dr Rees"), ("kept", "Rosa")])
def test_what_was_decided_for_somebody_is_never_their_consent(name, by):
    data = CONSENTS[name]
    assert data["performer"] == [{"display": by}]
    assert data["verification"] == [{"verified": False}]
    assert data["category"][1] == {"text": "decision made for the person"}
    codes_alone = {"CodeSystem/consentscope", "CodeSystem/consentaction"}
    said = json.dumps({key: value for key, value in data.items() if key != "resourceType"})
    for code in codes_alone:
        said = said.replace(code, "")
    assert "consent" not in said.lower()


def test_it_is_the_persons_own_once_they_keep_it_on():
    data = CONSENTS["kept on"]
    assert data["performer"] == [data["patient"]]
    who = [each["agent"][0]["who"]["display"] for each in data["contained"]]
    assert who == ["Rosa", "The people who run this site", "The person this page is about"]


def test_the_whole_ledger_can_be_read_in_it():
    said = words_of(CONSENTS["all of it"])
    for entry in receipts()["all of it"].entries:
        assert entry.sentence in said
    assert "I decided, with help from Dee <b>." in said
    assert "You can stop." in said


def test_hostile_names_stay_words():
    data = CONSENTS["hostile"]
    assert "<b>loud</b> & <script>" in words_of(data)
    assert "\x07" not in json.dumps(data, ensure_ascii=False)
    assert data["provision"]["actor"][0]["reference"]["display"] == "a bell and a nothing"
