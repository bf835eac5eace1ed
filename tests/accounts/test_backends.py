"""A request finds the account that its session names, and no other."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, load_backend
from django.test import Client

from profiles.accounts.models import User
from tests.factories import signed_in

pytestmark = pytest.mark.django_db


def who(client: Client) -> User:
    return client.get("/help/").wsgi_request.user


def test_everybody_is_found_by_their_own_number(ana: User, dee: User) -> None:
    for account in (ana, dee, ana):
        client = signed_in(account)
        assert client.session[BACKEND_SESSION_KEY] == settings.AUTHENTICATION_BACKENDS[0]
        assert who(client) == account


def test_a_change_of_an_account_is_seen_at_once(ana: User) -> None:
    client = signed_in(ana)
    assert who(client).email == ana.email
    User.objects.filter(pk=ana.pk).update(email="ana.new@example.org")
    assert who(client).email == "ana.new@example.org"
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert who(client).is_anonymous


def test_an_account_that_is_gone_or_never_was_is_nobody(ana: User) -> None:
    [ours, _] = map(load_backend, settings.AUTHENTICATION_BACKENDS)
    number = ana.pk
    assert ours.get_user(number) == ana
    ana.delete()
    for missing in (number, 0, -1):
        assert ours.get_user(missing) is None


def test_whoever_signed_in_before_there_was_ours_stays_signed_in(ana: User) -> None:
    client = Client()
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert who(client) == ana
