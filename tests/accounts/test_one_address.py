"""One address, one account: however it is written, and by no other letters."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from profiles.accounts.models import User
from profiles.core import codes
from profiles.pages.models import Profile
from profiles.sharing import rules
from profiles.sharing.models import AN_ADDRESS, Share
from profiles.supporters.models import Supporter
from tests.accounts.test_change_email import CONFIRM as TYPE_CODE
from tests.accounts.test_change_email import ask_to_change, sign_in
from tests.accounts.test_sign_in import ASK, CONFIRM, code_from_email
from tests.factories import ask_for_help, make_page, make_share, make_user, signed_in

pytestmark = pytest.mark.django_db
migration = importlib.import_module("profiles.migrations.0013_one_way_to_write_an_address")
BIRCH = "birch.tay@example.org"
CAPITALS = "Birch.Tay@example.org"
KELVIN_KIT = "\u212ait@example.org"


def who_comes_in(email: str) -> User | None:
    """Who is signed in, in a browser of their own, by the code that was sent to this address."""
    cache.clear()
    client = Client()
    client.post(ASK, {"email": email})
    client.post(CONFIRM, {"code": code_from_email()})
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number) if number else None


def old_account(email: str, *, twice: bool = False) -> User:
    """An account as it was made before addresses were written in one way."""
    user = User.objects.create(email=email)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    if twice:  # as allauth wrote it down when its code was typed
        EmailAddress.objects.create(user=user, email=email.lower())
    return user


def test_a_capital_locks_nobody_out_the_first_time_or_later():
    first = who_comes_in(CAPITALS)
    assert first and first.email == BIRCH
    assert who_comes_in(BIRCH) == who_comes_in("BIRCH.TAY@EXAMPLE.ORG") == first
    assert [row.email for row in EmailAddress.objects.all()] == [BIRCH]


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize("settle_first", [False, True])
@pytest.mark.parametrize("email", [CAPITALS, BIRCH])
def test_an_account_that_stands_with_capitals_is_entered(twice, settle_first, email):
    user = old_account(CAPITALS, twice=twice)
    page = make_page(user, call_me="Birch")
    if settle_first:
        migration.settle(apps, None)
    assert who_comes_in(email) == user
    assert who_comes_in(BIRCH) == user
    assert Profile.objects.get(owner=user) == page
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_an_account_that_was_entered_keeps_all_it_has():
    user = make_user("ana@example.org")
    EmailAddress.objects.update(verified=True)
    before = list(EmailAddress.objects.values())
    migration.settle(apps, None)
    assert list(EmailAddress.objects.values()) == before
    assert User.objects.get() == user


def test_of_two_accounts_with_one_address_neither_is_lost():
    """The database kept A and a apart only beyond the letters A to Z."""
    new = old_account("jo@bücher.example")
    old = old_account("jo@BÜCHER.example")
    pages = {make_page(new, call_me="Jo"), make_page(old, call_me="Jo B")}
    User.objects.filter(pk=old.pk).update(last_login="2026-11-01T10:00Z")
    migration.settle(apps, None)
    assert who_comes_in("jo@Bücher.example") == old
    assert {*Profile.objects.of(old)} == pages
    assert User.objects.filter(pk=new.pk).exists()


def test_a_share_that_waited_for_an_address_is_found_after_it_is_written_anew(ana, anas_page):
    worker = old_account("pia@bücher.example")
    share = make_share(anas_page, email="pia@bücher.example")
    old = codes.digest("pia@bücher.example", about=AN_ADDRESS)
    Share.objects.update(worker_digest=old)
    migration.settle(apps, None)
    worker.refresh_from_db()
    share.refresh_from_db()
    assert rules.may_open(worker, share)


@pytest.mark.parametrize(
    "email", [KELVIN_KIT, "ſam@example.org", "İda@example.org", "ıda@example.org"]
)
def test_letters_that_only_look_alike_are_refused_with_a_sentence(email):
    for name in ["kit", "sam", "ida"]:
        make_user(f"{name}@example.org")
    answer = Client().post(ASK, {"email": email})
    assert "There is a letter in that address" in answer.content.decode()
    assert not mail.outbox
    assert User.objects.count() == 3


def test_an_address_somebody_else_is_changing_to_is_still_its_owners(ana):
    EmailAddress.objects.create(user=ana, email="new@example.org")
    came = who_comes_in("new@example.org")
    assert came and came != ana


def test_an_old_account_with_such_a_letter_is_nobody_elses():
    odd, kit = old_account(KELVIN_KIT), make_user("kit@example.org")
    migration.settle(apps, None)
    assert who_comes_in("Kit@example.org") == kit
    odd.refresh_from_db()
    assert odd.email == KELVIN_KIT


def test_a_share_meant_for_one_is_not_opened_by_a_letter_that_looks_alike(anas_page):
    share = make_share(anas_page, email="Sam@Example.org")
    assert rules.may_open(make_user("sam@example.org"), share)
    assert not rules.may_open(old_account("ſam@example.org"), share)


def test_an_address_is_changed_to_one_with_capitals(ana):
    browser = sign_in()
    ask_to_change(browser, CAPITALS)
    browser.post(TYPE_CODE, {"code": code_from_email()})
    ana.refresh_from_db()
    assert ana.email == BIRCH
    assert who_comes_in(CAPITALS) == ana


def test_an_address_that_an_account_has_with_capitals_stays_with_it(ana):
    old_account(CAPITALS)
    browser = sign_in()
    ask_to_change(browser, BIRCH)
    answer = browser.post(TYPE_CODE, {"code": code_from_email()})
    assert "That address has an account already" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


def test_a_link_to_sign_in_is_asked_for_as_often_whatever_the_capitals():
    for capitals in range(12):
        email = "".join(
            letter.upper() if capitals >> at & 1 else letter for at, letter in enumerate(BIRCH[:4])
        )
        Client().post(ASK, {"email": email + BIRCH[4:]})
    assert len(mail.outbox) <= 10


def test_an_invitation_to_an_address_with_capitals_is_answered(anas_page):
    key = ask_for_help(anas_page, email="Sister@Example.org")
    helper = who_comes_in("sister@example.org")
    browser = signed_in(helper)
    browser.post(reverse("supporters:invitation", kwargs={"key": key}), {"say": "yes"})
    assert Supporter.objects.get().user == helper
