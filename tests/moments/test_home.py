"""The person's home: one next thing, the moments, and nothing that keeps score."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.topics.load import load
from tests.factories import make_page, say

pytestmark = pytest.mark.django_db
HOME = reverse("house:me")


def test_it_greets_by_name_and_keeps_no_score(anas_browser):
    home = anas_browser.get(HOME)
    assertContains(home, 'Hello <span class="stroke">Ana</span>')
    for word in ("Started", "Not started", "Done", "%"):
        assertNotContains(home, f">{word}<")
    assertContains(home, "1 answer")


@pytest.mark.parametrize("between", [". ", "\n", ".\n"])
def test_it_greets_by_the_name_alone_where_a_line_says_more(anas_browser, anas_page, between):
    say(anas_page, "call_me", f"Jean{between}Rhymes with bean.")
    home = anas_browser.get(HOME).content.decode()
    assert 'Hello <span class="stroke">Jean</span>' in home
    assert "Rhymes" not in home.partition("</h1>")[0]


def test_whoever_keeps_a_page_reads_of_theirs(client, rosa, kept):
    client.force_login(rosa)
    home = client.get(HOME)
    assertContains(home, "Jo’s page")
    assertContains(home, "They are going into hospital")
    assertContains(home, "What their page says")
    assertNotContains(home, "Hello")


def test_without_a_name_it_is_a_page_all_the_same(client, ana):
    make_page(ana)
    client.force_login(ana)
    assertContains(client.get(HOME), "<h1")


@pytest.mark.parametrize("name", ["أميرة", "Llŷr Ŵyn", "M" * 60, "<b>Jo</b>", "07700 900123"])
def test_every_name_stands_as_it_was_typed(anas_browser, anas_page, name):
    say(anas_page, "call_me", name)
    home = anas_browser.get(HOME).content.decode()
    assert "<b>Jo" not in home
    assert name.replace("<", "&lt;").replace(">", "&gt;") in home


def test_the_next_thing_is_the_first_blank_question(anas_browser):
    home = anas_browser.get(HOME)
    assertContains(home, load().topic("must_know").question)
    assertContains(home, ">Answer this<", count=1)


def test_what_was_half_typed_comes_before_what_is_blank(anas_browser, anas_page):
    anas_page.drafts.create(topic="calm", text="Mus", version="x")
    home = anas_browser.get(HOME)
    assertContains(home, load().topic("calm").question)
    assertContains(home, ">Carry on writing<", count=1)


def test_what_others_wait_for_comes_first_and_the_rest_waits_below(
    anas_browser, sisters_browser, anas_page, anas_sister
):
    here = {"ref": anas_sister.ref, "part": "matters", "topic": "people"}
    sisters_browser.post(reverse("supporters:suggest", kwargs=here), {"words": "Biscuit, her dog."})
    anas_page.reviews.create(with_person=True)
    home = anas_browser.get(HOME)
    assertContains(home, "My sister Dee has an idea for “People who matter to me”", count=1)
    assertContains(home, "See my sister Dee’s words")
    assertContains(home, "Is it still right?")
    assert home.content.decode().count('class="card next-thing"') == 1


def test_a_row_shows_the_first_words_and_never_all_of_a_long_answer(anas_browser, anas_page):
    say(anas_page, "story", "x" * 2_000)
    home = anas_browser.get(HOME).content.decode()
    assert "x" * 121 not in home
