"""Before and after the yes, the person sees the very page that their reader gets."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Look
from profiles.door.models import Paper
from tests.factories import begin_share, make_share, say
from tests.readers import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def sheet_in(page: str) -> str:
    """The page itself, without what stands around it, or is told of the share in it."""
    page = re.sub(r'<section class="shared-with.*?</section>', "", page, flags=re.DOTALL)
    found = re.search(r'<div class="page[ "].*?<div class="page-foot', page, re.DOTALL)
    assert found
    return found[0]


def test_the_preview_is_word_for_word_what_the_reader_gets(anas_browser, anas_page, cal):
    say(anas_page, "sleep", "Hall light on.")
    begun = begin_share(anas_page, topics=["sleep"])
    before = anas_browser.get(reverse("door:preview")).content.decode()
    begun.delete()
    share = make_share(anas_page, topics=["sleep"])
    reads = cal.read(share)
    assert sheet_in(before) == sheet_in(reads)
    after = anas_browser.get(reverse("door:as_reader", kwargs={"ref": share.ref}))
    assert sheet_in(after.content.decode()) == sheet_in(reads)


def test_the_preview_on_paper_has_the_same_words(anas_browser, anas_page, cal):
    begun = begin_share(anas_page)
    before = words_in(anas_browser.get(reverse("door:preview_pdf")))
    begun.delete()
    after = cal.read(make_share(anas_page), "pdf")
    code = r"[0-9A-Z]{4}-[0-9A-Z]{4}"
    assert re.sub(code, "", before) == re.sub(code, "", after)


def test_looking_at_it_oneself_is_not_a_look(anas_browser, anas_page):
    begin_share(anas_page)
    anas_browser.get(reverse("door:preview"))
    anas_browser.get(reverse("door:preview_pdf"))
    assert not Look.objects.exists()


def test_it_says_that_nobody_sees_it_yet(anas_browser, anas_page):
    begin_share(anas_page)
    assertContains(anas_browser.get(reverse("door:preview")), "Nobody sees it yet.")


def test_paper_for_somebody_is_printed_with_their_name_and_one_code(anas_browser, anas_page):
    share = make_share(anas_page)
    address = reverse("door:as_reader_pdf", kwargs={"ref": share.ref})
    words = [words_in(anas_browser.get(address)) for _ in range(2)]
    assert words[0] == words[1]
    assert "Made for Priya, Sunrise Home Care on " in words[0]
    assert Paper.objects.get().share == share


def test_paper_of_their_own_is_another_than_the_same_page_that_a_reader_printed(
    anas_browser, anas_page, cal
):
    share = make_share(anas_page)
    cal.read(share, "pdf")
    anas_browser.get(reverse("door:as_reader_pdf", kwargs={"ref": share.ref}))
    assert [paper.look is None for paper in share.papers.order_by("pk")] == [False, True]


def test_what_does_not_fit_is_told_before_it_is_shared(anas_browser, anas_page):
    say(anas_page, "people", "\n".join(f"Line {n}" for n in range(120)))
    begin_share(anas_page, topics=["people"])
    assertContains(anas_browser.get(reverse("door:preview")), "it cannot be printed until")
    answer = anas_browser.get(reverse("door:preview_pdf"))
    assertContains(answer, "Nothing has been cut off", status_code=409)


def test_nobody_elses_share_is_shown(dees_browser, dee, anas_page):
    from tests.factories import make_page

    make_page(dee, call_me="Dee")
    share = make_share(anas_page)
    for name in ("door:as_reader", "door:as_reader_pdf"):
        answer = dees_browser.get(reverse(name, kwargs={"ref": share.ref}))
        assert answer.status_code == 404
        assertNotContains(answer, "Tea first", status_code=404)
