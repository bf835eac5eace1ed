"""The doorstep: no name, no content, no look; and every closed link is one and the same page."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from profiles.reading.decorators import COOKIE
from profiles.reading.models import READS_FOR, Introduction
from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import make_page, make_share
from tests.names import assert_names_nobody
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
CANARY = "CNRY-ana-important"


@pytest.fixture
def share(ana) -> Share:
    page = make_page(ana, call_me="CNRY-ana-name", important=CANARY)
    return make_share(page, reader_name="CNRY-ana-reader")


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def test_it_says_nothing_and_writes_nothing_down(share, cal):
    answer = cal.open(share.key)
    assert answer.status_code == 200
    assertNotContains(answer, "CNRY")
    assert not share.looks.exists()
    assert not share.introductions.exists()


def test_it_sets_no_cookie_but_the_one_that_guards_its_form(share, cal):
    cal.open(share.key)
    assert set(cal.browser.cookies) <= {"csrftoken"}


def test_the_reader_is_told_before_that_the_person_will_see_it(share, cal):
    assertContains(cal.open(share.key), "They will see that you looked")


ROBOTS = [
    "Slackbot-LinkExpanding 1.0", "facebookexternalhit/1.1", "WhatsApp/2.23", "Twitterbot/1.0",
    "LinkedInBot/1.0", "TelegramBot", "Googlebot/2.1", "bingbot/2.0", "SkypeUriPreview",
    "Mozilla/5.0 (compatible; Outlook-SafeLinks)", "Barracuda Sentinel", "Discordbot/2.0",
]  # fmt: skip


@pytest.mark.parametrize("robot", ROBOTS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_robot_that_opens_the_link_sees_and_uses_up_nothing(share, cal, robot, method):
    answer = getattr(Client(headers={"user-agent": robot}), method)(
        address("reading:doorstep", share.key)
    )
    assert answer.status_code == 200
    assert b"CNRY" not in answer.content
    assert not share.looks.exists()
    assert CANARY in cal.read(share)


def test_saying_who_they_are_shows_the_page_and_is_kept(share, cal):
    answer = cal.come_in(share)
    assert answer.url == address("door:read", share.key)
    kept = share.introductions.get()
    kept.profile = share.profile
    assert (kept.name, kept.role, kept.place) == ("Cal", "night nurse", "Ward 4")
    assertContains(cal.ask(share), CANARY)


def test_nobody_is_told_by_a_link_who_came_in_before(share, cal):
    cal.come_in(share, place="CNRY-place", role="CNRY-role")
    next_reader = Client().get(address("reading:doorstep", share.key))
    assert_names_nobody(next_reader, "Cal")
    assertNotContains(next_reader, "CNRY")


@pytest.mark.parametrize("missing, said", [("name", " "), ("role", " "), ("name", "\u3164")])
def test_nobody_comes_in_without_saying_who_they_are(share, cal, missing, said):
    answer = cal.come_in(share, **{missing: said})
    assert answer.status_code == 422
    assertContains(answer, "Tell the person", status_code=422)
    assert not Introduction.objects.exists()


def test_without_an_introduction_every_format_leads_to_the_doorstep(share):
    for name in ["door:read", "door:read_pdf", "exports:read_txt", "exports:read_json"]:
        answer = Client().get(address(name, share.key))
        assert answer.url == address("reading:doorstep", share.key)


def test_the_browser_remembers_for_this_link_alone(share, cal):
    other = make_share(share.profile)
    cal.come_in(share)
    cookie = cal.browser.cookies[COOKIE]
    assert cookie["path"] == address("reading:doorstep", share.key)
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    assert cal.ask(other).status_code == 302


def test_what_the_browser_remembers_is_not_in_the_database(share, cal):
    cal.come_in(share)
    assert cal.browser.cookies[COOKIE].value not in share.introductions.get().key_digest


def test_an_introduction_to_one_link_opens_no_other(share, cal):
    other = make_share(share.profile)
    cal.come_in(share)
    thief = Client()
    thief.cookies[COOKIE] = cal.browser.cookies[COOKIE].value
    assert thief.get(address("door:read", other.key)).status_code == 302


def test_after_two_hours_they_say_again_who_they_are(share, cal, monkeypatch):
    cal.come_in(share)
    later = timezone.now() + READS_FOR
    monkeypatch.setattr("profiles.sharing.models.timezone.now", lambda: later)
    assert cal.ask(share).url == address("reading:doorstep", share.key)


def test_closing_the_page_forgets_who_read_it(share, cal):
    cal.come_in(share)
    answer = cal.browser.post(address("reading:leave", share.key))
    assert answer.cookies[COOKIE].value == ""
    assert cal.browser.get(address("door:read", share.key)).status_code == 302


def test_it_forgets_them_also_while_the_page_is_paused(share, cal, ana):
    """Else whoever sits there next, when it is open again, would read as they did."""
    cal.come_in(share)
    actions.pause(share=share, by=ana)
    cal.browser.post(address("reading:leave", share.key))
    actions.resume(share=share, by=ana)
    assert cal.browser.get(address("door:read", share.key)).status_code == 302


NAUGHTY = [
    "<script>alert(1)</script>", "{{7*7}}", "Robert'); DROP TABLE students;--", "\u202etxt.exe",
    "נועה", "أميرة", "👩🏽‍⚕️ Priya", "a" * 80, "=1+1", "\r\nBcc: x@example.org", "&lt;b&gt;", "ﷺ",
]  # fmt: skip


@pytest.mark.parametrize("name", NAUGHTY)
def test_whatever_a_reader_is_called_is_kept_and_never_markup(share, cal, ana, client, name):
    cal.come_in(share, name=name)
    cal.ask(share)
    client.force_login(ana)
    page = client.get("/me/looked/").content.decode()
    assert escape(" ".join(name.replace("\u202e", "").split())) in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("name", ["a" * 81, "\x00", "a\x00b", "a" * 10_000, "\x1b[31m"], ids=ascii)
@pytest.mark.parametrize("field", ["name", "role", "place"])
def test_what_cannot_be_kept_gets_a_sentence(share, cal, field, name):
    answer = cal.come_in(share, **{field: name if field != "place" else name * 2})
    assert answer.status_code == 422
    assert not share.introductions.exists()


def test_a_passcode_field_is_there_only_where_there_is_one(share, cal):
    assertNotContains(cal.open(share.key), "passcode")
    actions.change_passcode(share=share, by=share.profile.owner)
    assertContains(cal.open(share.key), "The passcode")


def test_a_reader_who_is_in_already_is_shown_the_way_back(share, cal):
    cal.come_in(share)
    assertContains(cal.open(share.key), "Go on reading")
    assertNotContains(ReaderWithLink().open(share.key), "Go on reading")
