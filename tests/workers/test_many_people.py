"""A worker's people on cards: what is new with each, and a search where they are many."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.models import User
from profiles.pages.lists import A_PAGE, MANY
from profiles.pages.models import Profile
from profiles.photos import actions as photos
from profiles.sharing import actions
from profiles.sharing.days import end_of
from profiles.sharing.models import Share
from tests.factories import (
    I_DECIDED,
    make_kept_page,
    make_page,
    make_share,
    make_user,
    put_beside,
    say,
)
from tests.photos.photos import as_file, corners
from tests.readers import ReaderWithLink

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WITH_ME = reverse("workers:with_me")
NEW, CHANGED = "New since then:", "Changed since then:"
NOTHING = "Nothing has changed since then."


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    cache.clear()


@pytest.fixture
def worker(priyas_browser: Client) -> ReaderWithLink:
    return ReaderWithLink(name="Priya", role="support worker", browser=priyas_browser)


def shared(page: Profile, **said: object) -> Share:
    return make_share(page, email="priya@example.org", **said)


def many(count: int, *, first: int = 0, **said: object) -> list[Share]:
    """So many people who share with Priya: Person 0, Person 1, …"""
    owner = make_user(f"owner{first}@example.org")
    topics = ["call_me", "important"]
    return [
        shared(make_page(owner, call_me=f"Person {n}", important="Tea."), topics=topics, **said)
        for n in range(first, first + count)
    ]


def change(share: Share, ana: User, **now: object) -> None:
    said = {"topics": share.topics, "with_photo": share.with_photo, "may_print": True} | now
    actions.change_what(share=share, by=ana, decided=I_DECIDED, **said)


# ---- what is new on a card


def test_somebody_new_is_marked_until_their_page_is_read(priyas_browser, anas_page, worker):
    share = shared(anas_page)
    assertContains(priyas_browser.get(WITH_ME), ">New</span>")
    worker.read(share)
    page = priyas_browser.get(WITH_ME)
    assertNotContains(page, ">New</span>")
    assertContains(page, NOTHING)


def test_a_change_is_marked_until_it_is_read(priyas_browser, anas_page, worker):
    share = shared(anas_page)
    worker.read(share)
    say(anas_page, "important", "Coffee.")
    assertContains(priyas_browser.get(WITH_ME), f"{CHANGED} <b>What matters most to me</b>")
    assertContains(priyas_browser.get(WITH_ME), ">Changed</span>")
    worker.read(share)
    assertContains(priyas_browser.get(WITH_ME), NOTHING)


@pytest.mark.parametrize("days, is_told", [(0, True), (6, True), (7, False), (90, False)])
def test_what_ends_this_week_is_marked(priyas_browser, anas_page, days, is_told):
    shared(anas_page, ends_at=end_of(timezone.localdate() + timedelta(days=days)))
    assert (b"Ends this week" in priyas_browser.get(WITH_ME).content) is is_told


def test_words_said_for_the_first_time_are_new_and_not_changed(priyas_browser, anas_page, worker):
    worker.read(shared(anas_page, topics=["important", "sleep"]))
    say(anas_page, "sleep", "Hall light.")
    page = priyas_browser.get(WITH_ME)
    assertContains(page, f"{NEW} <b>My nights</b>")
    assertNotContains(page, CHANGED)


def test_a_photo_is_new_and_then_changed(priyas_browser, anas_page, worker):
    share = shared(anas_page, with_photo=True)
    worker.read(share)
    photos.add_photo(profile=anas_page, whole=as_file(corners()), alt="Me")
    assertContains(priyas_browser.get(WITH_ME), f"{NEW} <b>the photo</b>")
    worker.read(share)
    photos.add_photo(profile=anas_page, whole=as_file(corners()), alt="Me in red")
    assertContains(priyas_browser.get(WITH_ME), f"{CHANGED} <b>the photo</b>")


# ---- what is not told


def test_nobody_is_told_that_words_are_kept_or_taken_off(priyas_browser, anas_page, worker):
    say(anas_page, "sleep", "Hall light.")
    say(anas_page, "calm", "Sit near.")
    worker.read(shared(anas_page, topics=["important", "sleep", "calm"]))
    say(anas_page, "sleep", "Hall light.", only_me=True)
    say(anas_page, "calm", "")
    page = priyas_browser.get(WITH_ME)
    assertContains(page, NOTHING)
    assertNotContains(page, "My nights")


def test_nor_that_they_were_kept_and_are_back(priyas_browser, anas_page, worker):
    worker.read(shared(anas_page))
    say(anas_page, "important", "A secret.", only_me=True)
    say(anas_page, "important", "Tea first.\nThen we talk.")
    assertContains(priyas_browser.get(WITH_ME), NOTHING)


def test_words_that_are_opened_to_them_are_new(priyas_browser, anas_page, worker):
    say(anas_page, "important", "Tea.", only_me=True)
    share = shared(anas_page, topics=["call_me"])
    change(share, anas_page.owner, topics=["call_me", "important"])
    share.refresh_from_db()
    Share.objects.filter(pk=share.pk).update(kept_topics=[])
    worker.read(share)
    say(anas_page, "important", "Tea.")
    assertContains(priyas_browser.get(WITH_ME), f"{NEW} <b>What matters most to me</b>")


def test_a_narrowed_share_tells_nothing_and_a_wider_one_what_it_shows(
    priyas_browser, ana, anas_page, worker
):
    say(anas_page, "sleep", "Hall light.")
    share = shared(anas_page, topics=["important", "sleep"])
    worker.read(share)
    change(share, ana, topics=["important"])
    say(anas_page, "sleep", "No light.")
    assertContains(priyas_browser.get(WITH_ME), NOTHING)
    worker.read(share)
    change(share, ana, topics=["important", "sleep"])
    assertContains(priyas_browser.get(WITH_ME), f"{NEW} <b>My nights</b>")


def test_a_photo_that_is_not_shared_is_not_told_of(priyas_browser, ana, anas_page, worker):
    share = shared(anas_page)
    worker.read(share)
    photos.add_photo(profile=anas_page, whole=as_file(corners()), alt="Me")
    assertContains(priyas_browser.get(WITH_ME), NOTHING)
    worker.read(share)
    change(share, ana, with_photo=True)
    assertContains(priyas_browser.get(WITH_ME), f"{NEW} <b>the photo</b>")


def test_nor_one_that_was_taken_off_or_is_back_as_it_was(priyas_browser, anas_page, worker):
    photos.add_photo(profile=anas_page, whole=as_file(corners()), alt="Me")
    worker.read(shared(anas_page, with_photo=True))
    photos.remove_photo(profile=anas_page)
    assertContains(priyas_browser.get(WITH_ME), NOTHING)
    photos.add_photo(profile=anas_page, whole=as_file(corners()), alt="Me")
    assertContains(priyas_browser.get(WITH_ME), NOTHING)


def test_a_photo_beside_hidden_words_is_not_told_of(priyas_browser, anas_page, worker):
    worker.read(shared(anas_page, topics=["call_me"]))
    put_beside(anas_page, "important")
    assertContains(priyas_browser.get(WITH_ME), NOTHING)


def test_a_tick_for_them_alone_shows_and_ends_as_it_does_on_the_page(
    priyas_browser, ana, anas_page, worker
):
    say(anas_page, "sleep", "Hall light.", only_me=True)
    share = shared(anas_page, topics=["important"])
    worker.read(share)
    change(share, ana, topics=["important", "sleep"])
    assertContains(priyas_browser.get(WITH_ME), f"{NEW} <b>My nights</b>")
    worker.read(share)
    say(anas_page, "sleep", "Other light.")
    say(anas_page, "sleep", "Dark.", only_me=True)  # the tick is over
    assertContains(priyas_browser.get(WITH_ME), NOTHING)


def test_of_what_is_closed_no_day_and_no_number_is_told(priyas_browser, ana, anas_page):
    for end in (actions.stop, actions.pause):
        end(share=shared(anas_page), by=ana)
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "is closed. If you still need it, ask the person.", count=1)
    assertNotContains(page, str(timezone.localdate().year))


# ---- a search, where they are many


def test_there_is_a_search_from_ten_people_on(priyas_browser):
    many(MANY - 1)
    assertNotContains(priyas_browser.get(WITH_ME), 'role="search"')
    assertContains(priyas_browser.post(WITH_ME, {"words": "Person 1"}), "Person 2’s page")
    many(1, first=100)
    assertContains(priyas_browser.get(WITH_ME), 'role="search"')
    assertContains(priyas_browser.get(WITH_ME), 'method="post"')


def test_people_are_found_by_the_name_they_show(priyas_browser, anas_page):
    many(MANY)
    topics = ["call_me", "important"]
    for name in ("Siân", "فاطمة"):
        shared(make_page(anas_page.owner, call_me=name, important="Tea."), topics=topics)
    for typed, name in [("sian", "Siân"), ("فاطمه", "فاطمة"), ("PERSON 3", "Person 3")]:
        page = priyas_browser.post(WITH_ME, {"words": typed})
        assertContains(page, name)
        assertContains(page, '<section class="card">', count=1)
        assertContains(page, "We found 1 person.")
    assertContains(priyas_browser.post(WITH_ME, {"words": "nobody"}), "We found nobody")
    assertContains(priyas_browser.post(WITH_ME, {"words": " "}), "Type a name", status_code=422)


def test_nobody_is_found_by_what_is_hidden_or_not_yet_read(priyas_browser, ana, anas_page):
    many(MANY)
    shared(anas_page, topics=["call_me", "important"])
    say(anas_page, "call_me", "Zuleika", only_me=True)
    shared(make_page(ana, call_me="Una", important="Xylophone."), topics=["important"])
    stopped = shared(make_page(ana, call_me="Yolanda", important="Tea."), topics=["call_me"])
    actions.stop(share=stopped, by=ana)
    for typed in ("Zuleika", "Yolanda", "Xylophone", "Tea", "example"):
        assertContains(priyas_browser.post(WITH_ME, {"words": typed}), "We found nobody")


def test_people_are_found_by_whoever_keeps_their_page(priyas_browser):
    many(MANY)
    shared(make_kept_page(), keeper_name="Rosa", topics=["call_me"])
    assertContains(priyas_browser.post(WITH_ME, {"words": "rosa"}), "We found 1 person.")


@pytest.mark.parametrize(
    "typed, says",
    [("x" * 101, "too long"), ("a\0b", "cannot keep"), ("\u202e", "Type a name"), ("%", "nobody")],
)
def test_odd_words_find_nobody_and_break_nothing(priyas_browser, typed, says):
    many(MANY)
    assert says in priyas_browser.post(WITH_ME, {"words": typed}).content.decode()


def test_a_long_list_is_shown_in_parts(priyas_browser):
    many(A_PAGE + 1)
    first, second = (priyas_browser.get(f"{WITH_ME}?page={n}") for n in (1, 2))
    assertContains(first, '<section class="card">', count=A_PAGE)
    assertContains(first, "People after these")
    assertContains(second, '<section class="card">', count=1)
    assertContains(priyas_browser.get(f"{WITH_ME}?page=x"), '<section class="card">')
    assertContains(priyas_browser.post(WITH_ME, {"words": "person"}), "Type more of the name")


# ---- how much is asked


def asked(browser: Client, **typed: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page = browser.post(WITH_ME, typed) if typed else browser.get(WITH_ME)
    assert page.status_code == 200
    return len(queries)


def test_thirty_people_take_as_many_questions_as_three(priyas_browser, worker):
    def live(shares: list[Share]) -> None:
        """All of it: they are read, changed, photographed, widened, and ticked."""
        for share in shares[:2]:
            owner, page = share.profile.owner, share.profile
            photos.add_photo(profile=page, whole=as_file(corners()), alt="Me")
            say(page, "sleep", "Dark.", only_me=True)
            change(share, owner, topics=["call_me", "sleep"], with_photo=True)
            worker.read(share)
            photos.add_photo(profile=page, whole=as_file(corners()), alt="Me again")
            say(page, "call_me", f"{page.name} Jones")
            change(share, owner, topics=["call_me", "sleep", "important"])

    live(many(3))
    assert asked(priyas_browser)
    few = asked(priyas_browser)
    live(many(27, first=3))
    assert asked(priyas_browser) == few
    assert asked(priyas_browser, words="person 2") <= few + 1
