"""Who shares a page that is kept, and how that is decided."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.pages import actions as page_actions
from profiles.sharing import new_actions, rules
from profiles.sharing.models import Share
from profiles.sharing.wording import wording_for
from tests.factories import (
    I_DECIDED,
    TOLD_ROSA,
    begin_share,
    make_kept_page,
    make_share,
    make_user,
    say,
    signed_in,
    take_over,
)
from tests.sharing.kept_page.keeping import FOR_THEM, HOME, TOLD, at, go_through
from tests.sharing.test_new import CHECK, WHO, shown_in

pytestmark = pytest.mark.django_db


# ---- who may, and how it is decided


def test_its_keeper_shares_it_on_the_same_five_pages(rosas_browser, kept, cal):
    share = go_through(rosas_browser)
    assert (share.by_keeper, share.profile) == (True, kept)
    assert "Tea first." in cal.read(share)
    assertContains(rosas_browser.get(HOME), "Oak School")


@pytest.mark.parametrize("who", ["another keeper", "a stranger", "its keeper, too late"])
def test_nobody_else_can_share_it(kept, rosa, who):
    other = make_user("other@example.org")
    share = make_share(kept)
    if who == "another keeper":
        make_kept_page(other)
    elif who != "a stranger":
        take_over(kept, make_user("jo@example.org"))
        other = rosa
    assert not rules.may_share(other, kept)
    browser = signed_in(other)
    for name in ("share", "stop", "exports:receipt"):
        assert browser.get(at(name, share)).status_code in {302, 404}
    assert browser.get(at("share", share), follow=True).redirect_chain in (
        [],
        [(reverse("pages:start"), 302)],
    )


def test_an_empty_kept_page_is_not_shared(rosa):
    page = page_actions.start_page(for_someone=True, language="en", user=rosa)
    assert not rules.may_begin(rosa, page)


def test_a_visitor_who_writes_for_somebody_cannot_share():
    page = page_actions.start_page(for_someone=True, language="en", user=None)
    say(page, "call_me", "Jo")
    assert not page.is_kept
    assert not rules.may_share(None, page)


def test_a_keeper_gives_the_name_that_readers_are_told(rosas_browser):
    asked = {"reader_name": "Oak School", "way": "link"}
    for name in ("", "  ", "…", "\u3164"):
        answer = rosas_browser.post(WHO, asked | {"keeper_name": name})
        assertContains(answer, "Tell them your name", status_code=422)
    assertNotContains(rosas_browser.get(WHO), "rosa@example.org")


def test_without_that_name_nothing_is_shared(rosa, kept):
    share = begin_share(kept, keeper_name="")
    shown = wording_for(share).fingerprint
    with pytest.raises(new_actions.NotReady):
        new_actions.give(share=share, by=rosa, decided=TOLD_ROSA, shown=shown)


def test_the_name_is_there_the_next_time(rosas_browser):
    go_through(rosas_browser, keeper_name="Rosa, her mum")
    assertContains(rosas_browser.get(WHO), 'value="Rosa, her mum"')


def test_the_persons_own_page_does_not_ask_for_it(anas_browser):
    assertNotContains(anas_browser.get(WHO), "keeper_name")


def test_a_keeper_cannot_say_that_the_person_decided(rosas_browser, kept):
    share = begin_share(kept)
    page = rosas_browser.get(CHECK).content.decode()
    assert 'value="told"' in page and 'value="for_me"' in page
    assert 'value="me"' not in page and 'value="helped"' not in page
    for mode in ("me", "helped"):
        said = {"mode": mode, "helper_name": "Dee", "help": ["read"], "shown_by": "said"}
        answer = rosas_browser.post(CHECK, said | {"shown": shown_in(rosas_browser)})
        assertContains(answer, "Choose how you decided", status_code=422)
    with pytest.raises(ValueError, match="Only the person themself"):
        new_actions.give(
            share=share,
            by=kept.kept_by,
            decided=I_DECIDED,
            shown=wording_for(share).fingerprint,
        )
    assert not Share.objects.given().exists()


def test_a_person_cannot_say_that_they_were_told(anas_browser, anas_page):
    begin_share(anas_page)
    answer = anas_browser.post(CHECK, TOLD | {"shown": shown_in(anas_browser)})
    assertContains(answer, "Choose how you decided", status_code=422)


@pytest.mark.parametrize("said", [{"mode": "told"}, {"mode": "told", "shown_by": "nodded"}])
def test_being_told_says_how(rosas_browser, kept, said):
    begin_share(kept)
    answer = rosas_browser.post(CHECK, said | {"shown": shown_in(rosas_browser)})
    assert answer.status_code == 422
    assert not Share.objects.given().exists()


@pytest.mark.parametrize("missing", sorted(FOR_THEM.keys() - {"mode"}))
def test_deciding_for_them_says_everything(rosas_browser, kept, missing):
    begin_share(kept)
    said = FOR_THEM | {missing: "", "shown": shown_in(rosas_browser)}
    assert rosas_browser.post(CHECK, said).status_code == 422
    assert not Share.objects.given().exists()


def test_the_last_page_says_whose_decision_it_is(rosas_browser, kept):
    begin_share(kept)
    page = rosas_browser.get(CHECK)
    for said in [
        "Rosa keeps this page for Jo, and decides this for now.",
        "It is not a yes from Jo, who has not taken the page over yet.",
        "When Jo takes the page over, this is paused at once.",
        "Share it for them",
    ]:
        assertContains(page, said)
    assertNotContains(page, "your page")


def test_without_a_name_it_is_the_person_it_is_about(rosas_browser, kept):
    say(kept, "call_me", "")
    begin_share(kept)
    assertContains(rosas_browser.get(CHECK), "keeps this page for the person it is about")


def test_another_name_of_the_person_is_another_text(rosas_browser, kept):
    begin_share(kept)
    shown = shown_in(rosas_browser)
    say(kept, "call_me", "Joanna")
    answer = rosas_browser.post(CHECK, TOLD | {"shown": shown})
    assert answer.status_code == 409
    assertContains(answer, "for Joanna", status_code=409)
