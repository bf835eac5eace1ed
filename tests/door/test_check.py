"""Checking paper: newest, a newer one, or no longer shared; and nothing else about anybody."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from time_machine import travel

from profiles.core.codes import shown
from profiles.door.models import Paper
from profiles.pages.actions import delete_page
from profiles.photos.actions import add_photo
from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import I_DECIDED, make_page, make_share, say
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db
NEWEST, NEWER, ENDED, UNKNOWN = (
    "This is the newest page", "There is a newer page", "This page is no longer shared",
    "We do not know this code. Check each letter. If it is right, this page is no longer shared.",
)  # fmt: skip
ALLERGIES = "keep to what this paper says about allergies and choking."


@pytest.fixture
def share(ana) -> Share:
    cache.clear()
    return make_share(make_page(ana, call_me="CNRY-ana", important="Tea.", sleep="Hall light."))


@pytest.fixture
def paper(share, cal) -> Paper:
    cal.read(share, "pdf")
    return Paper.objects.get()


def check(client, paper):
    return client.get(f"/check/{shown(paper.code)}/")


def test_paper_just_printed_is_the_newest(client, paper):
    assertContains(check(client, paper), NEWEST)


def test_it_tells_nothing_else(client, paper):
    page = check(client, paper)
    for word in ["CNRY", "Priya", "Cal", "Tea", "Edition", "2026"]:
        assertNotContains(page, word)


def test_a_changed_word_of_a_shared_topic_makes_it_old(client, paper):
    say(paper.profile, "important", "Coffee.")
    assertContains(check(client, paper), NEWER)


def test_a_changed_word_of_another_topic_does_not(client, paper):
    say(paper.profile, "sleep", "Hall light off.")
    assertContains(check(client, paper), NEWEST)


def test_words_brought_back_make_it_the_newest_again_only_as_a_new_row(client, paper):
    say(paper.profile, "important", "Coffee.")
    say(paper.profile, "important", "Tea.")
    assertContains(check(client, paper), NEWER)


def test_other_topics_for_this_reader_make_it_old(client, ana, share, paper):
    actions.change_what(
        share=share, by=ana, topics=["important", "sleep"], with_photo=False, may_print=True,
        decided=I_DECIDED,
    )  # fmt: skip
    assertContains(check(client, paper), NEWER)


def test_a_new_photo_makes_it_old_only_where_photos_are_shown(client, ana, share, paper, cal):
    add_photo(profile=share.profile, whole=as_file(corners()), alt="Ana")
    assertContains(check(client, paper), NEWEST)
    seen = make_share(share.profile, with_photo=True)
    cal.read(seen, "pdf")
    with_photo = Paper.objects.latest("pk")
    assertContains(check(client, with_photo), NEWEST)
    add_photo(profile=share.profile, whole=as_file(corners()), alt="Ana again")
    assertContains(check(client, with_photo), NEWER)


def test_what_its_person_prints_for_a_reader_is_the_newest_once_the_photo_is_off_it(
    client, anas_browser, ana, anas_page
):
    add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    said = {"topics": ["important"], "may_print": True}
    share = make_share(anas_page, with_photo=True, **said)
    address = reverse("door:as_reader_pdf", kwargs={"ref": share.ref})
    anas_browser.get(address)
    actions.change_what(share=share, by=ana, with_photo=False, decided=I_DECIDED, **said)
    anas_browser.get(address)
    before, now = share.papers.order_by("pk")
    assertContains(check(client, before), NEWER)
    assertContains(check(client, now), NEWEST)


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_what_is_not_shared_any_more_says_so(client, ana, share, paper, verb):
    getattr(actions, verb)(share=share, by=ana)
    assertContains(check(client, paper), ENDED)


def test_a_code_that_we_do_not_know_says_so(client, ana, share, paper):
    actions.stop(share=share, by=ana)
    stopped = check(client, paper)
    delete_page(profile=paper.profile)
    for unknown in (check(client, paper), client.get("/check/7KQ3-M9XT/")):
        assertContains(unknown, UNKNOWN)
        assertNotContains(unknown, ENDED)
    assertContains(client.get("/check/nonsense/"), UNKNOWN)
    assertNotContains(stopped, "We do not know")


def test_nothing_but_words_and_sign_tells_an_ended_code_from_one_never_given(
    client, ana, share, paper, django_assert_num_queries
):
    actions.stop(share=share, by=ana)
    check(client, paper)  # what is built once, is built
    with travel(timezone.now(), tick=False):  # `Expires` names the second
        with CaptureQueriesContext(connection) as asked:
            ended = check(client, paper)
        with django_assert_num_queries(len(asked)):
            never = client.get("/check/7KQ3-M9XT/")
    assert ended.status_code == never.status_code == 200
    assert {*ended.headers.items()} ^ {*never.headers.items()} <= {
        ("Content-Length", ended.headers.get("Content-Length")),
        ("Content-Length", never.headers.get("Content-Length")),
    }
    tags = re.compile(r"<(?!p>|path|circle)[a-z0-9]+")
    assert tags.findall(ended.content.decode()) == tags.findall(never.content.decode())


def test_nobody_is_told_to_put_an_allergy_list_away(client, ana, share, paper):
    say(paper.profile, "important", "Coffee.")
    assertContains(check(client, paper), ALLERGIES)
    actions.stop(share=share, by=ana)
    assertContains(check(client, paper), ALLERGIES)
    for never in ("7KQ3-M9XT", "nonsense"):
        page = client.get(f"/check/{never}/")
        assertContains(page, ALLERGIES)
        assertNotContains(page, "do not use")


def test_a_typed_code_is_shown_back_before_anything_is_said_of_it(client, paper):
    for code in (shown(paper.code), "7KQ3-M9XT"):
        answer = client.post("/check/", {"code": code.lower()})
        asked = client.get(answer.url)
        assertContains(asked, "Is this the code on the paper?")
        assertContains(asked, code)
        assertContains(asked, f'href="/check/{code}/"')
        for word in (NEWEST, NEWER, ENDED, UNKNOWN):
            assertNotContains(asked, word)
        assertContains(client.get(f"/check/?again={code}"), f'value="{code}"')


@pytest.mark.parametrize("query", ["typed=", "typed=hello", "again=", "again=%3Cb%3E"])
def test_what_was_never_typed_is_asked_for(client, db, query):
    page = client.get(f"/check/?{query}")
    assertContains(page, "What is the code?")
    assertNotContains(page, 'value="-')


@pytest.mark.parametrize("spell", [str.lower, lambda c: f"{c[:2]} {c[2:]}", shown, str.upper])
def test_a_code_is_forgiven_its_case_and_spaces(client, paper, spell):
    assertContains(client.get(f"/check/{spell(paper.code)}/"), NEWEST)
    answer = client.post("/check/", {"code": spell(paper.code)})
    assert answer.url == f"/check/?typed={shown(paper.code)}"


def test_a_code_is_forgiven_its_look_alikes(client, share, cal, monkeypatch):
    monkeypatch.setattr("profiles.door.reader_views.codes.new_code", lambda: "0110VVAA")
    cal.read(share, "pdf")
    for typed in ["oiioVVaa", "OLLO-UVAA", "0IlOuvaa"]:
        assertContains(client.get(f"/check/{typed}/"), NEWEST)


def test_it_opens_nothing(client, paper):
    for path in (f"/s/{paper.code}/", f"/s/{shown(paper.code)}/page/"):
        assert client.get(path).status_code == 410
    assert client.post("/s/", {"code": paper.code}).status_code == 422


def test_guessing_codes_is_stopped_and_right_ones_are_not_counted(client, paper):
    assert {check(client, paper).status_code for _ in range(70)} == {200}
    answers = [client.get(f"/check/{n:08d}/").status_code for n in range(65)]
    assert answers[:60] == [200] * 60
    assert answers[60:] == [429] * 5


def test_what_is_no_code_gets_a_sentence(client, db):
    assertContains(client.post("/check/", {"code": "hello"}), "not a code", status_code=422)
    assertContains(client.post("/check/", {"code": ""}), "Type the code", status_code=422)


def test_a_persons_own_paper_can_be_checked_too(anas_browser, anas_page, client):
    for _ in range(2):
        anas_browser.get("/me/page.pdf")
    paper = Paper.objects.get()  # the same words, the same code
    assertContains(check(client, paper), NEWEST)
    say(anas_page, "important", "Coffee.")
    assertContains(check(client, paper), NEWER)
    anas_browser.get("/me/page.pdf")
    assertContains(check(client, Paper.objects.latest("pk")), NEWEST)


def test_the_preview_carries_a_code_that_is_none(anas_browser, anas_page, client):
    from tests.factories import begin_share
    from tests.pdf.reading import text_of

    begin_share(anas_page)
    words = text_of(anas_browser.get("/me/sharing/new/page.pdf").content)
    assert "0000-0000" in words
    assert not Paper.objects.exists()
    assertContains(client.get("/check/0000-0000/"), UNKNOWN)
