"""Before the yes, somebody is told that a computer could not take their page: it is too long."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Look
from profiles.answers.models import Edition
from profiles.door import measure
from profiles.pages.models import Profile
from profiles.pdf.fit import Busy, Fit, TooHard
from profiles.sharing.models import Share
from tests.clinics.computer import Computer
from tests.factories import begin_clinic_share, begin_share, clinic_share, say
from tests.sharing.test_new import CHECK, HOW_LONG, READY, WHAT, shown_in

pytestmark = pytest.mark.django_db
FITS = reverse("clinics:fits")
FAR_TOO_LONG = "Tea first, and then we talk about the weather.\n" * 80


@pytest.fixture
def too_long(anas_page: Profile) -> Profile:
    say(anas_page, "important", FAR_TOO_LONG)
    return anas_page


def test_it_is_told_before_the_yes_with_where_it_is_mended(anas_browser, too_long, real_paper):
    begin_clinic_share(too_long)
    told = anas_browser.post(HOW_LONG, {"until": "desk"}, follow=True)
    assertRedirects(told, FITS)
    assertContains(told, "too long. Choose what to shorten.</h1>")
    assertContains(told, "their computer could not take it")
    for mend in (WHAT, reverse("writing:write", args=["matters", "important"]), CHECK):
        assertContains(told, f'href="{mend}"')
    # And so it is, for whoever goes on all the same.
    check = {"mode": "me", "shown": shown_in(anas_browser)}
    assertRedirects(anas_browser.post(CHECK, check), READY)
    share = Share.objects.given().select_related("profile", "clinic_link").get()
    assert Computer(share, share.clinic_link).get().status_code == 409


def test_whoever_changes_what_they_see_is_told_again_until_it_fits(anas_browser, too_long):
    begin_clinic_share(too_long)
    again = anas_browser.post(WHAT, {"topics": ["important"]}, follow=True)
    assertRedirects(again, FITS)
    say(too_long, "sleep", "Light on.")
    less = anas_browser.post(WHAT, {"topics": ["sleep"]}, follow=True)
    assertContains(less, "Is this right?</h1>")


def test_where_it_fits_nobody_is_stopped_nothing_is_frozen_and_no_look_noted(
    client: Client, kept: Profile
):
    begin_clinic_share(kept)
    client.force_login(kept.kept_by)
    before = (Look.objects.count(), Edition.objects.count())
    assertRedirects(client.get(FITS), CHECK, fetch_redirect_response=False)
    say(kept, "important", FAR_TOO_LONG)
    told = client.get(FITS)
    assertContains(told, "Their page is ")
    assertNotContains(told, "our page")
    assert (Look.objects.count(), Edition.objects.count()) == before


def test_where_they_see_what_a_computer_gets_it_is_said_too_also_after_the_yes(
    anas_browser, too_long
):
    share = clinic_share(too_long)
    begin_clinic_share(too_long)
    for address in ("door:preview", "door:as_reader"):
        given = {"ref": share.ref} if address == "door:as_reader" else {}
        page = anas_browser.get(reverse(address, kwargs=given))
        assertContains(page, "It could not take it until it is shorter.")
        assertNotContains(page, "on a screen. But")


def test_readers_who_are_people_can_scroll(anas_browser, too_long):
    begin_share(too_long)
    assertRedirects(anas_browser.post(HOW_LONG, {"until": "week"}), CHECK)
    assertRedirects(anas_browser.get(FITS), CHECK)


@pytest.mark.parametrize("fault", [Busy(), TooHard("CNRY")])
def test_nobody_waits_for_a_busy_engine(anas_browser, anas_page, monkeypatch, fault):
    def cannot(sheet: object) -> Fit:
        raise fault

    monkeypatch.setattr(measure.printing, "measure", cannot)
    begin_clinic_share(anas_page)
    assertRedirects(anas_browser.get(FITS), CHECK)
