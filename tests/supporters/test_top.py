"""Side by side, a line that warns is put at the top only with the person's yes."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.supporters import actions, top_actions
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from tests.factories import make_supporter, make_user, say, texts

pytestmark = pytest.mark.django_db
CHOKE, NUTS = "I can choke. Cut my food small.", "I must not have nuts."


def address(supporter, query="", topic="eating"):
    given = {"ref": supporter.ref, "part": load().topic(topic).part, "topic": topic}
    return reverse("supporters:write_together", kwargs=given) + query


def top_url(supporter):
    return address(supporter, "?top=yes")


def now(supporter):
    return Supporter.objects.helping().get(pk=supporter.pk)


def write(browser, supporter, words=CHOKE, topic="eating", **said):
    supporter = now(supporter)
    seen = actions.visible(supporter, profile=supporter.profile, topic=topic)
    typed = {"words": words, "whose": "theirs", "yes_by": "said"}
    typed |= {"started_from": actions.mark(supporter, seen)} | said
    shown = browser.post(address(supporter, topic=topic), typed)["Location"]
    return browser.post(shown, {"yes_by": "said"})


def mark(supporter, topic="eating"):
    supporter = now(supporter)
    return top_actions.mark_of(supporter, top_actions.asking(supporter, load().topic(topic)))


def yes(browser, supporter, **said):
    sent = {"say": "yes", "lines": ["0"], "seen": mark(supporter), "yes_by": "pointed"} | said
    return browser.post(top_url(supporter), sent)


def together(supporter):
    return reverse("supporters:together", kwargs={"ref": supporter.ref})


def test_it_is_asked_after_the_words_are_kept(sisters_browser, anas_page, anas_sister):
    assertRedirects(write(sisters_browser, anas_sister), top_url(anas_sister))
    assert texts(anas_page, "eating") == [CHOKE]
    assert texts(anas_page, "must_know") == []


def test_the_persons_yes_is_kept_with_how_it_was_said(sisters_browser, anas_page, anas_sister):
    write(sisters_browser, anas_sister)
    assertRedirects(yes(sisters_browser, anas_sister), together(anas_sister))
    top = anas_page.answers.about("must_know").get()
    assert (top.text, top.said_by, top.helped_by, top.yes_by) == (
        CHOKE, "", "my sister Dee", "pointed",
    )  # fmt: skip
    assert anas_page.looks.filter(happened=Happened.TOGETHER).count() == 2


def test_without_how_the_person_said_yes_nothing_is_put_there(
    sisters_browser, anas_page, anas_sister
):
    write(sisters_browser, anas_sister)
    assert yes(sisters_browser, anas_sister, yes_by="").status_code == 422
    assert texts(anas_page, "must_know") == []


def test_a_no_is_kept_and_needs_nothing_more(sisters_browser, anas_browser, anas_page, anas_sister):
    write(sisters_browser, anas_sister)
    sent = {"say": "no", "seen": mark(anas_sister)}
    assertRedirects(sisters_browser.post(top_url(anas_sister), sent), together(anas_sister))
    assert write(sisters_browser, anas_sister, f"{CHOKE}\nSoup.")["Location"] == together(
        anas_sister
    )
    home = anas_browser.get(reverse("house:me"))
    assertNotContains(home, "Should this stand at the top too?")


def test_what_the_person_decided_is_not_asked_of_the_supporter(
    sisters_browser, anas_browser, anas_page, anas_sister
):
    say(anas_page, "eating", CHOKE)
    top = reverse("writing:write", args=["help", "eating"]) + "?top=yes"
    anas_browser.post(top, {"say": "no", "seen": "1.0"})
    assert write(sisters_browser, anas_sister, f"{CHOKE}\nSoup.")["Location"] == together(
        anas_sister
    )


def test_words_of_the_supporter_stay_theirs_at_the_top(sisters_browser, anas_page, anas_sister):
    write(sisters_browser, anas_sister, whose="mine")
    yes(sisters_browser, anas_sister)
    top = anas_page.answers.about("must_know").get()
    assert top.whose == "my sister Dee, and checked with me"


def test_below_what_stands_there_and_with_room_for_three(sisters_browser, anas_page, anas_sister):
    say(anas_page, "must_know", "One.\nTwo.\nThree.")
    write(sisters_browser, anas_sister)
    full = sisters_browser.get(top_url(anas_sister))
    assertContains(full, "That is full")
    assert re.findall(r"<button[^>]*>", full.text.partition("<main")[2])[0].endswith(" hidden>")
    answer = yes(sisters_browser, anas_sister)
    assertContains(answer, "3 lines stand at the top already", status_code=422)
    say(anas_page, "must_know", "One.")
    yes(sisters_browser, anas_sister)
    assert texts(anas_page, "must_know")[-1] == f"One.\n{CHOKE}"


def test_what_is_kept_from_them_at_the_top_is_neither_shown_nor_covered(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "must_know", "One.\nTwo.\nA secret.", only_me=True)
    write(sisters_browser, anas_sister)
    page = sisters_browser.get(top_url(anas_sister))
    assertNotContains(page, "secret")
    assertContains(page, "There may be some that they keep to themselves.")
    assertRedirects(yes(sisters_browser, anas_sister), together(anas_sister))
    assert texts(anas_page, "must_know") == ["One.\nTwo.\nA secret."]
    (waiting,) = anas_page.suggestions.waiting().with_profile(anas_page)
    assert (waiting.topic, waiting.text) == ("must_know", CHOKE)


def test_words_that_they_cannot_see_are_not_asked_about(sisters_browser, anas_page, anas_sister):
    say(anas_page, "eating", NUTS, only_me=True)
    assert write(sisters_browser, anas_sister)["Location"] == together(anas_sister)
    assertRedirects(sisters_browser.get(top_url(anas_sister)), together(anas_sister))


def test_what_changed_meanwhile_is_shown_first(sisters_browser, anas_page, anas_sister):
    write(sisters_browser, anas_sister)
    old = mark(anas_sister)
    say(anas_page, "must_know", "One.")
    answer = yes(sisters_browser, anas_sister, seen=old)
    assertContains(answer, "Something has changed", status_code=409)
    assert texts(anas_page, "must_know") == ["One."]


def test_whoever_may_only_suggest_finds_nothing_here(client, anas_page):
    user = make_user("kit@example.org")
    supporter = make_supporter(anas_page, user, Supporter.May.SUGGEST, name="Kit")
    say(anas_page, "eating", CHOKE)
    client.force_login(user)
    assert client.get(top_url(supporter)).status_code == 403
    sent = {"say": "yes", "lines": ["0"], "seen": mark(supporter), "yes_by": "said"}
    assert client.post(top_url(supporter), sent).status_code == 403
    assert texts(anas_page, "must_know") == []
