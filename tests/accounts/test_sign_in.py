"""Signing in with an emailed code, and what becomes of the words."""

import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from profiles.accounts.actions import make_account
from profiles.accounts.models import Session, User
from profiles.pages.adapter import KeepWordsAdapter
from profiles.pages.models import Profile
from tests.factories import make_page, texts

pytestmark = pytest.mark.django_db
ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")


def code_from_email() -> str:
    found = re.search(r"\b(\d{4}-\d{4})\b", mail.outbox[-1].body)
    assert found
    return found[1]


def sign_in(client: Client, email: str = "ana@example.org"):
    client.post(ASK, {"email": email})
    return client.post(CONFIRM, {"code": code_from_email()})


def test_an_eight_digit_code_signs_somebody_new_in(client):
    response = sign_in(client, "new@example.org")
    assert response.url == reverse("house:me")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_same_form_signs_in_somebody_we_know(client, ana):
    sign_in(client)
    assert User.objects.get() == ana
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_two_first_sign_ins_at_once_make_one_account(db):
    assert make_account(email="new@example.org") == make_account(email="New@example.org")
    assert User.objects.count() == 1


def test_capital_letters_in_an_address_make_no_second_account(client, ana):
    sign_in(client, "ANA@Example.org")
    assert User.objects.get() == ana


@pytest.mark.parametrize(
    "typed", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0}-{1} ", "{0}–{1}", "{0}\u00a0{1}", "“{0}-{1}”.",
              "code: {0}-{1}", "Your code is {0}-{1}. It works for 1 hour.", "\u202a{0}-{1}\u202c"]
)  # fmt: skip
def test_the_code_may_be_typed_and_pasted_in_any_way(client, typed):
    client.post(ASK, {"email": "ana@example.org"})
    code = typed.format(*code_from_email().split("-"))
    assert client.post(CONFIRM, {"code": code}).status_code == 302


def test_a_whole_email_may_be_pasted_for_its_code(client):
    client.post(ASK, {"email": "ana@example.org"})
    assert client.post(CONFIRM, {"code": mail.outbox[-1].body}).status_code == 302


def test_nobody_can_tell_who_has_an_account(ana):
    pages = []
    for email in ["ana@example.org", "nobody@example.org"]:
        client = Client()
        asked = client.post(ASK, {"email": email})
        page = client.get(CONFIRM).content.decode()
        pages.append((asked.status_code, asked.url, masked(page.replace(email, "EMAIL"))))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2
    assert masked(mail.outbox[0].subject) == masked(mail.outbox[1].subject)


