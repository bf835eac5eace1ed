"""Writing side by side: the person's yes is kept, and without one nothing changes."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.supporters import actions
from tests.factories import say, texts

pytestmark = pytest.mark.django_db


def address(supporter, part="matters", topic="important") -> str:
    given = {"ref": supporter.ref, "part": part, "topic": topic}
    return reverse("supporters:write_together", kwargs=given)


def typed(**said):
    usual = {"words": "Rovers.", "whose": "theirs", "yes_by": "pointed", "started_from": 1}
    return usual | said


def newest(page, topic="important"):
    return page.answers.about(topic).with_profile(page)[0]


def test_the_question_comes_with_the_words_that_stand_there(sisters_browser, anas_sister):
    assertContains(sisters_browser.get(address(anas_sister)), "Then we talk.")


def test_what_the_person_said_is_hers_with_who_helped_and_how_she_said_yes(
    sisters_browser, anas_page, anas_sister
):
    answer = sisters_browser.post(address(anas_sister), typed())
    assertRedirects(answer, reverse("supporters:together", kwargs={"ref": anas_sister.ref}))
    said = newest(anas_page)
    assert (said.text, said.whose, said.helped_by, said.yes_by) == (
        "Rovers.", "", "my sister Dee", "pointed",
    )  # fmt: skip


def test_what_the_supporter_says_is_said_by_them_and_checked(
    sisters_browser, anas_page, anas_sister
):
    sisters_browser.post(address(anas_sister), typed(whose="mine", yes_by="said"))
    assert newest(anas_page).whose == "my sister Dee, and checked with me"


@pytest.mark.parametrize("left_out", ["yes_by", "whose", "words"])
def test_without_a_yes_nothing_changes(sisters_browser, anas_page, anas_sister, left_out):
    answer = sisters_browser.post(address(anas_sister), typed(**{left_out: ""}))
    assert answer.status_code == 422
    assert len(texts(anas_page, "important")) == 1


def test_it_is_in_the_log_with_the_question(sisters_browser, anas_page, anas_sister, anas_browser):
    sisters_browser.post(address(anas_sister), typed())
    assert anas_page.looks.filter(happened=Happened.TOGETHER).count() == 1
    looked = anas_browser.get(reverse("access:looked"))
    assertContains(looked, "wrote down words together with you.")
    assertContains(looked, "What matters most to me")


def test_words_that_changed_meanwhile_are_shown_and_neither_is_lost(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "important", "Coffee.")
    answer = sisters_browser.post(address(anas_sister), typed())
    assertContains(answer, "Coffee.", status_code=409)
    assertContains(answer, "Rovers.", status_code=409)
    sisters_browser.post(address(anas_sister), typed(started_from=2))
    assert texts(anas_page, "important")[-2:] == ["Coffee.", "Rovers."]


def test_under_a_topic_they_cannot_see_the_words_wait_and_cover_nothing(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    here = address(anas_sister, "help", "sleep")
    assertNotContains(sisters_browser.get(here), "CNRY-night")
    sisters_browser.post(here, typed(words="Window open.", started_from=0))
    assert texts(anas_page, "sleep") == ["CNRY-night"]
    assert anas_page.suggestions.get().text == "Window open."


def test_a_topic_that_is_shared_with_them_can_be_written_and_stays_private(
    ana, sisters_browser, anas_page, anas_sister
):
    say(anas_page, "sleep", "Window open.", only_me=True)
    actions.change(supporter=anas_sister, by=ana, may="write", kept_topics=["sleep"])
    sisters_browser.post(address(anas_sister, "help", "sleep"), typed(words="Door open too."))
    assert newest(anas_page, "sleep").text == "Door open too."
    assert newest(anas_page, "sleep").only_me


def test_the_picture_stays(sisters_browser, anas_page, anas_sister):
    say(anas_page, "important", "Tea.", picture="2615")
    sisters_browser.post(address(anas_sister), typed(started_from=2))
    assert newest(anas_page).picture == "2615"


def test_whoever_may_not_write_cannot(ana, sisters_browser, anas_page, anas_sister):
    actions.change(supporter=anas_sister, by=ana, may="suggest", kept_topics=[])
    assert sisters_browser.post(address(anas_sister), typed()).status_code == 403
    assert len(texts(anas_page, "important")) == 1
