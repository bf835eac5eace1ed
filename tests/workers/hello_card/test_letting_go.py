"""What is left of a hello card once it, its account or a page is deleted."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.actions import forget_unentered
from profiles.accounts.models import DataKey, User
from profiles.pages import actions
from profiles.sharing.models import Share
from profiles.sharing.sentences import cards
from profiles.workers.actions import delete_card
from profiles.workers.models import HelloCard
from tests.factories import make_card, make_share, make_user
from tests.keys import change_the_key
from tests.workers.hello_card.cards import HELLO, LOOKED, SAID, at

pytestmark = pytest.mark.django_db


# ---- letting go of it


def test_deleting_the_card_destroys_its_key_and_nobody_is_shown_it(
    anas_browser, priyas_browser, share, worker, priya
):
    card = make_card(priya, **SAID)
    key = card.data_key_id
    worker.read(share)
    assertContains(priyas_browser.get(reverse("workers:delete")), "the key that unlocks them")
    assert priyas_browser.post(reverse("workers:delete")).status_code == 302
    assert not HelloCard.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    assert anas_browser.get(at(card)).status_code == 404
    assertNotContains(anas_browser.get(LOOKED), "hello card")
    assert share.looks.count() == 1


def test_deleting_the_card_twice_is_deleting_it_once_and_says_so(priyas_browser, priya):
    make_card(priya, **SAID)
    delete, people = reverse("workers:delete"), reverse("workers:with_me")
    for _ in range(2):
        answer = priyas_browser.post(delete, follow=True)
        assertContains(answer, "Your card is deleted.")
    assert priyas_browser.get(delete).url == people  # by the way back


@pytest.mark.django_db(transaction=True)
def test_a_card_that_is_deleted_while_they_come_in_is_shown_to_nobody(
    anas_page, worker, priya, monkeypatch
):
    link, card = make_share(anas_page), make_card(priya)
    first(monkeypatch, "profiles.reading.actions.introduce", lambda: delete_card(card=card))
    assert worker.come_in(link, show_card="on").url == reverse("door:read", args=[link.key])
    assert worker.ask(link).status_code == 200
    assert not link.hello_cards.exists()


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_while_it_comes_in_opens_nothing(
    share, worker, priya, monkeypatch
):
    first(
        monkeypatch,
        "profiles.sharing.actions.claim",
        lambda: actions.leave(profile=None, account=User.objects.get(pk=priya.pk)),
    )
    assert worker.come_in(share).status_code == 410
    share.refresh_from_db()
    assert share.worker is None


def test_a_card_that_is_deleted_while_the_doorstep_is_shown_is_no_error(
    anas_page, worker, priya, monkeypatch
):
    link, card = make_share(anas_page), make_card(priya)
    first(monkeypatch, "profiles.reading.views._said_before", lambda: delete_card(card=card))
    assertContains(worker.open(link.key), "Before you read")


def test_a_card_that_is_deleted_while_its_share_is_shown_is_no_error(share, worker, priya):
    card = make_card(priya)
    worker.come_in(share)
    shown = cards(Share.objects.get(pk=share.pk))
    delete_card(card=card)
    assert [each.name for each in shown] == ["Priya"]


def first(monkeypatch, name, do):
    """Do something just before what has this name is called."""
    module, _, function = name.rpartition(".")
    called = getattr(import_module(module), function)

    def after(*given, **named):
        do()
        return called(*given, **named)

    monkeypatch.setattr(name, after)


def test_deleting_the_account_destroys_it_too(priya, share, worker, anas_page):
    key = make_card(priya, **SAID).data_key_id
    worker.read(share)
    assert actions.leave(profile=None, account=priya)
    assert not HelloCard.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    assert anas_page.looks.count() == 1


def test_deleting_a_page_takes_no_card_along(anas_page, share, worker, priya):
    link = make_share(anas_page)
    card = make_card(priya)
    worker.come_in(link, show_card="on")
    actions.delete_page(profile=anas_page)
    card.refresh_from_db()
    assert not card.shown_through.exists()
    assert card.name == "Priya"


def test_an_account_that_keeps_a_card_is_not_tidied_away():
    kept, left = make_user("kept@example.org"), make_user("left@example.org")
    make_card(kept)
    assert forget_unentered(before=timezone.now() + timedelta(days=2)) == 1
    assert not type(left).objects.filter(pk=left.pk).exists()


def test_a_new_guarding_key_opens_the_card_as_before(priya, settings):
    card = make_card(priya, **SAID)
    change_the_key(settings)
    assert HelloCard.objects.get(pk=card.pk).enjoys == SAID["enjoys"]


def test_signed_out_nobody_keeps_a_card(client: Client):
    assert client.get(HELLO).status_code == 302
