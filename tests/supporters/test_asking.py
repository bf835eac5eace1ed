"""Asking somebody to help: the person's yes, an email without words, and the helper's own yes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.sharing.models import ConsentEvent
from profiles.supporters import actions
from profiles.supporters.models import ASKED_FOR, MOST_SUPPORTERS, Supporter
from tests.factories import ask_for_help, make_page, make_supporter, make_user, say, signed_in
from tests.names import assert_names_nobody

pytestmark = pytest.mark.django_db
ASK = reverse("supporters:ask")
HELPERS = reverse("supporters:helpers")
SISTER = {"name": "my sister Dee", "email": "sister@example.org", "may": "suggest"}


def fingerprint_on(answer) -> str:
    """The fingerprint of the sentences that are shown."""
    found = re.search(r'name="shown" value="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def ask(browser, **said):
    """Fill in the page, read the sentences, and say yes."""
    sentences = browser.post(ASK, SISTER | said)
    return browser.post(ASK, SISTER | said | {"shown": fingerprint_on(sentences)})


# The person asks.


def test_nothing_is_ticked_beforehand(anas_browser, anas_page):
    say(anas_page, "health", "Asthma.", only_me=True)
    assertNotContains(anas_browser.get(ASK), "checked")


def test_the_first_press_shows_the_sentences_and_asks_nobody(anas_browser, anas_page):
    answer = anas_browser.post(ASK, SISTER)
    assertContains(answer, "Nothing goes on your page until you say yes.")
    assert not anas_page.supporters.exists()
    assert not mail.outbox


def test_the_sentences_stand_alone_and_change_brings_everything_back(anas_browser, anas_page):
    say(anas_page, "health", "Asthma.", only_me=True)
    said = SISTER | {"kept_topics": ["health"], "names_in_emails": "on"}
    check = anas_browser.post(ASK, said)
    assertContains(check, "Is this right?</h1>")
    for box in ('type="radio"', 'type="checkbox"', 'type="email"', "Carry on"):
        assertNotContains(check, box)
    sent_on = re.findall(r'<input type="hidden" name="(?!csrf|about)(\w+)" value="([^"]*)">',
                         check.content.decode())  # fmt: skip
    form = anas_browser.post(ASK, dict(sent_on) | {"do": "change"})
    assertContains(form, "Carry on")
    assertContains(form, " checked", count=3)
    assertContains(form, 'value="sister@example.org"')
    assert not anas_page.supporters.exists()


def test_the_second_press_asks(anas_browser, anas_page):
    assertRedirects(ask(anas_browser), HELPERS)
    supporter = anas_page.supporters.get()
    assert (supporter.name, supporter.may) == ("my sister Dee", "suggest")
    assert supporter.user is None
    assertContains(anas_browser.get(HELPERS), "Not answered yet")


def test_a_yes_to_other_sentences_is_no_yes(anas_browser, anas_page):
    fingerprint = fingerprint_on(anas_browser.post(ASK, SISTER))
    answer = anas_browser.post(ASK, SISTER | {"may": "write", "shown": fingerprint})
    assertContains(answer, "write with you")
    assert not anas_page.supporters.exists()


def test_the_email_holds_a_link_and_no_word_of_anybody(anas_browser, anas_page):
    ask(anas_browser)
    (message,) = mail.outbox
    assert message.to == ["sister@example.org"]
    for word in ("Ana", "Dee", "Tea"):
        assert word not in message.body + message.subject


def test_the_ledger_keeps_what_was_agreed_and_the_words_that_were_shown(anas_browser, anas_page):
    ask(anas_browser)
    event = anas_page.consent_events.get()
    assert event.kind == ConsentEvent.Kind.GIVEN
    assert '"helper": "my sister Dee"' in event.terms
    assert "They can suggest words." in event.wording


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"name": ""}, "Tell us what you call them"),
        ({"email": "dee at example"}, "Enter an email address like name@example.com"),
        ({"email": "ANA@example.org"}, "That is your own email address"),
        ({"may": ""}, "Choose what they can do"),
        ({"may": "everything"}, "Choose what they can do"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(anas_browser, said, sentence):
    assertContains(anas_browser.post(ASK, SISTER | said), sentence, status_code=422)


def test_nobody_is_asked_twice(anas_browser, anas_page):
    ask_for_help(anas_page, email="sister@example.org")
    answer = anas_browser.post(ASK, SISTER)
    assertContains(answer, "You have asked somebody at that address already", status_code=422)


def test_there_is_a_bound_and_it_is_said(anas_browser, anas_page):
    for n in range(MOST_SUPPORTERS):
        ask_for_help(anas_page, email=f"{n}@example.org")
    assertContains(anas_browser.get(ASK), f"{MOST_SUPPORTERS} people help you", status_code=403)


def test_only_its_person_can_ask(anas_page, sisters_browser, dees_browser):
    for browser in (sisters_browser, dees_browser, Client()):
        browser.post(ASK, SISTER)
    assert anas_page.supporters.count() == 1  # her sister, whom she asked herself


# Whoever is asked answers.


def test_whoever_is_asked_is_told_who_asks_and_what_they_may_do(anas_page, sister):
    key = ask_for_help(anas_page, email=sister.email)
    answer = signed_in(sister).get(reverse("supporters:invitation", kwargs={"key": key}))
    assertContains(answer, "Ana asks you to help with their page")
    assertContains(answer, "write with them")


def test_a_name_that_is_kept_to_oneself_is_not_told(anas_page, sister):
    say(anas_page, "call_me", "Ana", only_me=True)
    key = ask_for_help(anas_page, email=sister.email)
    answer = signed_in(sister).get(reverse("supporters:invitation", kwargs={"key": key}))
    assertNotContains(answer, "Ana asks")


def test_saying_yes_opens_the_page_and_is_in_the_log(anas_page, sister):
    key = ask_for_help(anas_page, email=sister.email)
    here = reverse("supporters:invitation", kwargs={"key": key})
    browser = signed_in(sister)
    answer = browser.post(here, {"say": "yes"}, follow=True)
    assertContains(answer, "Tea first.")
    kinds = list(anas_page.looks.order_by("pk").values_list("happened", flat=True))
    assert kinds == [Happened.HELPS, Happened.LOOKED]


def test_the_link_in_the_email_leads_back_whoever_said_yes(anas_page, sister, dees_browser, ana):
    key = ask_for_help(anas_page, email=sister.email)
    here = reverse("supporters:invitation", kwargs={"key": key})
    browser = signed_in(sister)
    for _press in range(2):
        helps = browser.post(here, {"say": "yes"})
        assertRedirects(helps, reverse("door:helping", args=[anas_page.supporters.get().ref]))
    assertRedirects(browser.get(here), helps["Location"])
    assert_names_nobody(Client().get(here), "Ana")  # how to sign in
    assert dees_browser.get(here).status_code == 410
    assert Client().post(here, {"say": "yes"}).status_code == 410
    actions.stop(supporter=anas_page.supporters.get(), by=ana)
    assert {each.get(here).status_code for each in (browser, Client())} == {410}


def test_no_thank_you_needs_no_reason_and_ends_it(anas_page, sister):
    key = ask_for_help(anas_page, email=sister.email)
    here = reverse("supporters:invitation", kwargs={"key": key})
    browser = signed_in(sister)
    assertContains(browser.post(here, {"say": "no"}), "That is all right")
    assert browser.get(here).status_code == 410
    assert not Supporter.objects.of(sister).exists()


def test_somebody_elses_invitation_tells_no_name_and_cannot_be_answered(anas_page, dees_browser):
    key = ask_for_help(anas_page, email="sister@example.org")
    here = reverse("supporters:invitation", kwargs={"key": key})
    for browser in (dees_browser, Client()):
        assert_names_nobody(browser.get(here), "Ana")
        assert browser.post(here, {"say": "yes"}).status_code == 410
    assert not Supporter.objects.helping().exists()


def test_invitations_that_open_nothing_all_look_alike(anas_page, ana, sister):
    old, stopped = ask_for_help(anas_page, email="a@example.org"), ask_for_help(anas_page)
    Supporter.objects.asked(old).update(invited_at=timezone.now() - ASKED_FOR - timedelta(1))
    ended = Supporter.objects.asked(stopped).get()
    actions.stop(supporter=ended, by=ana)
    browser = signed_in(sister)
    pages = {
        browser.get(reverse("supporters:invitation", kwargs={"key": key})).content
        for key in (old, stopped, "A" * 22, "nonsense")
    }
    assert len(pages) == 1


# The person changes her mind.


def test_one_press_stops_it_everywhere_at_once(
    anas_browser, anas_page, anas_sister, sisters_browser
):
    page = reverse("door:helping", kwargs={"ref": anas_sister.ref})
    assert sisters_browser.get(page).status_code == 200
    anas_browser.post(reverse("supporters:stop", kwargs={"ref": anas_sister.ref}))
    assertContains(sisters_browser.get(page), "You do not help them any more", status_code=410)
    suggest = {"ref": anas_sister.ref, "part": "matters", "topic": "important"}
    assert sisters_browser.get(reverse("supporters:suggest", kwargs=suggest)).status_code == 410
    assert anas_page.consent_events.filter(kind=ConsentEvent.Kind.WITHDRAWN).count() == 1


def test_a_helper_can_do_nothing_to_that_help_from_a_page_of_their_own(
    sister, sisters_browser, dee, dees_browser, anas_sister
):
    """She knows her own name in addresses: with it she could let herself do more."""
    for user, browser in ((sister, sisters_browser), (dee, dees_browser)):
        make_page(user, call_me="Me")
        for name in ("helper", "stop"):
            here = reverse(f"supporters:{name}", kwargs={"ref": anas_sister.ref})
            for said in ({"may": "see"}, {"may": "write"}):
                assert browser.post(here, said).status_code == 404
    anas_sister.refresh_from_db()
    assert (anas_sister.may, anas_sister.ended_at) == ("write", None)


def test_a_second_press_and_the_way_back_lead_to_those_who_help(anas_browser, anas_sister):
    stop = reverse("supporters:stop", kwargs={"ref": anas_sister.ref})
    here = reverse("supporters:helper", kwargs={"ref": anas_sister.ref})
    for _press in range(2):
        assertRedirects(anas_browser.post(stop), reverse("supporters:helpers"))
    back = anas_browser.get(here, follow=True)
    assertContains(back, "They do not help you any more.")
    assertRedirects(back, reverse("supporters:helpers"))


def test_they_can_be_asked_again_after_that(ana, anas_page, anas_sister, sister):
    actions.stop(supporter=anas_sister, by=ana)
    assert make_supporter(anas_page, sister).pk != anas_sister.pk


def test_doing_less_works_at_once(anas_browser, anas_sister, sisters_browser):
    here = reverse("supporters:helper", kwargs={"ref": anas_sister.ref})
    fingerprint = fingerprint_on(anas_browser.post(here, {"may": "see"}))
    anas_browser.post(here, {"may": "see", "shown": fingerprint})
    together = reverse("supporters:together", kwargs={"ref": anas_sister.ref})
    assertContains(sisters_browser.get(together), "ask the person to let you", status_code=403)


def test_the_supporter_can_leave_in_one_press(sisters_browser, anas_sister):
    sisters_browser.post(reverse("supporters:leave", kwargs={"ref": anas_sister.ref}))
    assert not Supporter.objects.helping().exists()


def test_leaving_twice_is_leaving_once_and_says_so(sisters_browser, dees_browser, anas_sister):
    leave = reverse("supporters:leave", kwargs={"ref": anas_sister.ref})
    for _ in range(2):
        answer = sisters_browser.post(leave, follow=True)
        assertContains(answer, "You do not help them any more.")
    assert anas_sister.profile.looks.filter(happened=Happened.LEFT).count() == 1
    assert dees_browser.post(leave).status_code == 404


def test_when_their_account_goes_nobody_helps_in_their_name(anas_sister, sister):
    sister.delete()
    assert not Supporter.objects.helping().exists()


def test_the_persons_own_name_for_them_is_sealed(anas_sister):
    raw = Supporter.objects.filter(pk=anas_sister.pk).values_list("name", "email")[0]
    assert b"Dee" not in bytes(raw[0])
    assert b"sister" not in bytes(raw[1])


def test_whoever_could_not_be_emailed_was_not_asked_and_the_words_come_back(
    anas_browser, anas_page, monkeypatch
):
    monkeypatch.setattr("profiles.supporters.helper_views.send", lambda *given, **said: False)
    answer = ask(anas_browser)
    assertContains(answer, "could not be sent, so nobody was asked", status_code=422)
    assertContains(answer, "my sister Dee", status_code=422)
    assert not anas_page.supporters.current().exists()
    monkeypatch.undo()
    ask(anas_browser)
    assert anas_page.supporters.current().get().name == "my sister Dee"


def test_who_pressed_yes_when_it_was_seen_to_be_over_does_not_help(ana, anas_page):
    actions.ask(
        profile=anas_page, by=ana, name="Lena", email="lena@example.org", may="see", kept_topics=[]
    )
    lena = make_user("lena@example.org")
    asked = anas_page.supporters.with_address(lena.email).get()
    Supporter.objects.filter(pk=asked.pk).update(invited_at=timezone.now() - ASKED_FOR)
    assert actions.note_not_answered(Supporter.objects.all()) == 1
    assert not actions.accept(supporter=asked, by=lena)
    assert not Supporter.objects.of(lena).exists()
