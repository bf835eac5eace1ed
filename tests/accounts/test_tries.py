"""A stranger can neither flood somebody with codes, nor guess, nor use up what they may try."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.signing import dumps, loads
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains
from time_machine import travel

from profiles.accounts import tries
from profiles.accounts.models import User
from tests.factories import make_user
from tests.journeys.steps import code_from_email

pytestmark = pytest.mark.django_db
ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
WRONG = "0000-0000"
START = datetime(2026, 11, 2, 9, tzinfo=timezone.get_default_timezone())
ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def ask(browser: Client, email: str = ANA) -> int:
    return browser.post(ASK, {"email": email}).status_code


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def sign_in(browser: Client, email: str = ANA) -> Client:
    ask(browser, email)
    browser.post(CONFIRM, {"code": code_from_email()})
    assert is_in(browser)
    return browser


@pytest.fixture
def known(ana: User) -> Client:
    """Ana's own browser: she signed in with it once, and out again."""
    browser = sign_in(Client())
    browser.post(reverse("account_logout"))
    cache.clear()
    mail.outbox.clear()
    return browser


def guess_wrongly(times: int, email: str = ANA) -> int:
    """How many of these guesses, all of strangers, were compared."""
    compared = 0
    with travel(START, tick=False) as clock:
        browser = Client()
        for number in range(times):
            if number % 4 == 0:  # before the fifth wrong one ends the code
                clock.shift(timedelta(minutes=16))
                browser = Client()
                ask(browser, email)
            answer = browser.post(CONFIRM, {"code": WRONG})
            compared += "That code did not match" in answer.content.decode()
    return compared


def test_three_emails_go_to_an_address_in_a_quarter_of_an_hour(ana: User) -> None:
    with travel(START, tick=False) as clock:
        for _ in range(5):
            ask(Client())
        assert len(mail.outbox) == 3
        assert ask(Client(), "dee@example.org") == 302
        clock.shift(timedelta(minutes=14))
        assertContains(Client().post(ASK, {"email": ANA}), "You can ask again in 15 minutes")
        clock.shift(timedelta(minutes=2))
        assert ask(Client()) == 302


@pytest.mark.parametrize("email", ["ANA@example.org", "ana@EXAMPLE.org", " ana@example.org "])
def test_written_in_another_way_it_is_the_same_address(ana: User, email: str) -> None:
    for _ in range(3):
        ask(Client())
    assert ask(Client(), email) == 200
    assert len(mail.outbox) == 3


def test_another_code_counts_as_well(ana: User) -> None:
    browser = Client()
    ask(browser)
    for _ in range(5):
        browser.post(CONFIRM, {"action": "resend"})
    assert len(mail.outbox) == 3
    sent = code_from_email()
    ask(Client())
    again = browser.post(CONFIRM, {"action": "resend"}, follow=True)
    assertContains(
        again, "That was a lot" if "That was a lot" in again.text else "What is the code?"
    )
    browser.post(CONFIRM, {"code": sent})
    assert is_in(browser)


def test_a_code_that_was_not_sent_is_told_kindly_and_the_one_before_works(ana: User) -> None:
    for _ in range(2):
        ask(Client())
    browser = Client()
    ask(browser)
    answer = browser.post(CONFIRM, {"action": "resend"}, follow=True)
    assertContains(answer, "We have just sent a few")
    browser.post(CONFIRM, {"code": code_from_email()})
    assert is_in(browser)


def test_ten_wrong_codes_are_compared_in_a_day(ana: User) -> None:
    assert guess_wrongly(25) == 10


def test_then_the_right_one_opens_nothing_until_the_next_day(ana: User) -> None:
    guess_wrongly(12)
    with travel(START + timedelta(hours=2), tick=False) as clock:
        browser = Client()
        ask(browser)
        answer = browser.post(CONFIRM, {"code": code_from_email()})
        assertContains(answer, "Try again tomorrow")
        assert not is_in(browser)
        clock.shift(timedelta(days=1, hours=1))
        assert is_in(sign_in(Client()))


def test_right_codes_are_not_counted(ana: User) -> None:
    with travel(START, tick=False) as clock:
        for _ in range(12):
            clock.shift(timedelta(minutes=6))
            sign_in(Client())


NO_CODES = ["", "   ", "Hello, I am Ana", "1234-567", "1234-5678-9", "1234-5678, 1234-5679", "\x00"]


@pytest.mark.parametrize("words", NO_CODES)
def test_a_box_without_a_code_uses_up_no_try(ana: User, words: str) -> None:
    browser = Client()
    ask(browser)
    for _ in range(12):
        answer = browser.post(CONFIRM, {"code": words})
        assert "That code did not match" not in answer.text
        assertContains(answer, 'id="id_code_error"')
    for _ in range(4):  # as many as ever are compared before a code ends
        assertContains(browser.post(CONFIRM, {"code": WRONG}), "That code did not match")
    browser.post(CONFIRM, {"code": code_from_email()})
    assert is_in(browser)


def test_words_without_a_code_come_back_with_what_to_do(ana: User) -> None:
    browser = Client()
    ask(browser)
    assertContains(browser.post(CONFIRM, {"code": ""}), "Type the code from the email")
    answer = browser.post(CONFIRM, {"code": "Hello, I am Ana"})
    assertContains(answer, "We cannot find a code in that")
    assertContains(answer, 'value="Hello, I am Ana"')