def masked(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_a_wrong_code_is_told_kindly_and_can_be_tried_again(client):
    client.post(ASK, {"email": "ana@example.org"})
    response = client.post(CONFIRM, {"code": "0000-0000"})
    assert "That code did not match" in response.content.decode()
    assert client.post(CONFIRM, {"code": code_from_email()}).status_code == 302


def test_after_five_wrong_codes_the_right_one_opens_nothing(client):
    client.post(ASK, {"email": "ana@example.org"})
    for _ in range(5):
        client.post(CONFIRM, {"code": "0000-0000"})
    client.post(CONFIRM, {"code": code_from_email()})
    assert "_auth_user_id" not in client.session


def test_a_code_works_only_in_the_browser_that_asked(client):
    client.post(ASK, {"email": "ana@example.org"})
    other = Client()
    other.post(CONFIRM, {"code": code_from_email()})
    assert "_auth_user_id" not in other.session


def test_a_code_lets_somebody_in_once(client):
    client.post(ASK, {"email": "ana@example.org"})
    code = code_from_email()
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_code_that_is_pressed_twice_at_once_begins_one_session(client, ana, monkeypatch):
    client.post(ASK, {"email": ana.email})
    code, pre_login = code_from_email(), KeepWordsAdapter.pre_login
    windows = [Client() for _ in range(3)]  # of one browser; the last two press while it waits
    for window in windows:
        window.cookies.update(client.cookies)
    waiting = windows[:2]

    def pressed_meanwhile(*given, **also):
        if waiting:
            waiting.pop().post(CONFIRM, {"code": code})
        return pre_login(*given, **also)

    monkeypatch.setattr(KeepWordsAdapter, "pre_login", pressed_meanwhile)
    assert windows[2].post(CONFIRM, {"code": code}).status_code == 302
    assert Session.objects.of(ana).count() == 1
    assert ["_auth_user_id" in window.session for window in windows] == [True] * 3


def test_a_session_is_written_down_whole_before_another_press_may_go_on(client, ana, monkeypatch):
    def post_login(*given, **also):
        assert Session.objects.of(ana).exists()
        return after(*given, **also)

    after = KeepWordsAdapter.post_login
    monkeypatch.setattr(KeepWordsAdapter, "post_login", post_login)
    assert sign_in(client, ana.email).status_code == 302


def test_a_new_code_ends_the_one_before(client):
    client.post(ASK, {"email": "ana@example.org"})
    before = code_from_email()
    client.post(CONFIRM, {"action": "resend"})
    assert code_from_email() != before
    client.post(CONFIRM, {"code": before})
    assert "_auth_user_id" not in client.session
    client.post(CONFIRM, {"code": code_from_email()})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a" * 300 + "@example.org"])
def test_an_address_that_is_none_gets_a_sentence_and_no_mail(client, email):
    response = client.post(ASK, {"email": email})
    assert "address" in response.content.decode()
    assert not mail.outbox


def test_the_email_holds_a_code_and_no_words_of_the_page(visitor, visitors_page):
    visitor.post(ASK, {"email": "jo@example.org"})
    message = mail.outbox[-1]
    assert "Jo" not in message.subject + message.body
    assert "one hour" in message.body


def test_a_visitors_words_move_into_the_account(visitor, visitors_page):
    sign_in(visitor, "jo@example.org")
    page = Profile.objects.get()
    assert page.owner == User.objects.get()
    assert texts(page, "call_me") == ["Jo"]
    assert "Jo" in visitor.get(reverse("house:me")).content.decode()


def test_an_account_stays_signed_in_longer_than_a_visitors_words_stay(client, settings):
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    sign_in(client)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_a_page_for_somebody_else_is_kept_by_the_account_not_owned(visitor, visitors_page):
    Profile.objects.update(for_someone=True)
    sign_in(visitor, "amir@example.org")
    page = Profile.objects.get()
    assert (page.owner, page.kept_by) == (None, User.objects.get())


def test_an_account_that_has_a_page_keeps_both_and_the_person_chooses(visitor, visitors_page, ana):
    first = make_page(ana, call_me="Ana")
    response = sign_in(visitor)
    assert response.url == reverse("pages:choose")
    assert set(Profile.objects.of(ana)) == {first, visitors_page}
    visitor.post(reverse("pages:choose"), {"page": first.key})
    assert Profile.objects.of(ana).first() == first
    assert texts(visitors_page, "call_me") == ["Jo"]


def test_a_page_begun_and_left_empty_asks_for_no_choice(client, ana):
    first = make_page(ana, call_me="Ana")
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    response = sign_in(client)
    assert response.url == reverse("house:me")
    assert list(Profile.objects.all()) == [first]


def test_nobody_can_take_a_page_that_is_somebodys(ana, anas_page, client):
    session = client.session
    session["pages"] = [anas_page.key]
    session.save()
    sign_in(client, "dee@example.org")
    anas_page.refresh_from_db()
    assert anas_page.owner == ana


def test_signing_out_ends_the_session(anas_browser):
    anas_browser.post(reverse("account_logout"))
    assert anas_browser.get(reverse("house:me")).status_code == 403


def test_a_session_gets_a_new_key_when_somebody_signs_in(visitor):
    before = visitor.session.session_key
    sign_in(visitor, "jo@example.org")
    assert visitor.session.session_key != before


def test_no_script_and_no_other_site_has_the_cookies_of_a_session(client, settings):
    client.get(ASK)
    sign_in(client)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/" and not cookie["domain"], name


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionRefusedError("no"),
        SMTPRecipientsRefused({"new@example.org": (550, b"new@example.org?")}),
    ],
)
def test_a_mail_server_that_refuses_is_told_kindly_and_no_address_is_logged(
    client, monkeypatch, caplog, fault
):
    def refuse(*given):
        raise fault

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    response = client.post(ASK, {"email": "new@example.org"})
    assert response.status_code == 503
    assert "We could not send the email" in response.content.decode()
    assert "new@example.org" not in caplog.text
    assert type(fault).__name__ in caplog.text


def test_asking_again_and_again_is_stopped(db):
    answers = [Client().post(ASK, {"email": "ana@example.org"}).status_code for _ in range(12)]
    assert len(mail.outbox) == 3
    assert answers == [302] * 3 + [200] * 9


@pytest.mark.parametrize("name", [ASK, CONFIRM, reverse("account_logout")])
@pytest.mark.parametrize("target", ["http://[", "//example.com\\@[::1"])
def test_a_way_on_that_is_no_address_leads_nowhere(client, name, target):
    client.post(ASK, {"email": "ana@example.org"})
    for answer in (client.get(name, {"next": target}), client.post(name, {"next": target})):
        assert answer.status_code < 400
        assert "[" not in answer.get("Location", "")
