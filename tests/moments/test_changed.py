"""The answer that has changed is found by one's own words."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.answers.models import Answer
from profiles.moments import changed
from profiles.moments.changed import find
from profiles.topics.load import load
from tests.factories import say

ADDRESS = reverse("moments:changed")
SAID = [
    Answer(topic="call_me", text="Ana"),
    Answer(topic="important", text="Tea first.\nThen we talk."),
    Answer(topic="washing", text="A shower in the evening. I wash myself."),
    Answer(topic="people", text="Llŷr, my brother. Café on Sundays."),
    Answer(topic="culture", text="الشاي أولا"),
    Answer(topic="interests", text="我喜欢喝茶"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tea", "important"),
        ("TEA", "important"),
        ("tea talk", "important"),
        ("showers", "washing"),
        ("show", "washing"),
        ("Llyr", "people"),
        ("cafe", "people"),
        ("“Café”", "people"),
        ("الشاي", "culture"),
        ("喝茶", "interests"),
        ("brother.", "people"),
    ],
)
def test_a_word_finds_the_answer_it_stands_in(typed, found):
    said = [each.topic.key for each in find(typed, SAID) if each.words]
    assert said == [found]


@pytest.mark.parametrize("typed", ["", " ", "…", "tea shower", "zzz", "steak"])
def test_what_stands_nowhere_finds_no_answer(typed):
    assert [each for each in find(typed, SAID) if each.words] == []


def test_a_blank_topic_is_found_by_what_it_is_about_and_comes_after():
    keys = [each.topic.key for each in find("medicine", SAID)]
    assert "medicines" in keys
    found = find("talk", SAID)
    assert [bool(each.words) for each in found] == sorted(
        (bool(each.words) for each in found), reverse=True
    )


@pytest.mark.django_db
def test_the_word_stands_in_no_address_and_leads_to_the_question(anas_browser):
    page = anas_browser.post(ADDRESS, {"words": "tea"})
    assert page.status_code == 200
    here = {"part": "matters", "topic": "important"}
    assertContains(page, f'href="{reverse("writing:write", kwargs=here)}"')
    assertContains(page, "We found 1 place")
    assertNotContains(anas_browser.get(f"{ADDRESS}?words=tea"), "We found")


@pytest.mark.django_db
def test_nothing_found_says_so_and_no_word_is_asked_for_again(anas_browser):
    assertContains(anas_browser.post(ADDRESS, {"words": "zzz"}), "We found nothing with that word")
    assertContains(anas_browser.post(ADDRESS, {"words": " "}), "Type a word", status_code=422)


@pytest.mark.django_db
def test_a_topic_that_is_asked_no_more_is_found_by_what_was_said_there_alone(monkeypatch):
    known = load().by_key
    medicines = replace(known["medicines"], retired=True)
    topics = SimpleNamespace(by_key=known | {"medicines": medicines})
    monkeypatch.setattr(changed, "load", lambda: topics)
    said = Answer(topic="medicines", text="Two blue ones.")
    assert "medicines" not in [each.topic.key for each in find("medicines", [])]
    assert "medicines" in [each.topic.key for each in find("medicines", [said])]


def test_nobody_finds_the_words_of_another_page(anas_browser, visitors_page):
    say(visitors_page, "people", "Biscuit, my dog.")
    assertContains(anas_browser.post(ADDRESS, {"words": "Biscuit"}), "We found nothing")
