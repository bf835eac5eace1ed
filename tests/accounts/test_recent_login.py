"""Changing how somebody signs in is for a person who is there, not for an open window."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from profiles.accounts import recent_login
from profiles.accounts.models import User
from profiles.core.clock import APART
from tests.factories import make_page
from tests.journeys.steps import code_from_email

pytestmark = pytest.mark.django_db
AGAIN = reverse("account_reauthenticate")
CHANGES = [
    reverse("account_email"),
    reverse("mfa_add_webauthn"),
    reverse("mfa_edit_webauthn", kwargs={"pk": 1}),
    reverse("mfa_remove_webauthn", kwargs={"pk": 1}),
]


@pytest.fixture
def signed_in(ana: User) -> Client:
    """Somebody who has just signed in with a code."""
    cache.clear()
    make_page(ana, call_me="Ana")
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    return client


def go_forward(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    then = time.time() + seconds
    monkeypatch.setattr(recent_login.time, "time", lambda: then)


@pytest.mark.parametrize("address", CHANGES)
def test_within_half_an_hour_nothing_is_asked(signed_in, monkeypatch, address):
    go_forward(monkeypatch, recent_login.RECENTLY - 60)
    assert signed_in.get(address).status_code in {200, 404}  # there is no passkey 1


@pytest.mark.parametrize("address", CHANGES)
def test_later_they_are_asked_to_sign_in_again(signed_in, monkeypatch, address):
    go_forward(monkeypatch, recent_login.RECENTLY + 60)
    again = f"{AGAIN}?next={address.replace('/', '%2F')}"
    for response in (signed_in.get(address), signed_in.post(address, {"action_add": "yes"})):
        assertRedirects(response, again)
    typed = signed_in.post(address, {"email": "new@example.org", "action_add": "yes"})
    assertContains(typed, f'href="{again}"', status_code=403)
    assertContains(typed, ">\nnew@example.org</textarea>", status_code=403)
    assert User.objects.get().email == "ana@example.org"


def test_so_they_are_where_a_clock_that_ran_ahead_wrote_down_when_that_was(signed_in, monkeypatch):
    go_forward(monkeypatch, -2 * APART.total_seconds())
    assert signed_in.get(reverse("account_email")).status_code == 302


def test_writing_goes_on_however_long_ago_that_was(signed_in, monkeypatch):
    go_forward(monkeypatch, 10 * recent_login.RECENTLY)
    assert signed_in.get(reverse("house:me")).status_code == 200
    assert signed_in.get(reverse("mfa_index")).status_code == 200


def test_signing_in_again_leads_back_to_what_they_wanted(signed_in, monkeypatch):
    target = reverse("account_email")
    go_forward(monkeypatch, recent_login.RECENTLY + 60)
    asked = signed_in.get(target, follow=True)
    way = f"{reverse('account_login')}?next={target}"
    assertContains(asked, f'value="{way}"')
    monkeypatch.undo()
    form = signed_in.post(reverse("account_logout"), {"next": way}, follow=True)
    assertContains(form, f'name="next" value="{target}"')
    typed = {"email": "ana@example.org", "next": target}
    code = signed_in.post(reverse("account_request_login_code"), typed, follow=True)
    assertContains(code, f'name="next" value="{target}"')
    typed = {"code": code_from_email(), "next": target}
    assertRedirects(signed_in.post(reverse("account_confirm_login_code"), typed), target)


def test_whoever_gets_no_emails_there_any_more_is_told_before_they_are_signed_out(
    signed_in, monkeypatch
):
    """On the only device where they still are: without an email they could not come back."""
    go_forward(monkeypatch, recent_login.RECENTLY + 60)
    page = signed_in.get(reverse("account_email"), follow=True)
    told = "First you are signed out here. Then we send a code to ana@example.org, or"
    assertContains(page, told)
    copies = reverse("exports:copy")
    assertContains(page, f'<a href="{copies}">Take your page with you</a>')
    data = reverse("exports:page_json")
    assertContains(signed_in.get(copies), f'href="{data}">Save the data file</a>')
    assertContains(signed_in.get(data), "Ana")  # it asks nobody to sign in again


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:x", "http://[", "//a\\@[::1"]
)
def test_it_never_leads_to_somebody_elses_site(signed_in, elsewhere):
    page = signed_in.get(AGAIN, {"next": elsewhere})
    assertContains(page, f"?next={reverse('mfa_index')}")
    assert elsewhere not in page.content.decode()


def test_a_visitor_is_asked_to_sign_in(visitor):
    for address in CHANGES:
        assert visitor.get(address).url.startswith(reverse("account_login"))


def test_taking_everything_is_asked_of_accounts_only_and_leads_back_to_the_copies(
    signed_in, visitor, monkeypatch
):
    everything, copies = reverse("exports:everything"), reverse("exports:copy")
    assert signed_in.get(everything).status_code == 200
    go_forward(monkeypatch, recent_login.RECENTLY + 60)
    assertRedirects(signed_in.get(everything), f"{AGAIN}?next={copies.replace('/', '%2F')}")
    assert (
        f'<a class="back" href="{copies}"'
        in signed_in.get(AGAIN, {"next": copies}).content.decode()
    )
    assert visitor.get(everything).status_code == 200
