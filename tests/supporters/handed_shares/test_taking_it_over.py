"""The moment in which a page is taken over: all that its keeper shared is paused."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.sharing import actions
from profiles.sharing.models import ConsentEvent, Share
from profiles.supporters import handing
from tests.factories import (
    begin_share,
    signed_in,
    take_over,
)
from tests.readers import FORMATS
from tests.supporters.handed_shares.handed import HANDED, HELPERS, keeps

pytestmark = pytest.mark.django_db


# ---- the moment of taking it over


def test_they_are_told_before_they_take_it_and_asked_first_after(kept, share, rosa, jo):
    key = handing.offer(profile=kept, by=rosa, email=jo.email, keeper_name="my mum Rosa")
    here, browser = reverse("supporters:handed", kwargs={"key": key}), signed_in(jo)
    assertContains(browser.get(here), "My mum Rosa shares it with one person or place now.")
    assertRedirects(browser.post(here), HANDED)


def test_where_nothing_is_shared_nothing_is_asked(kept, rosa, jo):
    key = handing.offer(profile=kept, by=rosa, email=jo.email, keeper_name="my mum Rosa")
    here, browser = reverse("supporters:handed", kwargs={"key": key}), signed_in(jo)
    assertNotContains(browser.get(here), "shares it with")
    assertRedirects(browser.post(here), HELPERS)
    assertContains(browser.get(HANDED), "nothing left to decide")


def test_from_that_moment_nobody_reads(kept, share, jo, cal):
    assert "Tea first." in cal.read(share)
    take_over(kept, jo)
    for channel in FORMATS:
        assert cal.ask(share, channel).status_code == 410
    assert cal.open(share.key).status_code == 410


def test_a_page_that_is_being_printed_is_not_given_out(kept, share, jo, cal, monkeypatch):
    from profiles.door import reader_views

    made = reader_views.printing.make_pdf
    cal.come_in(share)

    def taken_over_meanwhile(sheet):
        take_over(kept, jo)
        return made(sheet)

    monkeypatch.setattr(reader_views.printing, "make_pdf", taken_over_meanwhile)
    assert cal.ask(share, "pdf").status_code == 410
    assert not share.papers.exists()


def test_the_ledger_says_why_it_was_paused(share, jos):
    event = share.events.in_order().last()
    assert event.kind == ConsentEvent.Kind.PAUSED
    assert json.loads(event.terms)["by"] == "handover"


def test_one_that_was_paused_before_is_not_noted_twice(kept, share, rosa, jo):
    actions.pause(share=share, by=rosa)
    take_over(kept, jo)
    assert share.events.filter(kind=ConsentEvent.Kind.PAUSED).count() == 1
    share = Share.objects.get(pk=share.pk)
    assert share.waits_for_yes and not share.is_open()


def test_what_was_only_begun_is_let_go(kept, share, jo):
    begin_share(kept, reader_name="The day centre")
    take_over(kept, jo)
    assert not kept.shares.being_made().exists()
    assertNotContains(signed_in(jo).get(reverse("sharing:home")), "The day centre")


def test_a_code_that_was_read_out_leads_nowhere(kept, share, rosa, jo, jos_code_leads_to):
    code = actions.speak(share=share, by=rosa)
    assert jos_code_leads_to(code)
    take_over(kept, jo)
    assert not jos_code_leads_to(code)
    keeps(signed_in(jo), share)
    assert not jos_code_leads_to(code)


@pytest.fixture
def jos_code_leads_to():
    return lambda code: Client().post("/s/", {"code": code}).status_code == 302


def test_an_offer_that_is_taken_back_or_not_taken_changes_nothing(kept, share, rosa, jo, cal):
    handing.offer(profile=kept, by=rosa, email=jo.email, keeper_name="my mum Rosa")
    assert "Tea first." in cal.read(share)
    handing.take_back(profile=kept, by=rosa)
    assert "Tea first." in cal.read(share)
    assert share.events.count() == 1
