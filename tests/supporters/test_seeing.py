"""What a supporter sees: the page without what is kept from them, and every look is in the log."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.log import days
from profiles.access.models import Happened
from profiles.door.door import open_for_supporter
from profiles.supporters import actions
from profiles.supporters.models import Supporter
from tests.factories import make_supporter, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(anas_sister: Supporter) -> str:
    return reverse("door:helping", kwargs={"ref": anas_sister.ref})


def suggest_at(supporter, part="help", topic="sleep") -> str:
    return reverse(
        "supporters:suggest", kwargs={"ref": supporter.ref, "part": part, "topic": topic}
    )


def test_they_see_the_page(sisters_browser, here):
    assertContains(sisters_browser.get(here), "Tea first.")


def test_what_they_come_to_do_stands_above_the_page(sisters_browser, here, anas_sister):
    page = sisters_browser.get(here).content.decode()
    suggest = reverse("supporters:what_to_suggest", kwargs={"ref": anas_sister.ref})
    assert f'<a class="button" href="{suggest}">Suggest words</a>' in page
    at = [page.index(words) for words in ("Suggest words", "Write together", "Tea first.")]
    assert at == sorted(at)
    assert "<details" not in page[page.index("<main") :]  # nothing of it is folded


def test_whoever_may_only_see_is_offered_no_words(sisters_browser, ana, anas_sister, here):
    actions.change(supporter=anas_sister, by=ana, may="see", kept_topics=[])
    assertNotContains(sisters_browser.get(here), "Suggest words")


def test_a_page_with_nothing_to_see_has_a_heading(sisters_browser, anas_page, here):
    for topic in ("call_me", "important"):
        say(anas_page, topic, "Ana", only_me=True)
    assertContains(sisters_browser.get(here), "<h1>The page that you help with</h1>")


def test_topics_to_choose_say_what_is_said_as_far_as_they_see(
    sisters_browser, ana, anas_page, anas_sister
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    say(anas_page, "eating", "Tea.", picture="2615")
    here = reverse("supporters:what_to_suggest", kwargs={"ref": anas_sister.ref})
    assert said(sisters_browser.get(here)) == {"call_me", "important", "eating"}
    assertContains(sisters_browser.get(here), "/2615.")
    assertContains(sisters_browser.get(here), f'href="{suggest_at(anas_sister)}"')
    assertNotContains(sisters_browser.get(here), "CNRY")
    actions.change(supporter=anas_sister, by=ana, may="suggest", kept_topics=["sleep"])
    assert "sleep" in said(sisters_browser.get(here))


def said(answer) -> set[str]:
    """The topics that have a tick."""
    rows = [row for _, rows in answer.context["parts"] for row in rows]
    ticks = answer.content.decode().count('<span class="visually-hidden">: said</span>')
    assert ticks == len([row for row in rows if row.is_said])
    return {row.topic.key for row in rows if row.is_said}


def test_what_the_person_keeps_to_herself_is_not_there(sisters_browser, anas_page, here):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    assertNotContains(sisters_browser.get(here), "CNRY-night")


def test_what_she_shares_with_this_one_is_there_for_this_one_alone(
    anas_page, ana, anas_sister, sisters_browser, here, priya, priyas_browser
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    other = make_supporter(anas_page, priya)
    actions.change(supporter=anas_sister, by=ana, may="see", kept_topics=["sleep"])
    assertContains(sisters_browser.get(here), "CNRY-night")
    theirs = reverse("door:helping", kwargs={"ref": other.ref})
    assertNotContains(priyas_browser.get(theirs), "CNRY-night")


def test_what_she_opened_and_keeps_again_is_gone_for_this_one_too(
    anas_page, ana, anas_sister, sisters_browser, here
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    actions.change(supporter=anas_sister, by=ana, may="see", kept_topics=["sleep"])
    say(anas_page, "sleep", "CNRY-open")
    assertContains(sisters_browser.get(here), "CNRY-open")
    say(anas_page, "sleep", "CNRY-again", only_me=True)
    assertNotContains(sisters_browser.get(here), "CNRY-again")


def test_what_is_ticked_for_her_and_not_kept_is_hidden_if_it_is_kept_later(
    anas_page, ana, anas_sister, sisters_browser, here
):
    actions.change(supporter=anas_sister, by=ana, may="see", kept_topics=["important"])
    say(anas_page, "important", "Tea first.", only_me=True)
    assertNotContains(sisters_browser.get(here), "Tea first.")


def test_what_becomes_private_later_is_gone_for_them_too(sisters_browser, anas_page, here):
    say(anas_page, "important", "Tea first.", only_me=True)
    assertNotContains(sisters_browser.get(here), "Tea first.")


def test_no_number_on_it_grows_with_words_that_are_kept(anas_page, anas_sister):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    assert open_for_supporter(anas_sister).edition is None
    assert anas_page.editions.exists()


def test_every_look_is_in_the_log_by_the_name_she_gave_them(sisters_browser, anas_page, here):
    sisters_browser.get(here)
    look = anas_page.looks.latest_first()[0]
    look.profile = anas_page
    assert (look.happened, look.reader_said) == (Happened.LOOKED, "my sister Dee")
    ((_, rows),) = days(anas_page, [look])
    assert rows[0].sentence == "looked at your page."


def test_one_topic_beside_a_suggestion_is_a_look_too(sisters_browser, anas_page, anas_sister):
    before = anas_page.looks.openings().count()
    seen = sisters_browser.get(suggest_at(anas_sister, "matters", "important"))
    assertContains(seen, "Tea first.")
    assert anas_page.looks.openings().count() == before + 1


def test_a_private_topic_looks_like_one_that_says_nothing(sisters_browser, anas_page, anas_sister):
    empty = sisters_browser.get(suggest_at(anas_sister))
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    private = sisters_browser.get(suggest_at(anas_sister))
    assert strip_token(empty) == strip_token(private)


def strip_token(answer) -> str:
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_nothing_is_there_for_a_supporter_to_print_or_to_share(sisters_browser, here):
    answer = sisters_browser.get(here)
    for word in ("page.pdf", "/me/sharing/", "page.txt", "page.json"):
        assertNotContains(answer, word)


def test_a_stranger_finds_nothing(dees_browser, here):
    assert dees_browser.get(here).status_code == 404


def test_the_people_i_help_are_listed(sisters_browser, anas_sister):
    assertContains(sisters_browser.get(reverse("supporters:home")), "Ana’s page")
