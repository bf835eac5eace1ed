"""The last page takes its account, or a visitor’s session; and nothing that came meanwhile."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from profiles.accounts.models import Session, User
from profiles.core.sent_before import TOKEN
from profiles.pages import actions
from profiles.pages.decorators import ABOUT, forget_visitor
from profiles.pages.models import Profile
from tests.factories import say, texts

pytestmark = pytest.mark.django_db
DELETE = reverse("pages:delete")
WRITE = reverse("writing:write", args=["matters", "important"])
OURS = {"Sec-Fetch-Site": "same-origin"}


def test_a_page_begun_in_another_window_meanwhile_stays_with_its_account(
    ana: User, anas_page: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, begun = actions.hold_account, []

    def after_the_other_window(*, user: User) -> User:
        if not begun:
            begun.append(None)
            begun[0] = actions.start_page(for_someone=False, language="en", user=user)
            say(begun[0], "important", "Tea first.")
        return hold(user=user)

    monkeypatch.setattr(actions, "hold_account", after_the_other_window)
    assert not actions.leave(profile=anas_page, account=ana)
    assert User.objects.filter(pk=ana.pk).exists()
    assert texts(begun[0], "important") == ["Tea first."]


def test_an_account_that_another_window_deleted_meanwhile_is_gone(ana: User) -> None:
    leave: Any = lambda: actions.leave(profile=None, account=ana)  # noqa: E731
    assert leave() and leave()


def test_nothing_is_kept_of_a_visitor_whose_last_page_is_deleted(
    visitor: Client, visitors_page: Profile
) -> None:
    assert Session.objects.count() == 1
    about = {"sure": "on", ABOUT: visitors_page.key}
    answer = visitor.post(DELETE, about)
    assertContains(answer, "Your page is deleted")
    assert not Session.objects.exists()
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert list(answer.cookies) == [settings.SESSION_COOKIE_NAME]  # the choice of colours stays
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assertContains(visitor.post(DELETE, about), "This page is deleted")  # went back, pressed again
    assertRedirects(visitor.get(DELETE), reverse("pages:start"))
    assert not Session.objects.exists()


def test_words_of_a_second_window_come_back_when_the_page_is_deleted(
    visitor: Client, visitors_page: Profile
) -> None:
    visitor.get(WRITE)
    said = {"text": "Tea first.", "only_me": "no", "started_from": 0, ABOUT: visitors_page.key}
    said[TOKEN] = visitor.cookies[settings.CSRF_COOKIE_NAME].value
    visitor.post(DELETE, {"sure": "on", ABOUT: visitors_page.key})
    for _ in range(2):
        assertContains(visitor.post(WRITE, said, headers=OURS), "Tea first.", status_code=410)


def test_a_visitor_who_has_another_page_finds_it_still(
    visitor: Client, visitors_page: Profile
) -> None:
    visitor.post(reverse("pages:start"), {"who": "someone", "language": "en"})
    other = Profile.objects.exclude(pk=visitors_page.pk).get()
    answer = visitor.post(DELETE, {"sure": "on", ABOUT: visitors_page.key})
    assert "Clear-Site-Data" not in answer.headers
    assert visitor.get(reverse("house:me")).context["page"] == other


def test_a_visitors_page_begun_meanwhile_in_another_window_is_found_still(
    visitor: Client, visitors_page: Profile
) -> None:
    request = HttpRequest()
    request.session = as_it_was_loaded(visitor.session)
    visitor.post(reverse("pages:start"), {"who": "someone", "language": "en"})
    actions.leave(profile=visitors_page, account=None)
    assert not forget_visitor(request)
    assert visitor.get(reverse("house:me")).status_code == 200


def test_whoever_signed_in_meanwhile_stays_signed_in(
    visitor: Client, visitors_page: Profile, ana: User
) -> None:
    request = HttpRequest()
    request.session = as_it_was_loaded(visitor.session)
    visitor.force_login(ana)
    actions.leave(profile=visitors_page, account=None)
    assert not forget_visitor(request)
    assert request.session.session_key  # else the cookie of whoever signed in would go


def as_it_was_loaded(session: SessionBase) -> SessionBase:
    """What a request knows that began before another changed it."""
    assert session.keys()
    return session
