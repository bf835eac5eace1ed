"""Editions: the words that stood on the page when it was shown."""

import pytest
from django.urls import reverse
from PIL import Image

from profiles.answers import actions, changes
from profiles.photos import actions as photo_actions
from profiles.topics.load import load
from tests.factories import make_page, say, texts
from tests.photos.photos import as_file

pytestmark = pytest.mark.django_db


def test_an_edition_is_made_only_when_the_words_have_changed():
    page = make_page(important="Tea.")
    first = actions.freeze_if_changed(page).edition
    assert actions.freeze_if_changed(page).edition == first
    say(page, "important", "Coffee.")
    assert actions.freeze_if_changed(page).edition.number == 2


def test_an_edition_keeps_the_words_that_stood_then():
    page = make_page(important="Tea.")
    first = actions.freeze_if_changed(page).edition
    say(page, "important", "Coffee.")
    actions.freeze_if_changed(page)
    assert [answer.text for answer in first.answers.all()] == ["Tea."]


def test_bringing_an_edition_back_says_it_again_and_keeps_what_came_between():
    page = make_page(important="Tea.", story="22 years on the buses.")
    first = actions.freeze_if_changed(page).edition
    say(page, "important", "Coffee.")
    say(page, "story", "")
    say(page, "people", "Dee.")
    actions.bring_back_edition(profile=page, edition=first, topics=tuple(load().by_key.values()))
    now = {answer.topic: answer.text for answer in page.answers.current()}
    assert now == {"important": "Tea.", "story": "22 years on the buses."}
    assert texts(page, "important") == ["Tea.", "Coffee.", "Tea."]


def test_bringing_an_edition_back_brings_its_photo_too():
    page = make_page(important="Tea.")
    photo_actions.add_photo(
        profile=page, whole=as_file(Image.new("RGB", (60, 80), "teal")), alt="Jo in a red hat"
    )
    first = actions.freeze_if_changed(page).edition
    photo_actions.remove_photo(profile=page)
    second = actions.freeze_if_changed(page).edition
    topics = tuple(load().by_key.values())
    actions.bring_back_edition(profile=page, edition=first, topics=topics)
    assert page.photos.newest().alt == "Jo in a red hat"
    rows = page.photos.count()
    actions.bring_back_edition(profile=page, edition=first, topics=topics)  # pressed twice
    assert page.photos.count() == rows
    actions.bring_back_edition(profile=page, edition=second, topics=topics)
    assert page.photos.newest() is None


def test_the_photo_of_an_earlier_page_is_shown_to_its_person_alone(
    anas_browser, anas_page, dees_browser
):
    photo_actions.add_photo(
        profile=anas_page, whole=as_file(Image.new("RGB", (60, 80), "teal")), alt="Ana"
    )
    actions.freeze_if_changed(anas_page)
    photo_actions.remove_photo(profile=anas_page)
    address = reverse("door:earlier_photo", args=[1])
    assert address in anas_browser.get(reverse("door:earlier", args=[1])).content.decode()
    assert anas_browser.get(address).content.startswith(b"\xff\xd8")
    assert dees_browser.get(address).status_code != 200


def test_what_changed_is_told_in_words():
    page = make_page(important="Tea.", people="Dee.")
    actions.freeze_if_changed(page)
    say(page, "important", "Coffee.")
    say(page, "people", "")
    say(page, "story", "22 years on the buses.")
    say(page, "senses", "I hear well on the left.")
    actions.freeze_if_changed(page)
    topics = load().by_key
    assert changes.by_edition(page)[0]["changes"] == [
        f"New: {topics['story'].title}; {topics['senses'].title}",
        f"Changed: {topics['important'].title}",
        f"Taken off: {topics['people'].title}",
    ]
