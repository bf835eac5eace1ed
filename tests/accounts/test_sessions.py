"""Sessions: what a stolen database holds of them, when they end, and where they are listed."""

import json
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from time_machine import travel

from profiles.accounts.browsers import in_words
from profiles.accounts.models import Session, User
from profiles.accounts.sessions import SessionStore, kept_as
from profiles.pages.decorators import VISITORS_PAGES
from tests.factories import make_page
from tests.journeys.steps import code_from_email

pytestmark = pytest.mark.django_db
ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
DEVICES = reverse("account_devices")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
START = datetime(2026, 11, 2, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def sign_in(email: str = "ana@example.org", user_agent: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": user_agent})
    browser.post(ASK, {"email": email})
    browser.post(CONFIRM, {"code": code_from_email()})
    assert "_auth_user_id" in browser.session
    return browser


def key_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def is_in(browser: Client) -> bool:
    return browser.get(reverse("mfa_index")).status_code == 200


def stolen() -> str:
    """Every value in the table of sessions, as whoever takes the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Session._meta.db_table}")
        return json.dumps(cursor.fetchall(), default=str)


def with_key(key: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browser


def test_nothing_in_a_stolen_row_signs_in(ana: User) -> None:
    browser = sign_in()
    row = Session.objects.get(account=ana)
    assert key_of(browser) not in stolen()
    for value in (row.pk, row.session_data, row.session_data[:32], row.browser):
        assert not is_in(with_key(value))
    assert is_in(with_key(key_of(browser)))


def test_the_code_that_was_sent_stands_nowhere_in_the_database(ana: User) -> None:
    browser = Client()
    browser.post(ASK, {"email": ana.email})
    code = code_from_email()
    for waiting in (code, code.replace("-", ""), ana.email, "login_code"):
        assert waiting not in stolen()
    row = Session.objects.get()
    assert row.get_decoded() == {}  # what Django itself can read in it
    assert SessionStore(row.pk).decode(row.session_data) == {}


def test_the_code_for_a_new_address_stands_nowhere_either(ana: User) -> None:
    browser = sign_in()
    browser.post(reverse("account_email"), {"email": "new@example.org", "action_add": "yes"})
    code = code_from_email()
    assert code not in stolen() and "new@example.org" not in stolen()


def test_the_pages_that_a_visitor_began_cannot_be_read(visitor, visitors_page) -> None:
    assert visitor.session[VISITORS_PAGES] == [visitors_page.key]
    assert visitors_page.key not in stolen()


def test_words_moved_to_another_row_or_changed_open_nothing(ana: User, dee: User) -> None:
    first, second = sign_in(ana.email), sign_in(dee.email)
    row = Session.objects.get(account=ana)
    Session.objects.filter(account=dee).update(session_data=row.session_data)
    assert not is_in(second)
    changed = row.session_data[:-8] + ("AAAAAAAA" if row.session_data[-8:] != "AAAAAAAA" else "B")
    Session.objects.filter(pk=row.pk).update(session_data=changed)
    assert not is_in(first)


@pytest.mark.parametrize(
    "key", ["", "short", "a\x00bcdefgh", "\ud800abcdefgh", "é" * 40, "x" * 9_000]
)
def test_a_key_that_is_none_finds_nothing(key: str) -> None:
    session = SessionStore(key)
    assert session.load() == {} if session.session_key else not session.keys()
    assert session.session_key is None


def test_a_key_that_somebody_chose_is_never_taken_up(ana: User) -> None:
    chosen = "a" * 32
    browser = with_key(chosen)
    browser.post(ASK, {"email": ana.email})
    assert key_of(browser) != chosen
    assert not Session.objects.filter(pk=kept_as(chosen)).exists()


def test_what_is_signed_out_cannot_be_used_again(ana: User) -> None:
    browser = sign_in()
    key = key_of(browser)
    browser.post(reverse("account_logout"))
    assert not is_in(with_key(key))


def test_django_makes_its_sessions_with_ours() -> None:
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore
    assert "django_session" not in connection.introspection.table_names()


def test_use_puts_off_the_end_and_a_fortnight_without_is_the_end(ana: User) -> None:
    make_page(ana, call_me="Ana")
    with travel(START, tick=False) as clock:
        browser = sign_in()
        for _ in range(4):
            clock.shift(timedelta(days=13, hours=22))
            assert is_in(browser)
        assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 14 * 24 * 60 * 60
        clock.shift(timedelta(days=14, minutes=1))
        assert not is_in(browser)


def test_ninety_days_after_signing_in_is_the_end_however_often_they_come(ana: User) -> None:
    with travel(START, tick=False) as clock:
        browser = sign_in()
        for _ in range(8):
            clock.shift(timedelta(days=11))
            assert is_in(browser)
        clock.shift(timedelta(days=2) - timedelta(seconds=1))
        assert is_in(browser)
        clock.shift(timedelta(seconds=1))
        assert not is_in(browser)
        again = sign_in()
        clock.shift(timedelta(days=13))
        assert is_in(again)


def test_a_visitors_week_counts_from_the_last_visit() -> None:
    with travel(timezone.now(), tick=False) as clock:
        browser = Client()
        browser.post(reverse("pages:start"), {"who": "me", "language": "en"})
        for _ in range(3):
            clock.shift(timedelta(days=6, hours=22))
            assert browser.get(reverse("house:me")).status_code == 200
        clock.shift(timedelta(days=7, minutes=1))
        assert browser.get(reverse("house:me")).status_code == 403


def test_what_two_requests_learn_at_once_both_stays(ana: User) -> None:
    browser = sign_in()
    Session.objects.update(used_at=timezone.now() - timedelta(days=1))
    reading, writing = SessionStore(key_of(browser)), SessionStore(key_of(browser))
    assert reading.get("new") is None and reading.modified
    writing["new"] = "words"
    writing.save()
    reading.save()
    assert SessionStore(key_of(browser))["new"] == "words"


def test_a_session_that_was_ended_meanwhile_stays_ended_without_a_fault(ana: User) -> None:
    browser = sign_in()
    Session.objects.update(used_at=timezone.now() - timedelta(days=1))
    reading = SessionStore(key_of(browser))
    assert reading.get("_auth_user_id") == str(ana.pk)
    Session.objects.all().delete()
    reading.save()
    assert not Session.objects.exists()


def test_a_new_address_ends_the_other_sessions_and_keeps_this_one(ana: User) -> None:
    make_page(ana, call_me="Ana")
    other, this = sign_in(), sign_in()
    this.post(reverse("account_email"), {"email": "new@example.org", "action_add": "yes"})
    assert is_in(other)
    this.post(reverse("account_email_verification_sent"), {"code": code_from_email()})
    assert User.objects.get(pk=ana.pk).email == "new@example.org"
    assert is_in(this) and not is_in(other)


def test_a_code_that_went_to_the_old_address_opens_nothing_any_more(ana: User) -> None:
    waiting = Client()
    waiting.post(ASK, {"email": ana.email})
    old_code = code_from_email()
    this = sign_in()
    this.post(reverse("account_email"), {"email": "new@example.org", "action_add": "yes"})
    this.post(reverse("account_email_verification_sent"), {"code": code_from_email()})
    answer = waiting.post(CONFIRM, {"code": old_code}, follow=True)
    assert "_auth_user_id" not in waiting.session
    assertContains(answer, "That code did not match")


def test_they_see_where_they_are_signed_in(ana: User, dee: User) -> None:
    sign_in(dee.email, "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0")
    sign_in(user_agent=IPHONE)
    this = sign_in()
    page = this.get(DEVICES)
    assertContains(page, "Safari on an iPhone")
    assertContains(page, "Firefox on Windows")
    assertContains(page, "This is the device you are using now", count=1)
    assertContains(page, "Last used:", count=2)
    assertNotContains(page, "Edge")
    assertContains(this.get(reverse("mfa_index")), DEVICES)


def test_of_a_device_only_its_kind_is_kept(ana: User) -> None:
    sign_in()
    kept = stolen()
    assert "Firefox on Windows" in kept
    assert "Mozilla" not in kept and "127.0.0.1" not in kept


def test_one_device_is_signed_out_by_its_button(ana: User) -> None:
    phone, tablet, this = sign_in(user_agent=IPHONE), sign_in(), sign_in()
    row = kept_as(key_of(phone))
    for _ in range(2):  # pressed twice, it is the same
        assertRedirects(this.post(reverse("account_end_device"), {"device": row}), DEVICES)
    assert not is_in(phone)
    assert is_in(tablet) and is_in(this)


def test_nobody_signs_out_anybody_else(ana: User, dee: User) -> None:
    anas, dees = sign_in(ana.email), sign_in(dee.email)
    dees.post(reverse("account_end_device"), {"device": kept_as(key_of(anas))})
    dees.post(reverse("account_sign_out_elsewhere"))
    assert is_in(anas) and is_in(dees)


def test_the_device_in_use_is_signed_out_as_always(ana: User) -> None:
    this = sign_in()
    answer = this.post(reverse("account_end_device"), {"device": kept_as(key_of(this))})
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(this)


def test_one_button_signs_out_everywhere_else(ana: User) -> None:
    phone, tablet, this = sign_in(user_agent=IPHONE), sign_in(), sign_in()
    assertContains(this.get(DEVICES), "Sign out everywhere else")
    assertRedirects(this.post(reverse("account_sign_out_elsewhere")), DEVICES)
    assert is_in(this)
    assert not is_in(phone) and not is_in(tablet)
    assertNotContains(this.get(DEVICES), "Sign out everywhere else")


def test_a_device_signed_out_by_the_clock_is_not_listed(ana: User) -> None:
    with travel(START, tick=False) as clock:
        sign_in(user_agent=IPHONE)
        clock.shift(timedelta(days=15))
        assertNotContains(sign_in().get(DEVICES), "iPhone")


@pytest.mark.parametrize("leave", ["account_logout", "pages:delete"])
def test_leaving_asks_the_browser_to_forget_and_to_keep_its_cookies(ana: User, leave: str) -> None:
    make_page(ana, call_me="Ana")
    browser = sign_in()
    assert "Clear-Site-Data" not in browser.get(reverse(leave)).headers
    answer = browser.post(reverse(leave), {"sure": "on"})
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    "says, words",
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537.36", "Chrome on an Android device"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari on a Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140 Safari/537.36", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge on Windows"),
        ("Firefox", "Firefox"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(says: str, words: str) -> None:
    assert in_words(says) == words
