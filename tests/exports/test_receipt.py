"""Receipts: everything that was decided, word for word, as a page, on paper and as data."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from fhir.resources.R4B.consent import Consent
from jsonschema import Draft202012Validator, FormatChecker
from pytest_django.asserts import assertContains

from profiles.exports.receipt import as_data
from profiles.sharing import actions, new_actions
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.ledger import record
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import EventKind, receipt_for
from profiles.sharing.wording import read, wording_for
from tests.factories import I_DECIDED, begin_share, make_page, make_share, say
from tests.fhir import SITE, make_entry, make_receipt
from tests.pdf.reading import opened
from tests.verapdf import validate

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SCHEMA = Path(__file__).parents[2] / "profiles/exports/schema/consent-receipt-1.json"
FOR_ME = Decided(
    mode=Mode.FOR_ME, authority="best_interests", decided_by="Dr Rees", asked="Amir",
    person_showed="She smiled", can_object="She turns away",
)  # fmt: skip


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    say(anas_page, "health", "CNRY-health", only_me=True)
    return make_share(anas_page, topics=["important", "health"], with_photo=True)


def data_of(share: Share) -> dict:
    return as_data(receipt_for(share), site="https://example.org", contact="hello@example.org")


def problems(data: dict) -> list[str]:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(data)]


def live(ana, share) -> Share:
    """A share with everything in its ledger that can be there."""
    chosen = {"topics": ["important"], "with_photo": False, "may_print": False}
    share = actions.change_what(
        share=share,
        by=ana,
        decided=Decided(mode=Mode.HELPED, helper="Dee", help=("read",), shown="said"),
        shown=actions.if_changed(share, **chosen).fingerprint,
        **chosen,
    )
    ends = timezone.now() + timedelta(days=30)
    shown = actions.if_ends(share, ends_at=ends).fingerprint
    actions.change_how_long(share=share, by=ana, ends_at=ends, decided=I_DECIDED, shown=shown)
    actions.pause(share=share, by=ana)
    actions.resume(share=share, by=ana)
    actions.stop(share=share, by=ana)
    record(ConsentEvent.Kind.EXPIRED, profile=share.profile, share=share, at=share.ends_at)
    return share


def test_the_data_keeps_to_the_schema(ana, share):
    assert problems(data_of(live(ana, share))) == []


def test_the_schema_is_strict(share):
    for change in ({"extra": 1}, {"events": []}, {"schema_version": "2"}):
        assert problems(data_of(share) | change)


def test_it_names_what_was_agreed_to_by_whom_until_when_and_how_to_stop(share):
    data = data_of(share)
    [processing] = data["pii_processing"]
    [purpose] = processing["purposes"]
    information = {each["pii_attribute_id"]: each for each in purpose["pii_information"]}
    assert set(information) == {"call_me", "important", "health", "photo"}
    assert information["health"]["kept_from_others"] is True
    assert information["important"]["kept_from_others"] is False
    assert purpose["withdrawal_method"] == f"https://example.org/me/sharing/{share.ref}/stop/"
    assert processing["privacy_notice"]["text"] == share.events.get().wording
    assert data["events"][0]["event_state"] == "given"
    assert data["events"][0]["validity_duration"] in {"P89D", "P90D"}


def test_every_entry_is_an_event_in_order(ana, share):
    states = [event["event_state"] for event in data_of(live(ana, share))["events"]]
    assert states == [
        "given", "reconfirmed", "reconfirmed", "paused", "resumed", "withdrawn", "expired",
    ]  # fmt: skip


def test_an_earlier_agreement_still_says_what_it_said(ana, share):
    first, second, _third = data_of(live(ana, share))["pii_processing"]
    assert len(first["purposes"][0]["pii_information"]) == 4
    assert len(second["purposes"][0]["pii_information"]) == 2
    assert first["purposes"][0]["processing_method"] == "Shown on a screen, and printed or kept"
    assert second["purposes"][0]["processing_method"] == "Shown on a screen"


def test_what_was_decided_for_somebody_is_never_consent(ana, anas_page):
    begun = begin_share(anas_page)
    share = new_actions.give(
        share=begun, by=ana, decided=FOR_ME, shown=wording_for(begun).fingerprint
    )
    actions.pause(share=share, by=ana)
    actions.stop(share=share, by=ana)
    data = data_of(share)
    assert "consent" not in json.dumps(data).replace("consent-receipt", "").lower()
    assert {event["event_type"] for event in data["events"]} == {"decision made for the person"}
    assert problems(data) == []


def test_it_holds_no_word_of_the_page_and_no_key(share):
    data = json.dumps(data_of(share))
    for word in ["CNRY", "Tea first", share.key]:
        assert word not in data


def at(name: str, share: Share) -> str:
    return reverse(f"exports:{name}", kwargs={"ref": share.ref})


def test_the_page_says_it_in_words(anas_browser, ana, share):
    page = anas_browser.get(at("receipt", live(ana, share)))
    version = read("en")["version"]
    for said in [
        "You shared your page with Priya, Sunrise Home Care.",
        "I decided, with help from Dee.",
        "What you were shown:",
        "You can stop at any time.",
        "You stopped sharing with Priya, Sunrise Home Care.",
        f"We wrote these words in English. This is version {version} of them.",
    ]:
        assertContains(page, said)


@pytest.mark.parametrize(
    ("code", "reads", "name"),
    [("en", "en-gb", "English"), ("en-gb", "en-gb", "British English"), ("cy", "en-gb", "Welsh"),
     ("en", "cy", "Saesneg"), ("tlh", "en-gb", "tlh"), ("", "en-gb", "")],
)  # fmt: skip
def test_a_language_is_named_in_that_of_whoever_reads(code, reads, name):
    with translation.override(reads):
        assert make_entry(ConsentEvent.Kind.GIVEN, wording_language=code).language_shown == name


def test_the_file_is_the_same_data(anas_browser, share):
    answer = anas_browser.get(at("receipt_json", share))
    assert problems(json.loads(answer.content)) == []
    assert 'filename="receipt.json"' in answer["Content-Disposition"]


def test_it_is_a_file_for_health_records_too(anas_browser, ana, share):
    assert at("receipt_fhir", share) in anas_browser.get(at("receipt", share)).content.decode()
    actions.pause(share=share, by=ana)
    answer = anas_browser.get(at("receipt_fhir", share))
    assert answer["Content-Type"] == "application/fhir+json"
    assert 'filename="receipt.fhir.json"' in answer["Content-Disposition"]
    data = json.loads(answer.content)
    Consent.model_validate(data)
    assert data["status"] == "inactive"
    assert [each["activity"]["text"] for each in data["contained"]] == [
        row.sentence for row in receipt_for(share).entries
    ]
    assert {each["coding"][0]["code"] for each in data["provision"]["code"]} == {
        "call_me", "important", "health", "photo",
    }  # fmt: skip
    for word in ["CNRY", "Tea first", share.key]:
        assert word not in answer.content.decode()


def test_no_file_says_that_what_was_taken_back_may_be_seen(anas_browser, ana, anas_page):
    say(anas_page, "health", "Epilepsy.")
    share = make_share(anas_page, topics=["health", "important"])
    say(anas_page, "health", "Epilepsy.", only_me=True)
    ends = timezone.now() + timedelta(days=30)
    shown = actions.if_ends(share, ends_at=ends).fingerprint
    actions.change_how_long(share=share, by=ana, ends_at=ends, decided=I_DECIDED, shown=shown)
    before, now = (
        {each["pii_attribute_id"] for each in yes["purposes"][0]["pii_information"]}
        for yes in data_of(share)["pii_processing"]
    )
    assert before == {"call_me", "health", "important"}
    assert now == {"call_me", "important"}
    data = json.loads(anas_browser.get(at("receipt_fhir", share)).content)
    assert {each["coding"][0]["code"] for each in data["provision"]["code"]} == now


def test_on_paper_it_is_whole_and_pdf_ua(anas_browser, ana, share):
    answer = anas_browser.get(at("receipt_pdf", live(ana, share)))
    assert answer["Content-Type"] == "application/pdf"
    with opened(answer.content) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    words = " ".join(words.split())
    for row in receipt_for(share).entries:
        assert row.sentence in words
        for sentence in row.sentences_shown:
            assert " ".join(sentence.split()) in words
    [report] = validate(answer.content)
    assert report.passed, report


@pytest.mark.parametrize("name", ["أميرة", "W" * 80, "Zoë – “Łukasz”", "<b>&</b>"])
def test_whoever_it_was_shared_with_it_can_be_printed(anas_browser, anas_page, name):
    share = make_share(anas_page, reader_name=name)
    answer = anas_browser.get(at("receipt_pdf", share))
    assert answer.status_code == 200
    [report] = validate(answer.content)
    assert report.passed, report


def test_nobody_elses_receipt_is_found(dees_browser, dee, share):
    make_page(dee, call_me="Dee")
    for name in ("receipt", "receipt_pdf", "receipt_json", "receipt_fhir"):
        assert dees_browser.get(at(name, share)).status_code == 404


def test_what_is_over_lasts_no_longer():
    receipt = make_receipt(make_entry(EventKind.GIVEN), make_entry(EventKind.EXPIRED, days=90))
    given, over = as_data(receipt, site=SITE, contact="")["events"]
    assert given["validity_duration"] == "P90D"
    assert "validity_duration" not in over