def test_whoever_has_no_tries_left_is_told_so_only_for_a_code(ana: User) -> None:
    guess_wrongly(12)
    with travel(START + timedelta(hours=2), tick=False):
        browser = Client()
        ask(browser)
        assertContains(browser.post(CONFIRM, {"code": "Hello"}), "We cannot find a code in that")
        assertContains(browser.post(CONFIRM, {"code": WRONG}), "Try again tomorrow")


def test_a_stranger_uses_up_nothing_of_a_browser_that_is_known(known: Client) -> None:
    guess_wrongly(12)
    with travel(START + timedelta(hours=2), tick=False):
        while ask(Client()) == 302:
            pass
        assert ask(known) == 302
        known.post(CONFIRM, {"code": WRONG})
        known.post(CONFIRM, {"code": code_from_email()})
        assert is_in(known)


def test_whoever_a_stranger_keeps_waiting_is_told_of_other_ways_and_the_code_they_have_works(
    ana: User, known: Client
) -> None:
    with travel(START, tick=False) as clock:
        new = Client()
        ask(new)
        sent = code_from_email()
        while ask(Client()) == 302:  # a stranger, who knows the address
            pass
        told = Client().post(ASK, {"email": ANA})
        assertContains(told, "or use a passkey, or a device that you signed in on before")
        assert ask(known) == 302
        clock.shift(timedelta(minutes=59))
        new.post(CONFIRM, {"code": sent})
        assert is_in(new)


def test_a_browser_that_is_known_is_limited_too(known: Client) -> None:
    answers = []
    for _ in range(5):
        browser = Client()  # with nothing that waits, but known
        browser.cookies[tries.COOKIE] = known.cookies[tries.COOKIE].value
        answers.append(ask(browser))
    assert answers == [302, 302, 302, 200, 200]


def test_it_is_known_to_one_address_and_not_to_all(known: Client) -> None:
    with travel(START, tick=False):
        for _ in range(3):
            ask(Client(), "dee@example.org")
        assert ask(known, "dee@example.org") == 200
        assert ask(known, "Ana@Example.org") == 302


def test_two_people_can_share_a_browser(known: Client) -> None:
    sign_in(known, "dee@example.org").post(reverse("account_logout"))
    for email in (ANA, "dee@example.org"):
        cache.clear()
        for _ in range(3):
            ask(Client(), email)
        assert ask(known, email) == 302


def test_a_browser_of_many_people_forgets_the_oldest_before_its_cookie_is_too_long(
    known: Client, rf: RequestFactory
) -> None:
    for number in range(tries.MOST_ADDRESSES):
        request, answer = rf.get("/"), HttpResponse()
        request.COOKIES[tries.COOKIE] = known.cookies[tries.COOKIE].value
        tries.remember(request, answer, f"person{number}@example.org")
        known.cookies[tries.COOKIE] = answer.cookies[tries.COOKIE].value
    _browser, marks = loads(known.cookies[tries.COOKIE].value, salt=tries.SALT)
    assert len(marks) == tries.MOST_ADDRESSES
    for _ in range(3):
        ask(Client())
    assert ask(known) == 200  # Ana was the first
    assert ask(known, "person0@example.org") == 302


def test_the_cookie_names_no_address_and_is_for_this_host_alone(known: Client) -> None:
    cookie = known.cookies[tries.COOKIE]
    assert "example" not in str(loads(cookie.value, salt=tries.SALT))  # as it stands there signed
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not cookie["domain"]
    assert int(cookie["max-age"]) == tries.KEPT
    assert known.cookies[tries.COOKIE].value != sign_in(Client()).cookies[tries.COOKIE].value


@pytest.mark.parametrize(
    "value",
    ["", "a", "a:b:c", "\u00e9" * 9, dumps(["a", []], salt="another"), dumps(["a", ["b"]])],
    ids=["empty", "letters", "shape", "other letters", "other salt", "no salt"],
)
def test_a_cookie_that_we_did_not_sign_has_no_tries_of_its_own(ana: User, value: str) -> None:
    for _ in range(3):
        ask(Client())
    browser = Client()
    browser.cookies[tries.COOKIE] = value
    assert ask(browser) == 200


def test_signing_out_leaves_the_browser_known(known: Client) -> None:
    assert known.cookies[tries.COOKIE].value


def test_what_is_counted_names_no_address(ana: User) -> None:
    ask(Client())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert not [key for (key,) in cursor.fetchall() if "ana" in key]


def test_the_same_is_done_for_an_address_that_is_known_and_one_that_is_not(ana: User) -> None:
    done = []
    for email in (ANA, "new@example.org"):
        cache.clear()
        browser = Client()
        with CaptureQueriesContext(connection) as asked:
            ask(browser, email)
        code = code_from_email()
        with CaptureQueriesContext(connection) as entered:
            browser.post(CONFIRM, {"code": code})
        assert is_in(browser)
        done.append([shape(query["sql"]) for query in (*asked, *entered)])
    assert done[0] == done[1]


def shape(sql: str) -> str:
    """What a query does, and to which table."""
    words = sql.replace('"', "").split()
    if "SAVEPOINT" in words[:2]:
        return " ".join(words[:-1])
    return " ".join(
        words[:3] + [words[at + 1] for at, word in enumerate(words) if word == "FROM"][:1]
    )


def test_an_account_that_is_closed_is_sent_no_code(ana: User) -> None:
    make_user("gone@example.org")
    User.objects.filter(email="gone@example.org").update(is_active=False)
    browser = Client()
    assert ask(browser, "gone@example.org") == 302
    assert not [message for message in mail.outbox if "-" in message.body.split("code:")[-1][:12]]
