"""How somebody signs in, where the database came back from a copy that is older than a change."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse

from profiles.accounts import after_restore
from profiles.accounts.models import Session, User
from profiles.core.journal import Kind
from profiles.core.models import ToJournal
from tests.accounts.test_change_email import CONFIRM, NEW, ask_to_change, sign_in, signed_in
from tests.journeys.steps import code_from_email

__all__ = ["signed_in"]
pytestmark = pytest.mark.django_db
OLD = "ana@example.org"


@pytest.fixture
def older_copy(signed_in, ana) -> ToJournal:
    """She has another address since; the copy knows the old one."""
    ask_to_change(signed_in)
    signed_in.post(CONFIRM, {"code": code_from_email()})
    noted = ToJournal.objects.get(kind=Kind.ADDRESS)
    EmailAddress.objects.filter(user=ana).update(email=OLD)
    User.objects.filter(pk=ana.pk).update(email=OLD)
    return noted


def again(noted: ToJournal) -> None:
    after_restore.leave_address(ref=noted.ref, says=noted.says)


def test_she_comes_in_by_the_new_address_and_finds_her_page(older_copy, ana):
    again(older_copy)
    again(older_copy)
    assert not Session.objects.filter(account=ana).exists()
    assert "Ana" in sign_in(NEW).get(reverse("house:me")).content.decode()
    assert User.objects.get() == ana
    again(older_copy)
    assert User.objects.get().email == NEW


def test_whoever_has_the_old_address_now_comes_in_as_somebody_else(older_copy, ana):
    again(older_copy)
    assert sign_in(OLD).session["_auth_user_id"] != str(ana.pk)


def test_no_address_stands_in_what_is_noted(older_copy):
    for address in (OLD, NEW):
        assert address not in f"{older_copy.ref} {older_copy.says}"


def test_a_number_that_another_account_has_by_now_is_not_taken_for_it(older_copy, dee):
    older_copy.says["number"] = dee.pk
    again(older_copy)
    assert User.objects.get(pk=dee.pk).email == "dee@example.org"


def test_a_passkey_that_is_taken_away_is_noted(signed_in, ana):
    said = {"credential": {}, "name": "My phone"}
    passkey = Authenticator.objects.create(user=ana, type="webauthn", data=said)
    answer = signed_in.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert answer.status_code == 302 and not Authenticator.objects.exists()
    assert ToJournal.objects.filter(kind=Kind.PASSKEY).exists()
