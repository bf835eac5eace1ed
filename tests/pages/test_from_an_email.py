"""The links in our emails lead to the page that they tell of, whoever is signed in, and to what."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.notices import letter_to_owner
from profiles.core.mails import deliver
from profiles.pages.models import Profile
from tests.factories import make_kept_page, make_page, make_share

pytestmark = pytest.mark.django_db
LOOKED = reverse("access:looked")


def link_in(mailoutbox) -> str:
    found = re.search(r"http://testserver(/me/\S+)", mailoutbox[-1].body)
    assert found
    return found[1]


@pytest.fixture
def looked(anas_page, ana, cal, mailoutbox, django_capture_on_commit_callbacks) -> str:
    """The link in the email that tells Ana that somebody looked. Now she has another page open."""
    Profile.objects.update(tells_me=True)
    with django_capture_on_commit_callbacks(execute=True):
        cal.read(make_share(anas_page))
    make_kept_page(ana)
    return link_in(mailoutbox)


def test_it_leads_to_the_page_it_tells_of_and_not_to_the_one_that_was_open(looked, anas_browser):
    assertNotContains(anas_browser.get(LOOKED), "night nurse")
    assertContains(anas_browser.get(looked), "night nurse")
    assertContains(anas_browser.get("/me/"), "Ana")  # and they stay there


def test_whoever_is_signed_out_signs_in_and_comes_to_it(looked):
    answer = Client().get(looked)
    assertContains(answer, "No page is open here", status_code=403)
    assertContains(
        answer, f'href="/account/login/?next={quote(looked, safe="/")}"', status_code=403
    )


def test_nobody_comes_to_anothers_page_by_it(looked, dees_browser, dee):
    make_page(dee, call_me="Dee")
    for link in (looked, f"{LOOKED}?about_page="):
        assertNotContains(dees_browser.get(link), "night nurse")


@pytest.mark.parametrize("name", ["opened", "told", "asked", "suggested"])
def test_each_of_them_names_its_page(name, anas_page, mailoutbox):
    Profile.objects.update(tells_me=True)
    anas_page.refresh_from_db()
    letter = letter_to_owner(name, anas_page)
    assert letter
    deliver(letter)
    assert link_in(mailoutbox).endswith(f"/?about_page={anas_page.key}")
