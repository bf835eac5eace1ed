"""Changing the email address that codes go to."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from profiles.accounts.models import User
from tests.accounts.test_sign_in import masked
from tests.accounts.test_tries import NO_CODES
from tests.factories import make_page, make_user
from tests.journeys.steps import code_from_email

pytestmark = pytest.mark.django_db
ASK = reverse("account_email")
CONFIRM = reverse("account_email_verification_sent")
NEW = "new@example.org"


def sign_in(email: str = "ana@example.org") -> Client:
    cache.clear()
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    assert "_auth_user_id" in client.session
    mail.outbox.clear()
    return client


def ask_to_change(signed_in: Client, email: str = NEW) -> None:
    response = signed_in.post(ASK, {"email": email, "action_add": "yes"})
    assertRedirects(response, CONFIRM)


@pytest.fixture
def signed_in(ana: User) -> Client:
    make_page(ana, call_me="Ana")
    return sign_in()


def test_the_account_names_the_address_in_use(signed_in):
    assertContains(signed_in.get(reverse("mfa_index")), "ana@example.org")
    assertContains(signed_in.get(ASK), "ana@example.org")


def test_the_code_changes_the_address(signed_in, ana):
    ask_to_change(signed_in)
    response = signed_in.post(CONFIRM, {"code": code_from_email()}, follow=True)
    assert response.request["PATH_INFO"] == reverse("mfa_index")
    assertContains(response, f"From now on we send codes to {NEW}.")
    ana.refresh_from_db()
    assert ana.email == NEW
    assert [row.email for row in EmailAddress.objects.all()] == [NEW]


def test_codes_go_to_the_new_address_and_open_the_same_page(signed_in, ana):
    ask_to_change(signed_in)
    signed_in.post(CONFIRM, {"code": code_from_email()})
    assertContains(sign_in(NEW).get(reverse("house:me")), "Ana")
    assert User.objects.get() == ana


def test_a_code_that_waits_at_the_old_address_opens_nothing_any_more(signed_in):
    whoever_reads_there = Client()
    whoever_reads_there.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
    code = code_from_email()
    ask_to_change(signed_in)
    signed_in.post(CONFIRM, {"code": code_from_email()})
    refused = whoever_reads_there.post(
        reverse("account_confirm_login_code"), {"code": code}, follow=True
    )
    assertContains(refused, "That code did not match")
    assert "_auth_user_id" not in whoever_reads_there.session


def test_the_old_address_is_told_and_not_told_the_new_one(signed_in):
    ask_to_change(signed_in)
    signed_in.post(CONFIRM, {"code": code_from_email()})
    told = mail.outbox[-1]
    assert (told.to, told.subject) == (["ana@example.org"], "Your email address was changed")
    assert NEW not in told.body


def test_until_the_code_is_typed_nothing_changes(signed_in, ana):
    ask_to_change(signed_in)
    assertContains(signed_in.post(CONFIRM, {"code": "0000-0000"}), "That code did not match")
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    assert sign_in().get(reverse("house:me")).status_code == 200


def test_another_code_can_be_asked_for_at_once(signed_in):
    ask_to_change(signed_in)
    first = code_from_email()
    signed_in.post(CONFIRM, {"action": "resend"})
    assert code_from_email() != first
    signed_in.post(CONFIRM, {"code": code_from_email()})
    assert User.objects.get().email == NEW


def test_an_address_is_not_flooded_with_codes(signed_in):
    ask_to_change(signed_in)
    for _ in range(12):
        signed_in.post(CONFIRM, {"action": "resend"})
        signed_in.post(ASK, {"email": NEW, "action_add": "yes"})
    assert len(mail.outbox) == 3


def test_after_five_wrong_codes_the_right_one_changes_nothing(signed_in, ana):
    ask_to_change(signed_in)
    for _ in range(5):
        signed_in.post(CONFIRM, {"code": "0000-0000"})
    signed_in.post(CONFIRM, {"code": code_from_email()})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize("words", NO_CODES)
def test_a_box_without_a_code_uses_up_no_try(signed_in, words):
    ask_to_change(signed_in)
    for _ in range(12):
        answer = signed_in.post(CONFIRM, {"code": words})
        assertContains(answer, 'id="id_code_error"')
    signed_in.post(CONFIRM, {"code": code_from_email()})
    assert User.objects.get().email == NEW


@pytest.mark.parametrize(
    "email, words",
    [
        ("", "Enter your email address"),
        ("ana", "Enter an email address like name@example.com"),
        ("a" * 300 + "@example.org", "That address is too long"),
        ("ANA@example.org", "That is the address you use now"),
    ],
)
def test_an_address_that_will_not_do_gets_a_sentence_and_no_mail(signed_in, email, words):
    assertContains(signed_in.post(ASK, {"email": email, "action_add": "yes"}), words)
    assert not mail.outbox


def test_nobody_can_find_out_whose_address_is_known(signed_in):
    make_user("dee@example.org")
    pages = []
    for email in ["dee@example.org", "nobody@example.org"]:
        ask_to_change(signed_in, email)
        wrong = signed_in.post(CONFIRM, {"code": "0000-0000"}).content.decode()
        pages.append(masked(wrong.replace(email, "EMAIL")))
        assert mail.outbox[-1].subject == "Your code to change your email address"
    assert pages[0] == pages[1]


def test_an_address_that_has_an_account_stays_with_it(signed_in, ana, dee):
    """Only whoever reads that address's mail is told so: they typed its code."""
    ask_to_change(signed_in, "dee@example.org")
    response = signed_in.post(CONFIRM, {"code": code_from_email()})
    assertContains(response, "That address has an account already")
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize("do", ["action_remove", "action_primary", "action_send"])
def test_the_only_address_cannot_be_taken_away(signed_in, ana, do):
    signed_in.post(ASK, {"email": "ana@example.org", do: "yes"})
    assert EmailAddress.objects.get().email == "ana@example.org"
    assertContains(signed_in.get(reverse("mfa_index")), "ana@example.org")
