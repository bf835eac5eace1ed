"""Where words are written, the person is told who is shown them."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.sharing import actions
from profiles.supporters import actions as helping
from tests.factories import clinic_share, make_share, make_supporter, say

KEPT = "Only you can see this"
SHARED = "You share this with: Ward 4"


def test_nobody_is_named_when_nothing_is_shared(anas_browser):
    assertNotContains(anas_browser.get("/me/matters/"), "Shared with")
    assertNotContains(anas_browser.get("/me/matters/important/"), "You share this with")


def test_whoever_is_shown_it_is_named(anas_page, anas_browser):
    make_share(anas_page, reader_name="Ward 4")
    make_share(anas_page, reader_name="Priya")
    part, question = (anas_browser.get(at) for at in ("/me/matters/", "/me/matters/important/"))
    assertContains(part, "Shared with 2: Priya; Ward 4<", count=1)
    assertContains(question, "You share this with: Priya; Ward 4.", count=1)


def test_what_is_withdrawn_to_only_me_is_told_to_be_kept(anas_page, anas_browser):
    make_share(anas_page, reader_name="Ward 4")
    say(anas_page, "important", "Tea.", only_me=True)
    part = anas_browser.get("/me/matters/")
    assertContains(part, KEPT)
    assertNotContains(part, "Ward 4")
    assertNotContains(anas_browser.get("/me/matters/important/"), "Ward 4")


def test_what_is_kept_and_was_ticked_all_the_same_is_told_so(anas_page, anas_browser):
    say(anas_page, "important", "Tea.", only_me=True)
    make_share(anas_page, reader_name="Ward 4")
    part = anas_browser.get("/me/matters/")
    assertContains(part, "Kept private, but ticked for: Ward 4<")
    assertNotContains(part, KEPT)
    assertContains(anas_browser.get("/me/matters/important/"), SHARED)


@pytest.mark.parametrize("end", [actions.stop, actions.pause])
def test_a_share_that_is_not_open_names_nobody(anas_page, anas_browser, ana, end):
    share = make_share(anas_page, reader_name="Ward 4")
    end(share=share, by=ana)
    assertNotContains(anas_browser.get("/me/matters/"), "Ward 4")


def test_the_front_of_the_page_tells_that_saved_words_are_seen_at_once(anas_page, anas_browser):
    assertContains(anas_browser.get("/me/"), "Nobody sees it until you show them.")
    make_share(anas_page)
    home = anas_browser.get("/me/")
    assertContains(home, "They see at once what you save.")
    assertNotContains(home, "A record keeps")
    assertNotContains(home, "Nobody sees it until you show them.")


def test_whoever_helps_is_named_among_those_who_see_it(anas_page, anas_browser, ana, sister):
    helper = make_supporter(anas_page, sister)
    pages = [anas_browser.get(page) for page in ("/me/", reverse("sharing:home"))]
    for page in pages:
        assertContains(page, "Only those who help you: my sister Dee.")
        for not_so in ("Nobody sees it", "Nobody, until", "The page is shown to nobody."):
            assertNotContains(page, not_so)
    make_share(anas_page)
    for page in ("/me/", reverse("sharing:home")):
        assertContains(anas_browser.get(page), "These help you, and see it too:")
    helping.stop(supporter=helper, by=ana)
    for page in ("/me/", reverse("sharing:home")):
        assertNotContains(anas_browser.get(page), "see it too")


def test_a_clinics_record_is_not_said_to_see_what_is_saved(anas_page, anas_browser):
    clinic_share(anas_page)
    home = anas_browser.get("/me/")
    assertContains(home, "A record keeps the page as it was when it was taken.")
    assertNotContains(home, "They see at once what you save.")
    assertContains(anas_browser.get("/me/matters/important/"), "When they look next, they see")
