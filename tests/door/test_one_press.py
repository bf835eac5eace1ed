"""What one press of a button fetches is told once, and what only asks about a page is not told."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access import log
from profiles.access.models import Look
from profiles.accounts import recent_login
from profiles.accounts.models import User
from profiles.door import door, own_pages, reader_views
from profiles.door.models import Paper
from profiles.door.own_pages import print_own_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.pdf.fit import Busy, MadePage, NotMade, TooHard
from profiles.sharing import actions
from profiles.sharing.models import Share
from profiles.sheet.catalogue import layout
from profiles.sheet.sheet import Sheet
from profiles.workers import people
from tests.factories import I_DECIDED, make_page, make_share, say
from tests.pdf.reading import text_of
from tests.readers import FORMATS, ReaderWithLink, address
from tests.sharing.test_parallel import at_once
from tests.sheet.factories import ONE_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(ana: User) -> Share:
    cache.clear()
    return make_share(make_page(ana, call_me="Ana", important="Tea first."))


def code_on(pdf: bytes) -> str:
    (code,) = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text_of(pdf))
    return str(code)


def told(page: Profile) -> list[str]:
    return [look.happened for look in page.looks.order_by("pk")]


# ---- a reader's paper


def test_a_browser_and_its_viewer_fetch_one_paper(share, cal):
    cal.come_in(share)
    first, again = (cal.ask(share, "pdf").content for _ in range(2))
    assert code_on(first) == code_on(again)
    assert told(share.profile) == ["pdf"]
    assert Paper.objects.count() == 1


def test_a_press_after_two_minutes_is_another(share, cal, monkeypatch):
    cal.come_in(share)
    first = cal.ask(share, "pdf").content
    later = timezone.now() + timedelta(minutes=2, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: later)
    assert code_on(cal.ask(share, "pdf").content) != code_on(first)
    assert told(share.profile) == ["pdf", "pdf"]


def test_another_reader_of_the_same_name_has_a_paper_of_their_own(share, cal):
    other = ReaderWithLink()
    for reader in (cal, other):
        reader.come_in(share)
    assert len({code_on(reader.ask(share, "pdf").content) for reader in (cal, other)}) == 2
    assert told(share.profile) == ["pdf", "pdf"]


def test_changed_words_are_another_paper(share, cal):
    cal.come_in(share)
    first = cal.ask(share, "pdf").content
    say(share.profile, "important", "Coffee.")
    assert code_on(cal.ask(share, "pdf").content) != code_on(first)
    assert told(share.profile) == ["pdf", "pdf"]


def test_every_page_read_on_a_screen_stays_a_look(share, cal):
    cal.come_in(share)
    for _ in range(2):
        cal.ask(share)
    assert told(share.profile) == ["html", "html"]


def test_a_page_that_was_stopped_in_between_is_not_fetched_again(ana, share, cal):
    cal.read(share, "pdf")
    actions.stop(share=share, by=ana)
    assert cal.ask(share, "pdf").status_code == 410


@pytest.mark.django_db(transaction=True)
def test_two_fetches_at_the_same_moment_are_one_paper(share, cal):
    cal.come_in(share)
    at = address("door:read_pdf", share.key)

    def fetch() -> bytes:
        browser = Client()
        browser.cookies.load({"reading": cal.came_in[share.key]})
        return browser.get(at).content

    assert len({code_on(pdf) for pdf in at_once([fetch] * 4)}) == 1
    assert told(share.profile) == ["pdf"]
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("why", [Busy(), NotMade(), TooHard("It took too long.")])
def test_paper_that_was_not_made_is_told_as_not_got_and_once(share, cal, monkeypatch, why):
    monkeypatch.setattr(reader_views.printing, "make_pdf", _raising(why))
    cal.come_in(share)
    for _ in range(2):
        assert cal.ask(share, "pdf").status_code in {409, 503}
    assert told(share.profile) == ["nopaper"]
    assert [row["what"] for row in log.table(share.profile)] == [
        "asked for your page as a PDF, and did not get it."
    ]
    assert not share.looks.openings().exists()
    assert not Paper.objects.exists()


def test_where_ours_broke_nobody_is_told_that_the_page_is_too_long(
    anas_browser, share, cal, monkeypatch
):
    for views in (reader_views, own_pages):
        monkeypatch.setattr(views.printing, "make_pdf", _raising(NotMade()))
    cal.come_in(share)
    for answer in (cal.ask(share, "pdf"), anas_browser.get(reverse("door:page_pdf"))):
        assertContains(answer, "That is our fault.", status_code=503)
        assertNotContains(answer, "sheet of paper holds", status_code=503)
        assert answer["Retry-After"]


def test_no_line_of_the_log_is_written_as_of_after_the_stop(ana, share, cal, monkeypatch):
    opened = door.open_through

    def stops_behind_it(*args, **kwargs):
        came_through = opened(*args, **kwargs)
        actions.stop(share=share, by=ana)
        return came_through

    monkeypatch.setattr(reader_views.door, "open_through", stops_behind_it)
    cal.come_in(share)
    assert cal.ask(share, "pdf").status_code == 410
    ended = share.events.get(kind="withdrawn").happened_at
    assert told(share.profile) == ["nopaper"]
    assert not share.looks.filter(looked_at__gt=ended).exists()


def test_it_is_no_reason_for_an_email_that_somebody_opened_the_page(
    share, cal, monkeypatch, mailoutbox, django_capture_on_commit_callbacks
):
    Profile.objects.update(tells_me=True)
    monkeypatch.setattr(reader_views.printing, "make_pdf", _raising(Busy()))
    cal.come_in(share)
    with django_capture_on_commit_callbacks(execute=True):
        cal.ask(share, "pdf")
    assert mailoutbox == []


def test_a_worker_who_got_no_paper_has_not_read_the_newest_words(ana, priya, monkeypatch):
    share = make_share(make_page(ana, call_me="Ana", important="Tea."), email=priya.email)
    reader = ReaderWithLink()
    reader.browser.force_login(priya)
    reader.come_in(share)
    monkeypatch.setattr(reader_views.printing, "make_pdf", _raising(Busy()))
    assert reader.ask(share, "pdf").status_code == 503
    [row] = people.people_of(priya)["now"]
    assert row["last_read"] is None


# ---- HEAD


@pytest.mark.parametrize("channel", FORMATS)
def test_asking_whether_a_page_is_there_is_no_look(share, cal, channel):
    cal.come_in(share)
    answer = cal._at(share.key).head(address(FORMATS[channel], share.key))
    assert answer.status_code == 200
    assert not Look.objects.exists()
    assert not Paper.objects.exists()


def test_head_of_what_may_not_be_printed_is_answered_as_get_is(ana, share, cal):
    actions.change_what(
        share=share, by=ana, topics=["important"], with_photo=False, may_print=False,
        decided=I_DECIDED,
    )  # fmt: skip
    cal.come_in(share)
    assert cal._at(share.key).head(address("door:read_pdf", share.key)).status_code == 403


def test_head_prints_nothing(share, cal, anas_browser, monkeypatch):
    monkeypatch.setattr(printing, "make_pdf", _raising(AssertionError("printed")))
    cal.come_in(share)
    for browser, path in [
        (cal._at(share.key), address("door:read_pdf", share.key)),
        (anas_browser, "/me/page.pdf"),
        (anas_browser, "/me/copy/everything.zip"),
    ]:
        answer = browser.head(path)
        assert answer.status_code in {200, 302}, path
        assert not answer.has_header("Content-Length") or answer.status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "door:page", "door:page_pdf", "exports:page_txt", "exports:page_md", "exports:page_json",
        "exports:page_fhir",
    ],
)  # fmt: skip
def test_a_keepers_head_is_no_look(dees_browser, kept_page, name):
    assert dees_browser.head(reverse(name)).status_code == 200
    assert told(kept_page) == []


@pytest.mark.parametrize(
    "path", ["/helping/{}/", "/helping/{}/suggest/matters/important/"],
)  # fmt: skip
def test_a_helpers_head_is_no_look(sisters_browser, anas_sister, path):
    before = Look.objects.count()
    assert sisters_browser.head(path.format(anas_sister.ref)).status_code == 200
    assert Look.objects.count() == before


# ---- a keeper's paper, and one's own


def test_a_keepers_paper_fetched_twice_is_one_line(dee, kept_page):
    for _ in range(2):
        print_own_page(kept_page, by=dee)
    assert told(kept_page) == ["pdf"]
    assert Paper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_so_it_is_when_both_are_fetched_at_the_same_moment(dee, kept_page):
    made = at_once([lambda: print_own_page(kept_page, by=dee)] * 3)
    assert len({code_on(page.pdf) for page in made}) == 1
    assert told(kept_page) == ["pdf"]
    assert Paper.objects.count() == 1


def test_an_archive_that_was_not_made_leaves_no_paper_and_no_line(
    dees_browser, kept_page, monkeypatch
):
    make, made = printing.make_pdf, []

    def busy_the_second_time(sheet: Sheet) -> MadePage:
        if made:
            raise Busy
        made.append(make(sheet))
        return made[0]

    both = {"one-page": ONE_PAGE, "hospital": layout("hospital")}
    monkeypatch.setattr(door, "layouts", lambda: both)
    monkeypatch.setattr(own_pages.printing, "make_pdf", busy_the_second_time)
    monkeypatch.setattr(recent_login, "_was_here", lambda request: True)
    assert dees_browser.get("/me/copy/everything.zip").status_code == 503
    assert len(made) == 1
    assert told(kept_page) == []
    assert not Paper.objects.exists()


def test_what_was_not_got_before_it_had_a_line_of_its_own_is_told_as_ever(anas_browser, share):
    Look.objects.create(profile=share.profile, share=share, happened="pdf", reader_said="Cal")
    assertContains(anas_browser.get("/me/looked/"), "and did not get it.")


def _raising(why: Exception) -> Callable[..., MadePage]:
    def raises(*_: object) -> MadePage:
        raise why

    return raises
