"""Showing a page to a clinic's computer: one page more, and a yes that covers what was typed."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.core import codes
from profiles.core.clock import time_of_day
from profiles.sharing import actions, new_actions
from profiles.sharing.clinic import AT_THE_DESK, KEPT_UNSAID, TWO_DAYS, ClinicLink, Taking
from profiles.sharing.clinic_form import ClinicForm, is_nhs_number
from profiles.sharing.models import Share
from profiles.sharing.shlink import shlink, viewer_link
from profiles.sharing.wording import wording_for, wording_to_keep
from tests.factories import (
    begin_clinic_share,
    clinic_share,
    make_kept_page,
    make_user,
    say,
    take_over,
)
from tests.sharing.test_new import CHECK, HOW_LONG, READY, WHAT, WHO, shown_in

pytestmark = pytest.mark.django_db

CLINIC = reverse("sharing:clinic")
FITS = reverse("clinics:fits")
KNOWN = {
    "taking": "U",
    "given_names": "Ana",
    "family_name": "Ruiz",
    "birth_date": "1956-03-04",
    "gender": "female",
}


def about(share: Share, name: str) -> str:
    return reverse(f"sharing:{name}", kwargs={"ref": share.ref})


def go_through(browser: Client, **said: object) -> Share:
    """All the pages, as somebody goes through them."""
    assertRedirects(browser.post(WHO, {"reader_name": "Ward 4", "way": "clinic"}), CLINIC)
    assertRedirects(browser.post(CLINIC, KNOWN | said), WHAT)
    assertRedirects(browser.post(WHAT, {"topics": ["important"]}), HOW_LONG)
    asked = browser.post(HOW_LONG, {"until": "desk"} | said)
    assertRedirects(asked, FITS, fetch_redirect_response=False)  # tried in tests/clinics
    check = {"mode": "me", "shown": shown_in(browser)}
    assertRedirects(browser.post(CHECK, check), READY)
    return Share.objects.given().latest("given_at")


@pytest.mark.parametrize(("until", "lasts"), [("desk", AT_THE_DESK), ("two days", TWO_DAYS)])
def test_the_pages_make_a_link_that_counts_from_the_yes(anas_browser, anas_page, until, lasts):
    share = go_through(anas_browser, until=until)
    assert share.is_open()
    assert share.kind == Share.Kind.CLINIC
    assert share.may_print is True  # it keeps what it takes
    assert share.ends_at == share.given_at + lasts
    page = anas_browser.get(READY)
    assertContains(page, shlink(share, share.clinic_link))
    assertContains(page, viewer_link(share, share.clinic_link))
    assertContains(page, f"Until {time_of_day(share.ends_at)} on ")
    assertContains(page, "Ready: show it to Ward 4</h1>")
    for never in (reverse("door:as_reader_pdf", kwargs={"ref": share.ref}), about(share, "send")):
        assertNotContains(page, never)


def test_until_a_day_is_until_its_end(anas_browser, anas_page):
    day = timezone.localdate() + timedelta(days=3)
    share = go_through(anas_browser, until="day", day=day.isoformat())
    assertContains(anas_browser.get(READY), "Until the end of ")
    assert share.clinic_link.lasts is None


@pytest.mark.parametrize("taking", ["P", "LP"])
def test_a_passcode_is_shown_to_be_told(anas_browser, anas_page, taking):
    share = go_through(anas_browser, taking=taking)
    for address in (READY, about(share, "share"), about(share, "show")):
        assertContains(anas_browser.get(address), share.passcode)


def test_the_picture_is_of_the_bare_link_or_of_an_address(anas_browser, anas_page):
    share = clinic_share(anas_page)
    bare = anas_browser.get(about(share, "show"))
    address = anas_browser.get(about(share, "show") + "?address=yes")
    assert bare.context["link"].startswith("shlink:/")
    drawn = [
        re.findall(r'src="data:image/svg[^"]+"', str(each.content)) for each in (bare, address)
    ]
    assert [len(each) for each in drawn] == [1, 1]
    assert drawn[0] != drawn[1]
    assertContains(bare, "It works until ")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"taking": ""}, "Choose how their computer takes it"),
        ({"taking": "PU"}, "Choose how their computer takes it"),
        ({"family_name": ""}, "Write the last name, as they have it"),
        ({"family_name": "12"}, "Write the last name, as they have it"),
        ({"birth_date": ""}, "Write the day of birth, like 4/3/1956"),
        ({"birth_date": "2999-01-01"}, "That day is still to come"),
        ({"birth_date": "1789-07-14"}, "That is too long ago"),
        ({"birth_date": "31/02/1956"}, "There is no such day. Write the day like 31/12/"),
        ({"gender": ""}, "Choose what they have as the gender"),
        ({"nhs_number": "943 476 5918"}, "That is not an NHS number"),
        ({"nhs_number": "9434765"}, "That is not an NHS number"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(anas_browser, anas_page, said, sentence):
    anas_browser.post(WHO, {"reader_name": "Ward 4", "way": "clinic"})
    whole = KNOWN | {"nhs_number": "943 476 5919"} | said
    answer = anas_browser.post(CLINIC, whole)
    assertContains(answer, sentence, status_code=422)
    for kept in {"given_names", "family_name", "birth_date", "nhs_number"} - {*said}:
        assertContains(answer, f'value="{whole[kept]}"', status_code=422)
    assert ClinicLink.objects.get().taking == ""


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919", "٩٤٣ ٤٧٦ ٥٩١٩"])
def test_an_nhs_number_may_be_typed_in_several_ways(typed):
    form = ClinicForm(KNOWN | {"nhs_number": typed})
    assert form.is_valid() and form.chosen()["found_by"].nhs_number == "9434765919"


def test_its_person_sees_what_was_typed_for_as_long_as_it_is_kept(anas_browser, anas_page):
    share = go_through(anas_browser, nhs_number="9434765919")
    page = anas_browser.get(about(share, "share"))
    for said in ("Ana Ruiz", "4 March 1956", "Female", "943 476 5919"):
        assertContains(page, said)


def test_every_single_slip_in_an_nhs_number_is_noticed():
    right = "9434765919"
    slips = {right[:at] + d + right[at + 1 :] for at in range(10) for d in "0123456789"}
    assert {each for each in slips if is_nhs_number(each)} == {right}
    assert not is_nhs_number("")


def test_ten_times_the_same_digit_is_nobodys_nhs_number():
    assert not [digit for digit in "0123456789" if is_nhs_number(digit * 10)]
    form = ClinicForm(KNOWN | {"nhs_number": "000 000 0000"})
    assert "That is not an NHS number" in form.errors["nhs_number"][0]


def test_a_birth_date_that_another_window_changed_is_asked_about_again(anas_browser, anas_page):
    begin_clinic_share(anas_page)
    shown = shown_in(anas_browser)
    assertContains(anas_browser.get(CHECK), "4 March 1956")
    anas_browser.post(CLINIC, KNOWN | {"birth_date": "1965-03-04"})  # another window
    answer = anas_browser.post(CHECK, {"mode": "me", "shown": shown})
    assertContains(answer, "This was changed after you opened it", status_code=409)
    assertContains(answer, "4 March 1965", status_code=409)
    assert not Share.objects.given().exists()


def test_what_was_typed_is_in_no_ledger_and_no_receipt(anas_browser, anas_page):
    share = clinic_share(anas_page, nhs_number="9434765919")
    [entry] = share.events.with_profile(anas_page)
    receipt = anas_browser.get(reverse("exports:receipt_json", kwargs={"ref": share.ref}))
    for typed in ("Ruiz", "1956", "9434765919", "female"):
        assert typed not in entry.wording + entry.terms + entry.decided + receipt.content.decode()
    for said in ("scans the picture", "NHS number", "keep the page in its records", "15 minutes"):
        assert said in entry.wording


@pytest.mark.parametrize("other", ["link", "passcode", "worker"])
def test_back_and_forth_leaves_nothing_behind(anas_browser, anas_page, other):
    begin_clinic_share(anas_page, taking=Taking.PASSCODE)
    said = {"reader_name": "Ward 4", "way": other, "worker_email": "w@example.org"}
    assertRedirects(anas_browser.post(WHO, said), WHAT)
    assert not ClinicLink.objects.exists()
    assertRedirects(anas_browser.get(CLINIC), WHO)
    assertContains(anas_browser.get(WHAT), 'name="may"')
    anas_browser.post(WHO, {"reader_name": "Ward 4", "way": "clinic"})
    page = anas_browser.get(CLINIC)
    assertNotContains(page, "Ruiz")
    assertNotContains(page, "checked")
    assertRedirects(anas_browser.get(CHECK), CLINIC)


def test_the_same_way_again_forgets_nothing(anas_browser, anas_page):
    begun = begin_clinic_share(anas_page, taking=Taking.PASSCODE)
    anas_browser.post(WHO, {"reader_name": begun.reader_name, "way": "clinic"})
    assertContains(anas_browser.get(CLINIC), 'value="Ruiz"')
    again = Share.objects.get()
    again.profile = anas_page
    assert (again.key, again.passcode) == (begun.key, begun.passcode)
    assertContains(anas_browser.get(CHECK), "15 minutes after your yes")


def test_it_can_be_pressed_on_the_way_to_the_hospital(anas_browser, anas_page):
    ready = anas_browser.get(reverse("moments:ready"))
    assertContains(ready, f"{WHO}?way=clinic")
    assertContains(anas_browser.get(f"{WHO}?way=clinic"), 'id="id_way_3" required checked')
    assertNotContains(anas_browser.get(f"{WHO}?way=worker"), "checked")


def test_a_new_passcode_can_be_had_and_none_cannot(anas_browser, anas_page):
    share = clinic_share(anas_page, taking=Taking.UPDATED)
    was = share.passcode
    assertRedirects(
        anas_browser.post(about(share, "passcode"), {"wanted": "yes"}), about(share, "share")
    )
    share = Share.objects.get()
    share.profile = anas_page
    assert len(share.passcode) == 6 and share.passcode != was
    for method in (anas_browser.get, anas_browser.post):
        assert method(about(share, "passcode"), {"wanted": "no"}).status_code == 404


@pytest.mark.parametrize("name", ["passcode", "speak", "send"])
def test_what_makes_no_sense_for_a_picture_is_not_there(anas_browser, anas_page, name):
    share = clinic_share(anas_page)
    for wanted in ("yes", "no"):
        answer = anas_browser.post(about(share, name), {"wanted": wanted, "email": "a@example.org"})
        assert answer.status_code == 404
    assert "passcode" not in anas_browser.get(about(share, "share")).content.decode().lower()


def test_it_can_be_made_longer_and_counts_anew(anas_browser, anas_page):
    share = clinic_share(anas_page)
    said = {"until": "two days", "mode": "me"}
    asked = anas_browser.post(about(share, "change_how_long"), said)
    assertContains(asked, "It ends by itself 48 hours after your yes.")
    shown = asked.context["wording"].fingerprint
    before = timezone.now()
    anas_browser.post(about(share, "change_how_long"), said | {"shown": shown})
    share.refresh_from_db()
    assert before + TWO_DAYS <= share.ends_at <= timezone.now() + TWO_DAYS
    assert "48 hours after your yes" in share.events.in_order().with_profile(anas_page)[-1].wording


def test_what_it_shows_can_be_changed_and_stays_to_be_kept(anas_browser, anas_page):
    share = clinic_share(anas_page)
    say(anas_page, "sleep", "Hall light on.")
    said = {"topics": ["important", "sleep"], "mode": "me", "may": "read"}
    asked = anas_browser.post(about(share, "change_what"), said)
    moment = f"{time_of_day(share.ends_at)} on "
    assertContains(asked, f"It ends by itself at {moment}")
    shown = asked.context["wording"].fingerprint
    anas_browser.post(about(share, "change_what"), said | {"shown": shown})
    share.refresh_from_db()
    assert share.may_print is True
    assert share.events.count() == 2


def test_they_see_what_anybody_would(anas_browser, anas_page):
    share = clinic_share(anas_page)
    seen = anas_browser.get(reverse("door:as_reader", kwargs={"ref": share.ref}))
    assertContains(seen, "What matters most to me")


def test_it_opens_no_door_of_people(anas_page, cal, priyas_browser):
    share = clinic_share(anas_page)
    assert cal.open(share.key).status_code == 410
    assert cal.come_in(share).status_code == 410
    assert cal.open(share.key).content == cal.open(codes.new_key()).content
    assertNotContains(priyas_browser.get(reverse("workers:with_me")), "Ana")


def test_whoever_keeps_a_page_is_asked_about_somebody_else(client, rosa, kept):
    begin_clinic_share(kept, given_names="Jo", family_name="Hill")
    client.force_login(rosa)
    page = client.get(CLINIC)
    for said in ("finds the person by what", "They would rather not say"):
        assertContains(page, said)
    assertNotContains(page, "bday")
    text = wording_for(clinic_share(kept, given_names="Jo", family_name="Hill")).text
    assert "Their computer finds Jo by name" in text
    assert "your page" not in text


def test_a_share_of_a_keepers_waits_and_can_be_kept(client, rosa, kept):
    share = clinic_share(
        kept, given_names="Jo", family_name="Hill", taking=Taking.PASSCODE, lasts=TWO_DAYS
    )
    jo = make_user("jo@example.org")
    page = take_over(kept, jo)
    share = page.shares.get()
    share.profile = page
    assert share.paused_at and share.clinic_link.found_by.name == "Jo Hill"
    assert "Their computer finds you by your name" in wording_to_keep(share).text
    client.force_login(jo)
    assertContains(client.get(about(share, "keep")), "Jo Hill")
    shown = client.get(about(share, "keep")).context["wording"].fingerprint
    client.post(about(share, "keep"), {"mode": "me", "shown": shown})
    assert Share.objects.open().exists()


def test_of_a_picture_that_a_keeper_may_still_have_its_person_is_told(rosa):
    page = make_kept_page(rosa)
    clinic_share(page)
    page = take_over(page, make_user("jo@example.org"))
    share = page.shares.get()
    share.profile = page
    text = wording_to_keep(share).text
    assert "Rosa may still have the link" in text
    assert "passcode" not in text


def test_stopping_says_what_is_forgotten_and_does_it(anas_browser, anas_page):
    share = clinic_share(anas_page)
    assertContains(anas_browser.get(about(share, "stop")), "We forget what was typed for it")
    anas_browser.post(about(share, "stop"))
    assert not ClinicLink.objects.exists()
    after = anas_browser.get(about(share, "share"))
    assertContains(after, "We have forgotten the name, birth date and gender")
    assertNotContains(after, "Ruiz")
    assertContains(after, f"{WHO}?way=clinic")  # to share again
    for name in ("change_what", "change_how_long"):  # a window from before
        said = {"topics": ["important"], "until": "desk", "mode": "me"}
        answer = anas_browser.post(about(share, name), said)
        assertRedirects(answer, about(share, "share"))


def test_changing_it_needs_its_person(anas_page, dees_browser, dee):
    share = begin_clinic_share(anas_page)
    assert dees_browser.post(CLINIC, KNOWN).status_code in {403, 404, 410}
    with pytest.raises(PermissionDenied):
        new_actions.say_clinic(
            share=share, by=dee, taking=Taking.NOW, found_by=share.clinic_link.found_by
        )


def test_when_it_is_over_the_last_page_shows_no_picture(anas_browser, anas_page):
    share = clinic_share(anas_page)
    with time_machine.travel(share.ends_at, tick=False):
        anas_browser.force_login(anas_page.owner)
        page = anas_browser.get(READY, follow=True)
    assertContains(page, "It ended by itself at ")
    assertNotContains(page, "shlink:")


def test_a_paused_picture_is_said_to_open_nothing(anas_browser, anas_page, ana):
    share = clinic_share(anas_page)
    actions.pause(share=share, by=ana)
    page = anas_browser.get(about(share, "show"))
    assertContains(page, "It is paused.")
    assertNotContains(page, "It works until")


def test_how_long_is_asked_of_taking_it(anas_browser, anas_page):
    begin_clinic_share(anas_page)
    page = anas_browser.get(HOW_LONG)
    assertContains(page, "How long can they take it?")
    assertContains(page, "15 minutes from your yes")
    assertNotContains(page, "How long can they see it?")
    missed = anas_browser.post(HOW_LONG, {})
    assertContains(missed, "Choose how long they can take it", status_code=422)
    change = anas_browser.get(about(clinic_share(anas_page), "change_how_long"))
    assertContains(change, "show or give them the new one")


def test_nobody_is_led_to_change_what_is_not_asked(anas_browser, anas_page):
    begin_clinic_share(anas_page)
    rows = {row["title"]: row for row in anas_browser.get(CHECK).context["rows"]}
    assert rows["What they see"]["address"] == WHAT
    assert [each.name for each in rows["They may"]["sentences"]] == ["clinic_record"]
    assert not rows["They may"]["address"]
    assertNotContains(anas_browser.get(CHECK), 'href=""')


def test_a_keeper_is_not_told_that_it_is_their_yes(client):
    page = make_kept_page()
    begin_clinic_share(page)
    client.force_login(page.kept_by)
    said = client.get(HOW_LONG)
    assertContains(said, "15 minutes from when you decide")
    assertNotContains(said, "from your yes")


def test_the_form_says_how_long_it_is_remembered_by_whoever_leaves_it(anas_browser, anas_page):
    begin_clinic_share(anas_page)
    assert timedelta(days=1) == KEPT_UNSAID
    assertContains(anas_browser.get(CLINIC), "If you do not finish, we forget it after a day.")
