"""The page as its person sees it, and as it comes out on paper."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_page, say
from tests.pdf.reading import text_of

pytestmark = pytest.mark.django_db
PAGE, PDF = reverse("door:page"), reverse("door:page_pdf")
TXT, JSON = reverse("exports:page_txt"), reverse("exports:page_json")


def test_it_shows_each_line_with_a_way_to_change_it(anas_browser):
    page = anas_browser.get(PAGE).content.decode()
    assert "Tea first." in page
    assert reverse("writing:write", args=["matters", "important"]) in page


def test_every_format_shows_what_is_on_the_page_and_nothing_kept_back(anas_browser, anas_page):
    say(anas_page, "health", "CNRY-health", only_me=True)
    for address in [PAGE, TXT, JSON]:
        content = anas_browser.get(address).content.decode()
        assert "Tea first." in content
        assert "CNRY-health" not in content


def test_what_is_kept_back_is_named_to_its_person(anas_browser, anas_page):
    say(anas_page, "health", "CNRY-health", only_me=True)
    page = anas_browser.get(PAGE).content.decode()
    assert "Kept off the page" in page


def test_everything_can_be_taken(visitor, visitors_page):
    say(visitors_page, "health", "CNRY-health", only_me=True)
    answer = visitor.get(reverse("exports:everything"))
    assert [said["topic"] for said in answer.json()["answers"] if "only_me" in said] == ["health"]
    assert "CNRY-health" in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]


def test_the_pdf_is_a_pdf(anas_browser):
    answer = anas_browser.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_whoever_drew_the_pictures_is_named_once_where_there_are_any(anas_browser, anas_page):
    credit = "Pictures: OpenMoji, CC BY-SA 4.0"
    assert credit not in anas_browser.get(PAGE).content.decode()
    say(anas_page, "sleep", "Light on.", picture="1F319")
    assert anas_browser.get(PAGE).content.decode().count(credit) == 1
    assert " ".join(text_of(anas_browser.get(PDF).content).split()).count(credit) == 1


def test_a_page_that_is_too_long_is_refused_and_the_longest_answers_are_named(
    visitor, visitors_page
):
    for topic in ["important", "story", "people", "communicate", "calm"]:
        say(visitors_page, topic, "This is what I would like you to know about me.\n" * 40)
    answer = visitor.get(PDF)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "lines too long" in page
    assert reverse("writing:write", args=["matters", "story"]) in page


def test_a_question_says_as_much_of_the_room_as_the_page(visitor, visitors_page):
    for lines in (8, 60):
        say(visitors_page, "sleep", "Hall light on, and the door open.\n" * lines)
        said = re.compile(r"Your page is (?:\d+ lines too long|[^<.]+\. There is room)[^<]*")
        [on_page] = said.findall(visitor.get(PAGE).content.decode())
        for question in ("sleep", "calm"):
            address = reverse("writing:write", args=["help", question])
            assert said.findall(visitor.get(address).content.decode()) == [on_page], question


def test_letters_that_no_font_has_are_told_before_they_are_printed_as_boxes(visitor, visitors_page):
    say(visitors_page, "story", "A letter of my own: \U000f0000")
    page = visitor.get(PDF).content.decode()
    assert "Some letters cannot be printed" in page
    assert "\U000f0000" in page
    assert reverse("writing:write", args=["matters", "story"]) in page
    assert visitor.get(PDF, {"anyway": "yes"}).content.startswith(b"%PDF-")


def test_an_empty_page_says_so_and_leads_on(client, db):
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    assert "nothing on this page yet" in client.get(PAGE).content.decode()
    assert client.get(PDF).status_code == 200


@pytest.mark.parametrize("address", [PAGE, PDF, TXT, JSON])
def test_nobody_else_sees_it(address, dees_browser, dee, anas_page, client):
    make_page(dee, call_me="Dee")
    assert b"Tea first." not in dees_browser.get(address).content
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, PDF, TXT, JSON])
def test_it_is_kept_by_no_cache_and_the_wrong_method_is_refused(address, anas_browser):
    assert "no-store" in anas_browser.get(address)["Cache-Control"]
    assert anas_browser.post(address).status_code == 405
