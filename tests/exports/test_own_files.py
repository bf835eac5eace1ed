"""One's own page as a file: as Markdown, and for health records. A person's own, or a visitor's."""

import json

import pytest
from django.urls import reverse
from fhir.resources.R4B.bundle import Bundle
from pytest_django.asserts import assertContains

from profiles.access.models import Happened
from profiles.topics.load import load
from tests.exports.fhir.reading import by_kind, one
from tests.factories import make_kept_page, put_beside, say
from tests.structure.everybody import just_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKDOWN, FHIR = reverse("exports:page_md"), reverse("exports:page_fhir")


def test_the_page_is_saved_as_markdown(anas_browser, anas_page):
    answer = anas_browser.get(MARKDOWN)
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="my-page.md"'
    assert answer.content.decode().startswith("# Hello, my name is Ana\n")


def test_the_words_are_saved_for_health_records(anas_browser, anas_page):
    put_beside(anas_page, "important", "My blue cup")
    answer = anas_browser.get(FHIR)
    assert answer["Content-Type"] == "application/fhir+json"
    assert answer["Content-Disposition"] == 'attachment; filename="my-page.fhir.json"'
    bundle = json.loads(answer.content)
    Bundle.model_validate(bundle)
    assert sorted(by_kind(bundle)) == ["Composition", "Patient"]
    assert one(bundle, "Patient")["name"] == [{"text": "Ana"}]
    assert "Photo: <span" in answer.content.decode() and "My blue cup" in answer.content.decode()


def test_a_kept_page_says_that_somebody_keeps_it(rosa):
    make_kept_page(rosa)
    bundle = json.loads(just_signed_in(rosa).get(FHIR).content)
    assert one(bundle, "RelatedPerson")["name"] == [{"text": "The person who keeps this page"}]
    assert len(one(bundle, "Composition")["author"]) == 2


@pytest.mark.parametrize("address", [MARKDOWN, FHIR, reverse("exports:page_json")])
def test_words_of_every_language_stand_in_it_as_they_are_read(anas_browser, anas_page, address):
    say(anas_page, "culture", "Dydd Gŵyl Dewi.")
    assert "Dydd Gŵyl Dewi." in anas_browser.get(address).content.decode()


@pytest.mark.parametrize("address", [MARKDOWN, FHIR])
def test_what_is_kept_to_oneself_is_in_no_file(anas_browser, anas_page, address):
    say(anas_page, "health", "CNRY-health", only_me=True)
    say(anas_page, "story", "CNRY-shown")
    said = anas_browser.get(address).content.decode()
    assert "CNRY-shown" in said
    assert "CNRY-health" not in said and load().topic("health").title not in said


@pytest.mark.parametrize(
    "address, happened", [(MARKDOWN, Happened.TOOK_TEXT), (FHIR, Happened.TOOK_DATA)]
)
def test_a_keeper_who_takes_it_along_is_written_down(rosa, address, happened):
    page = make_kept_page(rosa)
    assert just_signed_in(rosa).get(address).status_code == 200
    assert [look.happened for look in page.looks.all()] == [happened]


def test_the_page_of_copies_leads_to_both(anas_browser, anas_page):
    page = anas_browser.get(reverse("exports:copy"))
    for address in (MARKDOWN, FHIR, reverse("house:help_clinic")):
        assertContains(page, f'href="{address}"')
