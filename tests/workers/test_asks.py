"""A worker may ask; the person says yes, no or not now; and a no looks like silence."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.actions import Reader
from profiles.sharing import ask_actions
from profiles.sharing.models import Ask, AskCode, ConsentEvent, Share
from tests.factories import make_card, make_page, make_share
from tests.names import assert_names_nobody

pytestmark = pytest.mark.django_db
ASK, WITH_ME = reverse("workers:ask"), reverse("workers:with_me")
PRIYA = Reader(name="Priya", role="support worker", place="Sunrise Home Care")
SAID = {"name": "Priya", "role": "support worker", "place": "Sunrise Home Care", "why": "I start."}


@pytest.fixture
def code(ana, anas_page) -> str:
    cache.clear()
    return ask_actions.make_ask_code(profile=anas_page, by=ana).code


@pytest.fixture
def ask(code, priya) -> Ask:
    ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="I start on Monday.")
    return Ask.objects.get()


def at(ask: Ask) -> str:
    return reverse("sharing:answer", kwargs={"ref": ask.ref})


def test_without_a_code_nobody_can_ask(anas_browser, anas_page):
    assert not AskCode.objects.exists()
    anas_browser.post(reverse("sharing:ask_code"), {"wanted": "yes"})
    assertContains(anas_browser.get(reverse("sharing:home")), "Let nobody ask")


def test_a_new_code_ends_the_old_one(ana, anas_page, code, priya):
    fresh = ask_actions.make_ask_code(profile=anas_page, by=ana).code
    ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="")
    assert not Ask.objects.exists()
    ask_actions.ask(code=fresh, worker=priya, reader=PRIYA, why="")
    assert Ask.objects.exists()


def test_the_code_can_be_taken_back(anas_browser, anas_page, code, priya):
    anas_browser.post(reverse("sharing:ask_code"), {"wanted": "no"})
    ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="")
    assert not Ask.objects.exists()


def test_what_their_card_says_they_need_not_say_again(priyas_browser, priya):
    make_card(priya, name="Priya", role="support worker", place="Sunrise Home Care")
    form = priyas_browser.get(ASK).context["form"]
    assert form.initial == {name: SAID[name] for name in ("name", "role", "place")}


def test_the_asker_cannot_tell_a_right_code_from_a_wrong_one(priyas_browser, code):
    pages = []
    for typed in (code, "7KQ3M9XT", "nonsense"):
        answer = priyas_browser.post(ASK, SAID | {"code": typed})
        pages.append((answer.status_code, answer.url, masked(priyas_browser.get(answer.url))))
        pages[-1] += (masked(priyas_browser.get(WITH_ME)),)
    assert pages[0] == pages[1] == pages[2]
    assert Ask.objects.count() == 1


def masked(answer) -> str:
    words = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", words)


def test_asking_twice_is_asking_once(ask, code, priya):
    ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="Please!")
    assert Ask.objects.count() == 1


def test_asking_without_end_is_stopped(priyas_browser, code):
    answers = [priyas_browser.post(ASK, SAID | {"code": code}) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assertContains(answers[-1], ">\nI start.</textarea>", status_code=429)  # nothing is lost


@pytest.mark.parametrize("missing", ["code", "name", "role"])
def test_asking_says_what_is_missing(priyas_browser, code, missing):
    said = SAID | {"code": code} | {missing: ""}
    assert priyas_browser.post(ASK, said).status_code == 422
    assert not Ask.objects.exists()


def test_the_person_sees_who_asks_and_why(anas_browser, ask):
    assertContains(anas_browser.get("/me/"), "Somebody asks to see your page<")
    assertContains(anas_browser.get(reverse("sharing:home")), "Priya asks to see your page")
    page = anas_browser.get(at(ask))
    for said in ["support worker", "Sunrise Home Care", "priya@example.org", "I start on Monday."]:
        assertContains(page, said)


def test_a_yes_goes_through_the_same_five_pages(anas_browser, anas_page, ask, priyas_browser):
    assertRedirects(anas_browser.post(at(ask), {"say": "yes"}), reverse("sharing:who"))
    begun = anas_page.shares.get()
    assert (begun.reader_name, begun.worker_email) == (
        "Priya, Sunrise Home Care", "priya@example.org",
    )  # fmt: skip
    assert not begun.is_open()  # it is no yes yet
    assert_names_nobody(priyas_browser.get(WITH_ME), "Ana")
    begun.delete()
    make_share(anas_page, email="priya@example.org")
    ask.refresh_from_db()
    assert ask.answer == Ask.Reply.YES
    assertContains(priyas_browser.get(WITH_ME), "Ana’s page")
    assertNotContains(anas_browser.get("/me/"), "Somebody asks")


def test_a_yes_to_one_who_asked_answers_nobody_else(anas_page, ask, code, dee, priya):
    ask_actions.ask(code=code, worker=dee, reader=Reader(name="Dee"), why="")
    make_share(anas_page, email=priya.email)
    assert {each.worker: each.answer for each in Ask.objects.all()} == {priya: "yes", dee: ""}


@pytest.mark.parametrize("said, stays", [("no", False), ("later", True)])
def test_a_no_and_a_not_now_look_the_same_to_the_asker(
    anas_browser, ask, priyas_browser, mailoutbox, said, stays
):
    before = masked(priyas_browser.get(WITH_ME))
    anas_browser.post(at(ask), {"say": said})
    assert masked(priyas_browser.get(WITH_ME)) == before
    assert not mailoutbox
    assert (anas_browser.get(at(ask)).status_code == 200) == stays
    assert not Share.objects.exists()


def test_a_no_is_in_the_persons_ledger_and_needs_no_reason(anas_browser, anas_page, ask):
    anas_browser.post(at(ask), {"say": "no"})
    kinds = list(anas_page.consent_events.in_order().values_list("kind", flat=True))
    assert kinds == [ConsentEvent.Kind.ASKED, ConsentEvent.Kind.REFUSED]


def test_a_second_press_of_no_changes_nothing_and_is_not_lost(anas_browser, anas_page, ask):
    for _press in range(2):
        assertRedirects(anas_browser.post(at(ask), {"say": "no"}), reverse("sharing:home"))
    assert anas_page.consent_events.count() == 2  # that she was asked, and that she said no


@pytest.mark.parametrize("said, told", [("no", "You said no."), ("later", "You can answer later.")])
def test_whoever_answers_sees_that_it_was_heard(anas_browser, ask, said, told):
    answer = anas_browser.post(at(ask), {"say": said}, follow=True)
    assertContains(answer, f"{told} They are not told.")


def test_after_a_no_the_worker_may_ask_again(anas_browser, ask, code, priya):
    anas_browser.post(at(ask), {"say": "no"})
    ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="")
    assert Ask.objects.waiting().count() == 1


def test_nobody_else_can_answer(dees_browser, dee, ask):
    make_page(dee, call_me="Dee")
    assert dees_browser.get(at(ask)).status_code == 404
    assert dees_browser.post(at(ask), {"say": "no"}).status_code == 404
    ask.refresh_from_db()
    assert ask.answer == ""


def test_anything_else_that_is_said_answers_nothing(anas_browser, ask):
    assert anas_browser.post(at(ask), {"say": "maybe"}).status_code == 200
    ask.refresh_from_db()
    assert ask.answer == ""


def test_the_person_is_emailed_if_they_want_to_be(
    anas_browser, anas_page, code, priya, mailoutbox, django_capture_on_commit_callbacks
):
    anas_browser.post(reverse("access:tell_me"), {"wanted": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        ask_actions.ask(code=code, worker=priya, reader=PRIYA, why="I start on Monday.")
    [mail] = mailoutbox
    assert mail.to == ["ana@example.org"]
    for word in ["Priya", "Sunrise", "Monday", "Ana"]:
        assert word not in mail.subject + mail.body


def test_asking_oneself_is_nothing(ana, anas_page, code):
    ask_actions.ask(code=code, worker=ana, reader=PRIYA, why="")
    assert not Ask.objects.exists()
