"""What is checked before a yes: every sentence, and every answer whole."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from profiles.sharing.sentences import LINES_IN_SIGHT, ROWS
from profiles.sharing.wording import LISTS, read, wording_for
from tests.factories import begin_share, say

pytestmark = pytest.mark.django_db
CHECK, WHAT = reverse("sharing:check"), reverse("sharing:what")


def shown(browser, address=CHECK):
    return " ".join(unescape(strip_tags(browser.get(address).content.decode())).split())


def begun(page, **said):
    [share] = page.shares.filter(pk=begin_share(page, **said).pk).with_profile(page)
    return share


@pytest.mark.parametrize(
    "said",
    [
        {"topics": ["important"]},
        {"topics": ["important", "health"], "email": "priya@example.org"},
        {"topics": ["important"], "with_passcode": True, "may_print": False},
    ],
)
def test_every_sentence_of_the_yes_is_on_the_page(anas_browser, anas_page, said):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    share = begun(anas_page, **said)
    page = shown(anas_browser)
    for sentence in wording_for(share).sentences:
        assert sentence.words in page, sentence
        for title in sentence.topics:
            assert title in page


def test_a_keeper_is_shown_theirs(client, rosa, kept):
    client.force_login(rosa)
    share = begun(kept, topics=["important"])
    page = shown(client)
    for sentence in wording_for(share).sentences:
        assert sentence.words in page, sentence


@pytest.mark.parametrize("whose", ["anas_page", "kept"])
def test_what_was_taken_back_meanwhile_is_named(client, whose, request):
    page = request.getfixturevalue(whose)
    client.force_login(page.account)
    say(page, "health", "I have epilepsy.")
    share = begun(page, topics=["important", "health"])
    assert "only if" not in shown(client)
    say(page, "health", "I have epilepsy.", only_me=True)
    [taken_back] = [each for each in wording_for(share).sentences if "taken_back" in each.name]
    assert f"{taken_back.words} My health." in shown(client)


def test_each_row_names_sentences_that_there_are():
    known = {*read("en")}
    named = {name for _, _, names in ROWS for name in names}
    assert named <= known
    assert {name for name in known if name.removeprefix("keeper_") in LISTS} <= named


def test_each_answer_stands_there_whole(anas_browser, anas_page):
    lines = [f"Line {number} of it." for number in range(LINES_IN_SIGHT + 4)]
    say(anas_page, "people", "\n".join(lines))
    begun(anas_page, topics=["people"])
    page = shown(anas_browser)
    for line in lines:
        assert line in page
    assert "Read 4 more lines" in page
    assert "Tea first." not in page  # it was not ticked


def test_what_is_kept_is_said_to_be(anas_browser, anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    begun(anas_page, topics=["important", "health"])
    assertContains(anas_browser.get(CHECK), "You keep this to yourself.", count=1)


def test_what_is_not_shown_any_more_is_not_checked(anas_browser, anas_page):
    begun(anas_page, topics=["important"])
    say(anas_page, "important", "Tea first.", only_me=True)
    assertNotContains(anas_browser.get(CHECK), "Tea first.")


def test_each_row_leads_to_where_it_is_changed(anas_browser, anas_page):
    begun(anas_page, topics=["important"])
    page = anas_browser.get(CHECK).content.decode()
    for name in ("who", "what", "how_long"):
        assert f'href="{reverse(f"sharing:{name}")}"' in page


def test_what_is_about_to_be_ticked_can_be_read_whole(anas_browser, anas_page):
    say(anas_page, "people", "Biscuit, my dog.\nMy sister Dee rings every Sunday.")
    begun(anas_page, topics=["important"])
    page = shown(anas_browser, WHAT)
    assert "My sister Dee rings every Sunday." in page
    assert page.count("Read all of it") == 2  # of two answers that a taste does not hold
