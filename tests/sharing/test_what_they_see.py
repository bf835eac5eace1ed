"""What is said of what somebody sees through a share, or could see."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import make_share, say
from tests.sharing.test_share import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    return make_share(anas_page)


def test_what_they_see_is_told_so_that_no_title_is_taken_for_two(anas_browser, anas_page):
    told = {
        "senses eating": "your photo; What I see, hear and feel; Eating and drinking",
        "people pain sleep important": "your photo; everything except these: What I see, hear and "
        "feel; Eating and drinking",
        "people pain sleep important eating": "your photo; everything except What I see, hear and "
        "feel",
        "people pain sleep important eating senses": "your photo; everything on your page",
        "call_me": "your photo",
    }
    for topic in ("senses", "eating", "sleep", "pain", "people"):
        say(anas_page, topic, "Words.")
    for topics, said in told.items():
        share = make_share(anas_page, topics=topics.split(), with_photo=True)
        assertContains(anas_browser.get(at("share", share)), f"They can see: {said}.")


def test_what_was_taken_back_is_not_said_to_be_seen(anas_browser, anas_page):
    for topic in ("senses", "eating", "sleep", "health"):
        say(anas_page, topic, "Words.")
    topics = ["important", "senses", "eating", "sleep", "health"]
    share, over = (make_share(anas_page, topics=topics) for _ in range(2))
    actions.stop(share=over, by=anas_page.owner)
    say(anas_page, "health", "Words.", only_me=True)
    assertContains(anas_browser.get(at("share", share)), "can see: everything except My health.")
    assertContains(anas_browser.get(at("share", over)), "could see: everything on your page.")
    ticked = make_share(anas_page, topics=topics)
    assertContains(anas_browser.get(at("share", ticked)), "can see: everything on your page.")
    share.refresh_from_db()
    actions.pause(share=share, by=anas_page.owner)
    assertContains(anas_browser.get(at("share", share)), "could see: everything except My health.")


@pytest.mark.parametrize("close", [actions.pause, actions.stop])
def test_of_what_is_closed_nothing_is_said_as_if_they_could_see_it(
    anas_browser, ana, share, cal, close
):
    pages = at("share", share), reverse("sharing:home")
    for page in pages:
        assertContains(anas_browser.get(page), "They can see:")
    cal.come_in(share)
    close(share=share, by=ana)
    for page in pages:
        answer = anas_browser.get(page)
        assertContains(answer, "They could see:")
        for now in ("can see:", "can read it", "They come in"):
            assertNotContains(answer, now)
    assertContains(anas_browser.get(pages[0]), "They could come in with the link.")
    assertContains(anas_browser.get(pages[1]), "The page is shown to nobody.")
    assertNotContains(anas_browser.get(pages[1]), "Show the link")
