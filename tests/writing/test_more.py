"""One question back after saving: skippable, once a topic, and never in the way."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.answers import actions
from profiles.pages.models import Profile
from tests.factories import say, texts

pytestmark = pytest.mark.django_db
WRITE = reverse("writing:write", kwargs={"part": "matters", "topic": "important"})
MORE = reverse("writing:more", kwargs={"part": "matters", "topic": "important"})


def save(browser, text, number=0, **said):
    typed = {
        "text": text,
        "picture": "",
        "only_me": "no",
        "started_from": number,
        "draft_stamp": "",
    }
    return browser.post(WRITE, typed | said)


def test_words_that_could_be_anyones_are_saved_and_then_asked_about(visitor, visitors_page):
    assertRedirects(save(visitor, "Tea."), MORE)
    assert texts(visitors_page, "important") == ["Tea."]
    assertContains(visitor.get(MORE), "Which tea? How do you like it?")
    page = visitor.get(MORE).content.decode()
    actions = page[page.index('class="actions"') :]
    assert actions.index("It is right as it is") < actions.index("Add a bit more")
    assert 'data-kind="plain"' not in actions[: actions.index("It is right as it is")]


def test_whoever_adds_more_has_the_question_beside_the_box(visitor):
    save(visitor, "Tea.")
    assertContains(visitor.get(MORE), f'href="{WRITE}?more=yes"')
    page = visitor.get(f"{WRITE}?more=yes")
    assertContains(page, "Which tea? How do you like it?")
    assertContains(page, "Tea.</textarea>")
    assertNotContains(visitor.get(WRITE), "Which tea?")


def test_words_that_say_enough_are_not(visitor):
    assert save(visitor, "Tea, strong, two sugars, blue mug.")["Location"] != MORE


def test_it_is_never_asked_twice_about_one_topic(visitor):
    save(visitor, "Tea.")
    assert save(visitor, "Coffee.", 1)["Location"] != MORE


def test_whoever_stops_for_now_is_not_held_up(visitor):
    assertRedirects(save(visitor, "Tea.", later="yes"), reverse("house:me"))


def test_words_that_were_there_already_are_not_asked_about(visitor, visitors_page):
    say(visitors_page, "important", "Tea.")
    assert save(visitor, "Tea.", 1)["Location"] != MORE


def test_a_blank_stays_blank(visitor, visitors_page):
    say(visitors_page, "important", "Tea.")
    assert save(visitor, "", 1)["Location"] != MORE


@pytest.mark.parametrize("changed", [{"language": "cy"}, {"for_someone": True}])
def test_pages_that_our_questions_do_not_speak_to_are_left_alone(visitor, visitors_page, changed):
    Profile.objects.filter(pk=visitors_page.pk).update(**changed)
    assert save(visitor, "Tea.")["Location"] != MORE


def test_where_there_is_nothing_to_ask_it_leads_on(visitor, visitors_page):
    say(visitors_page, "important", "Tea, strong, two sugars.")
    assert visitor.get(MORE).status_code == 302


def test_two_windows_are_asked_once(visitors_page, topic_important):
    saved = say(visitors_page, "important", "Tea.")
    asked = [
        actions.ask_back(profile=visitors_page, topic=topic_important, saved=saved, started_from=0)
        for _ in range(2)
    ]
    assert asked == [True, False]
