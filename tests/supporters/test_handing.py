"""A page that somebody kept goes to its person; then the keeper needs the person's yes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.pages import actions
from profiles.pages.models import Profile
from profiles.supporters import handing
from profiles.supporters.models import ASKED_FOR, Supporter
from tests.factories import make_user, say, signed_in
from tests.names import assert_names_nobody
from tests.supporters.test_asking import fingerprint_on

pytestmark = pytest.mark.django_db
HELPERS = reverse("supporters:helpers")


@pytest.fixture
def amir(db):
    return make_user("amir@example.org")


@pytest.fixture
def nan(db):
    return make_user("nan@example.org")


@pytest.fixture
def kept(amir) -> Profile:
    kept = actions.start_page(for_someone=True, language="en", user=amir)
    say(kept, "call_me", "Nan")
    say(kept, "important", "My rosary.")
    return kept


@pytest.fixture
def key(kept, amir, nan) -> str:
    return handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="my grandson Amir")


def at(key: str) -> str:
    return reverse("supporters:handed", kwargs={"key": key})


def test_it_is_offered_by_an_email_without_a_word_of_the_page(amir, kept):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    answer = signed_in(amir).post(
        here, {"email": "nan@example.org", "keeper_name": "my grandson Amir"}, follow=True
    )
    assertContains(answer, "You offered it to nan@example.org")
    (message,) = mail.outbox
    assert not re.search("Nan|rosary|Amir", message.body + message.subject)
    assert kept.handings.count() == 1


def test_pressed_twice_it_is_one_email_and_its_link_works(amir, nan, kept):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    browser, said = signed_in(amir), {"email": "nan@example.org", "keeper_name": "my grandson Amir"}
    for _ in range(2):
        assertContains(browser.post(here, said, follow=True), "You offered it to nan@example.org")
    (message,) = mail.outbox
    [link] = re.findall(r"https?://[^/]+(/\S+)", message.body)[:1]
    assertContains(signed_in(nan).get(link), "has written a page about you")


@pytest.mark.parametrize(
    "other", [{"email": "x@example.org"}, {"keeper_name": "Ben"}, {"say_name": "on"}]
)
def test_what_is_offered_otherwise_is_another_press(amir, kept, other):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    browser, said = signed_in(amir), {"email": "nan@example.org", "keeper_name": "Amir"}
    browser.post(here, said)
    browser.post(here, said | other)
    assert len(mail.outbox) == 2


def test_what_was_taken_back_is_offered_again_at_once(amir, kept):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    browser, said = signed_in(amir), {"email": "nan@example.org", "keeper_name": "Amir"}
    for answer in (said, {"take_back": "yes"}, said):
        browser.post(here, answer)
    assert len(mail.outbox) == 2
    assert kept.handings.open().exists()


def test_whoever_presses_while_it_is_being_sent_is_told_so(amir, kept, monkeypatch):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    browser, said = signed_in(amir), {"email": "nan@example.org", "keeper_name": "Amir"}
    seen = []

    def press_again(*given, **more) -> bool:
        seen.append(browser.post(here, said))
        seen.append(browser.get(here))
        return False

    monkeypatch.setattr("profiles.supporters.helping_views.send", press_again)
    browser.post(here, said)
    assertContains(seen[0], "We are sending it just now.", status_code=422)
    for answer in seen:
        assertContains(answer, "We are sending the link to", status_code=answer.status_code)
        assertNotContains(answer, "You offered it", status_code=answer.status_code)
    assertNotContains(browser.get(here), "We are sending")
    assert len(seen) == 2  # one press, one email


def test_its_person_is_told_who_wrote_it(nan, key):
    assertContains(signed_in(nan).get(at(key)), "My grandson Amir has written a page about you")


def test_nobody_else_learns_a_name_or_can_take_it(key, kept, dees_browser):
    for browser in (dees_browser, Client()):
        assertNotContains(browser.get(at(key)), "Amir")
        assert browser.post(at(key)).status_code == 410
    kept.refresh_from_db()
    assert kept.owner is None


@pytest.mark.parametrize("who", ["somebody else", "its keeper, at that address by now"])
def test_nor_by_the_action_itself(who, nan, dee, amir, key, kept):
    by = dee
    if who != "somebody else":
        nan.delete()
        amir.email, by = "nan@example.org", amir
        amir.save()
    assert not handing.take(handing=kept.handings.get(), by=by)
    if by == dee:
        assert not handing.decline(handing=kept.handings.get(), by=by)
        assert kept.handings.open().exists()
    kept.refresh_from_db()
    assert (kept.owner, kept.kept_by) == (None, amir)


def test_taking_it_makes_it_theirs(nan, key, kept):
    browser = signed_in(nan)
    assertRedirects(browser.post(at(key)), HELPERS)
    kept.refresh_from_db()
    assert (kept.owner, kept.kept_by, kept.for_someone) == (nan, None, False)
    assertContains(browser.get(reverse("door:page")), "My rosary.")
    assert kept.looks.filter(happened=Happened.HANDED).count() == 1


def test_a_no_to_emails_was_the_keepers_and_not_the_persons(nan, key, kept):
    Profile.objects.update(reminds_me=False)
    signed_in(nan).post(at(key))
    kept.refresh_from_db()
    assert (kept.owner, kept.reminds_me) == (nan, True)


def test_the_keeper_sees_nothing_until_the_person_says_yes(amir, nan, key, kept):
    signed_in(nan).post(at(key))
    keeper = signed_in(amir)
    assert not Profile.objects.of(amir).exists()
    supporter = kept.supporters.get()
    page = reverse("door:helping", kwargs={"ref": supporter.ref})
    assert keeper.get(page).status_code == 404
    assert_names_nobody(keeper.get(reverse("supporters:home")), "Nan")


def test_the_keeper_is_told_that_its_person_has_it_now(amir, nan, key, kept, dees_browser):
    signed_in(nan).post(at(key))
    keeper, home = signed_in(amir), reverse("supporters:home")
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    assertRedirects(keeper.get(here), home)
    answer = keeper.post(here, {"take_back": "yes"}, follow=True)
    assertContains(answer, "A page that you kept is its person’s own now.")
    assertNotContains(answer, "Nobody just now")
    assert_names_nobody(answer, "Nan")
    assert dees_browser.get(here).status_code == 404
    signed_in(nan).post(reverse("supporters:stop", kwargs={"ref": kept.supporters.get().ref}))
    assertNotContains(keeper.get(home), "A page that you kept")
    assertContains(keeper.get(here), "You do not help them any more", status_code=410)


def test_the_person_is_asked_and_chooses_what_they_may_do(amir, nan, key, kept):
    browser = signed_in(nan)
    browser.post(at(key))
    assertContains(browser.get(HELPERS), "Waits for your yes")
    assertContains(browser.get(reverse("house:me")), "my grandson Amir")
    supporter = kept.supporters.get()
    here = reverse("supporters:helper", kwargs={"ref": supporter.ref})
    fingerprint = fingerprint_on(browser.post(here, {"may": "suggest"}))
    browser.post(here, {"may": "suggest", "shown": fingerprint})
    assert Supporter.objects.of(amir).get().may == "suggest"
    page = reverse("door:helping", kwargs={"ref": supporter.ref})
    assertContains(signed_in(amir).get(page), "My rosary.")
    assert kept.consent_events.get().kind == "given"


def test_a_no_leaves_them_with_nothing(amir, nan, key, kept):
    browser = signed_in(nan)
    browser.post(at(key))
    browser.post(reverse("supporters:stop", kwargs={"ref": kept.supporters.get().ref}))
    assert not Supporter.objects.of(amir).exists()
    assert kept.consent_events.get().kind == "refused"


def test_an_offer_that_is_over_opens_nothing(nan, amir, kept):
    first = handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="Amir")
    second = handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="Amir")
    handing.take_back(profile=kept, by=amir)
    third = handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="Amir")
    kept.handings.open().update(offered_at=timezone.now() - ASKED_FOR - timedelta(1))
    for key in (first, second, third, "nonsense"):
        assert signed_in(nan).post(at(key)).status_code == 410


def test_an_offer_that_is_too_old_can_be_made_again(nan, amir, kept, key):
    kept.handings.open().update(offered_at=timezone.now() - ASKED_FOR - timedelta(1))
    again = handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="Amir")
    assert signed_in(nan).get(at(again)).status_code == 200


def test_the_last_address_that_was_typed_is_the_one_that_can_take_it(nan, amir, kept, key):
    handing.offer(profile=kept, by=amir, email="other@example.org", keeper_name="Amir")
    assert signed_in(nan).post(at(key)).status_code == 410


def test_it_can_be_taken_back(amir, nan, key, kept):
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    signed_in(amir).post(here, {"take_back": "yes"})
    assert signed_in(nan).get(at(key)).status_code == 410


def test_a_page_of_ones_own_is_there_beside_it(nan, key, kept):
    mine = actions.start_page(for_someone=False, language="en", user=nan)
    signed_in(nan).post(at(key))
    assert set(Profile.objects.of(nan)) == {mine, kept}


def test_an_offer_whose_email_could_not_go_is_none_and_the_words_come_back(amir, kept, monkeypatch):
    monkeypatch.setattr("profiles.supporters.helping_views.send", lambda *given, **said: False)
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    said = {"email": "nan@example.org", "keeper_name": "my grandson Amir"}
    answer = signed_in(amir).post(here, said)
    assertContains(answer, "could not be sent, so nothing is offered", status_code=422)
    assertContains(answer, "my grandson Amir", status_code=422)
    assertNotContains(answer, "You offered it", status_code=422)
    assert not kept.handings.open().exists()
    assertNotContains(signed_in(amir).get(here), "You offered it")


def test_it_may_be_left_with_a_kind_no(nan, key, kept, amir):
    browser = signed_in(nan)
    assertContains(browser.get(at(key)), "No, thank you")
    assertContains(browser.post(at(key), {"say": "no"}), "That is all right")
    kept.refresh_from_db()
    assert (kept.owner, kept.kept_by) == (None, amir)
    assert browser.post(at(key)).status_code == 410
    here = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    assertNotContains(signed_in(amir).get(here), "You offered it")


def test_who_took_it_and_is_signed_out_is_led_to_it_by_the_same_link(nan, key, dees_browser):
    signed_in(nan).post(at(key))
    answer = Client().get(at(key))
    assertContains(answer, f"?next={at(key)}")
    assertNotContains(answer, "Amir")
    assertRedirects(signed_in(nan).get(at(key)), reverse("house:me"))
    assert dees_browser.get(at(key)).status_code == 410
    assert Client().post(at(key)).status_code == 410


def test_a_link_that_was_not_taken_is_closed_to_whoever_is_signed_out(nan, key):
    signed_in(nan).post(at(key), {"say": "no"})
    assert Client().get(at(key)).status_code == 410


def test_nobody_else_can_say_no_for_them(key, kept, dees_browser):
    assert dees_browser.post(at(key), {"say": "no"}).status_code == 410
    assert kept.handings.open().exists()
