"""What became of a promise, as its person says and its worker sees; and a sorry."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.sharing import actions as sharing
from profiles.workers import promise_actions, rules
from profiles.workers.models import Promise
from tests import factories
from tests.factories import make_kept_page, make_page, make_promise, make_share, signed_in
from tests.workers.promises.promised import MINE, PROMISED, Kind, missed, say, sorry_at

pytestmark = pytest.mark.django_db
ANA = re.compile(r"\bAna\b")  # a whole word: letters of a token are random


# ---- what became of it


@pytest.mark.parametrize(
    "said, word", [("done", "Done"), ("late", "Done, but late"), ("not_done", "Not done")]
)
def test_the_person_says_what_became_of_it(anas_browser, share, said, word):
    promise = make_promise(share)
    assert say(anas_browser, promise, said).status_code == 302
    assertContains(anas_browser.get(MINE), f">{word}</span>")
    assertNotContains(anas_browser.get("/me/"), "I will ring you.")


def test_they_may_change_their_mind_and_both_stay(anas_browser, share):
    promise = make_promise(share)
    for said in ("not_done", "done", "done"):
        say(anas_browser, promise, said)
    kinds = list(promise.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["not_done", "done"]
    assert Promise.objects.whole().get().said is Kind.DONE


def test_nothing_is_late_before_its_day_is_over(anas_browser, share):
    make_promise(share, days=0)
    assertNotContains(anas_browser.get(MINE), "Done, but late")
    assertNotContains(anas_browser.get(MINE), "Was it kept?")


def test_when_the_day_has_passed_it_asks_calmly(anas_browser, share):
    make_promise(share, days=-1)
    for page in (anas_browser.get(MINE), anas_browser.get("/me/")):
        assertContains(page, "Was it kept?")
        assertContains(page, "Done, but late")


def test_an_old_promise_leaves_the_home_and_stays_in_the_list(anas_browser, share):
    make_promise(share, days=-15)
    assertNotContains(anas_browser.get("/me/"), "I will ring you.")
    assertContains(anas_browser.get(MINE), "I will ring you.")


def test_it_is_said_who_does_not_hear_what_became_of_it(anas_browser, share, priya):
    make_promise(share, worker=priya)
    without = "So they do not see what you say of it. We cannot ask them for a sorry."
    assertNotContains(anas_browser.get(MINE), without)
    make_promise(share, words="I will come on Sunday.")
    for page in (MINE, "/me/"):
        assertContains(anas_browser.get(page), without, count=1)
    priya.delete()
    assertContains(anas_browser.get(MINE), without, count=2)


def test_without_promises_the_home_says_nothing_of_them(anas_browser, share):
    assertNotContains(anas_browser.get("/me/"), "promised")


@pytest.mark.parametrize("said", ["", "sorry", "reminded", "kept"])
def test_nothing_else_can_be_said(anas_browser, share, said):
    promise = make_promise(share)
    assert say(anas_browser, promise, said).status_code == 404
    assert not promise.events.exists()


def test_nobody_answers_for_somebody_else(dees_browser, dee, priyas_browser, share):
    promise = make_promise(share)
    make_page(dee, call_me="Dee")
    for browser in (dees_browser, priyas_browser):
        say(browser, promise, "done")
    assertNotContains(dees_browser.get(MINE), "I will ring you.")
    assert not promise.events.exists()
    with pytest.raises(PermissionDenied):
        promise_actions.say_what_became(promise=promise, by=dee, said=Kind.DONE)


def test_whoever_keeps_a_page_is_asked_nothing_that_only_its_person_can_say():
    page = make_kept_page()
    promise = make_promise(make_share(page))
    keepers = signed_in(page.kept_by)
    for address in (MINE, "/me/"):
        assertContains(keepers.get(address), "I will ring you.")
        assertNotContains(keepers.get(address), 'name="say"')
    say(keepers, promise, "done")
    assert not promise.events.exists()


def test_after_the_share_is_stopped_the_person_still_sees_and_answers(anas_browser, ana, share):
    promise = make_promise(share)
    sharing.stop(share=share, by=ana)
    assertContains(anas_browser.get("/me/"), "I will ring you.")
    assert say(anas_browser, promise, "done").status_code == 302


# ---- the worker's side


def test_a_worker_sees_what_they_promised_to_whom_and_what_became(
    anas_browser, priyas_browser, her_share, priya
):
    promise = make_promise(her_share, worker=priya)
    assertContains(priyas_browser.get(PROMISED), "To Ana")
    assertContains(priyas_browser.get(PROMISED), "I will ring you.")
    say(anas_browser, promise, "late")
    assertContains(priyas_browser.get(PROMISED), "They said: it was done, but late.")


def test_others_promises_are_not_in_the_list(priyas_browser, dees_browser, share, priya):
    make_promise(share, worker=priya)
    make_promise(share, words="Of somebody without an account")
    assertNotContains(dees_browser.get(PROMISED), "I will ring you.")
    assertNotContains(priyas_browser.get(PROMISED), "Of somebody")


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_a_closed_page_has_no_name_there(priyas_browser, ana, her_share, priya, verb):
    make_promise(her_share, worker=priya)
    getattr(sharing, verb)(share=her_share, by=ana)
    page = priyas_browser.get(PROMISED)
    assertContains(page, "I will ring you.")
    assert not ANA.search(page.text)


def test_a_link_shows_no_name_there_as_it_is_not_in_their_list(priyas_browser, anas_page, priya):
    make_promise(make_share(anas_page), worker=priya)
    page = priyas_browser.get(PROMISED)
    assertContains(page, "I will ring you.")
    assert not ANA.search(page.text)


def test_a_name_that_is_kept_is_not_there(priyas_browser, anas_page, her_share, priya):
    make_promise(her_share, worker=priya)
    factories.say(anas_page, "call_me", "Ana", only_me=True)
    assert not ANA.search(priyas_browser.get(PROMISED).text)


# ---- a sorry


def test_a_missed_promise_asks_for_a_sorry_and_the_person_sees_it(
    anas_browser, priyas_browser, ana, share, priya
):
    promise = missed(ana, share, priya)
    assertContains(priyas_browser.get(PROMISED), "You said you would. It did not happen.")
    page = priyas_browser.get(sorry_at(promise))
    assertContains(page, "I will ring you.")
    priyas_browser.post(sorry_at(promise), {"words": "I am sorry. I forgot."})
    for address_ in ("/me/", MINE, reverse("access:looked")):
        assertContains(anas_browser.get(address_), "I am sorry. I forgot.")
    assertContains(anas_browser.get(reverse("access:looked")), "said sorry for a promise")
    assertContains(priyas_browser.get(PROMISED), "You said sorry:")


def test_it_is_said_once(priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    for _press in range(2):
        assertRedirects(priyas_browser.post(sorry_at(promise), {"words": "Sorry."}), PROMISED)
    again = priyas_browser.post(sorry_at(promise), {"words": "Sorry again."})
    assertContains(again, ">\nSorry again.</textarea>", status_code=409)
    assertRedirects(priyas_browser.get(sorry_at(promise)), PROMISED)
    assert promise.events.filter(kind=Kind.SORRY).count() == 1


def test_it_can_be_left_out_and_none_is_written_for_them(priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    answer = priyas_browser.post(sorry_at(promise), {"words": "  "})
    assertContains(answer, "Write your sorry, or go back without one", status_code=422)
    assert '<textarea name="words"' in answer.content.decode()
    assert not promise.sorry


@pytest.mark.parametrize("said", [None, Kind.DONE, Kind.LATE])
def test_nobody_is_asked_unless_it_was_not_done(priyas_browser, ana, share, priya, said):
    promise = make_promise(share, worker=priya, days=-1)
    if said:
        promise_actions.say_what_became(promise=promise, by=ana, said=said)
    assert priyas_browser.get(sorry_at(promise)).status_code == 404
    assertNotContains(priyas_browser.get(PROMISED), "It did not happen")


def test_only_whoever_promised_can_say_it(dees_browser, priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    assert dees_browser.post(sorry_at(promise), {"words": "Sorry."}).status_code == 404
    nobodys = missed(ana, share, None, words="By a reader without an account")
    assert priyas_browser.post(sorry_at(nobodys), {"words": "Sorry."}).status_code == 404


def test_it_is_said_once_whoever_asks(priya, ana, her_share):
    promise = make_promise(her_share, worker=priya)
    promise_actions.say_what_became(promise=promise, by=ana, said=Kind.NOT_DONE)
    assert rules.may_say_sorry(priya, Promise.objects.whole().get())
    promise_actions.say_sorry(promise=promise, worker=priya, words="Sorry.")
    with pytest.raises(PermissionDenied, match="already"):
        promise_actions.say_sorry(promise=promise, worker=priya, words="Sorry again.")


def test_a_sorry_after_the_share_has_ended_still_reaches_the_person(
    anas_browser, priyas_browser, ana, her_share, priya
):
    promise = missed(ana, her_share, priya)
    sharing.stop(share=her_share, by=ana)
    assert not ANA.search(priyas_browser.get(sorry_at(promise)).text)
    priyas_browser.post(sorry_at(promise), {"words": "I am sorry."})
    assertContains(anas_browser.get(MINE), "I am sorry.")
