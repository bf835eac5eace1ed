"""Deleting what we promised not to keep."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from profiles.accounts.models import Session, User
from profiles.pages import actions
from profiles.pages.models import Profile
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db


def tidy(*words: str) -> str:
    said = StringIO()
    call_command("tidy", *words, stdout=said)
    return said.getvalue()


def age(page: Profile, days: int) -> None:
    Profile.objects.filter(pk=page.pk).update(opened_at=timezone.now() - timedelta(days=days))


def test_a_visitors_page_goes_after_seven_days_and_not_before():
    young, old = make_page(call_me="Jo"), make_page(call_me="Al")
    age(young, 6)
    age(old, 8)
    assert "1 deleted" in tidy()
    assert Profile.objects.get() == young


def test_a_page_in_an_account_never_goes():
    page = make_page(make_user(), call_me="Ana")
    age(page, 800)
    tidy()
    assert Profile.objects.get() == page


@pytest.mark.parametrize("since", ["came back", "signed in"])
def test_a_page_that_was_found_again_in_the_last_moment_stays(since):
    page = make_page(call_me="Jo")
    age(page, 8)
    if since == "came back":
        age(page, 0)
    else:
        actions.adopt(profile=page, by=make_user())
    before = timezone.now() - timedelta(days=7)
    assert not actions.forget_page(key=page.key, before=before)
    assert Profile.objects.get() == page


def test_a_session_that_is_over_goes(client):
    session = client.session
    session["kept"] = "an address"
    session.set_expiry(-1)
    session.save()
    tidy()
    assert not Session.objects.exists()


def test_a_dry_run_only_says_what_would_go():
    page = make_page(call_me="Jo")
    age(page, 8)
    assert "1 would be deleted" in tidy("--dry-run")
    assert Profile.objects.exists()


def test_it_may_run_twice():
    age(make_page(call_me="Jo"), 8)
    tidy()
    assert "0 deleted" in tidy()


def test_an_account_that_nobody_entered_goes_after_a_day():
    asked, entered = make_user("asked@example.org"), make_user("entered@example.org")
    User.objects.update(joined_at=timezone.now() - timedelta(days=2))
    User.objects.filter(pk=entered.pk).update(last_login=timezone.now())
    tidy()
    assert User.objects.get() == entered
    assert asked.pk != entered.pk
