"""A page kept for somebody, shared by its keeper: named as such, and never as its person's yes."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.accounts.models import User
from profiles.exports.receipt import as_data
from profiles.pages import actions as page_actions
from profiles.pages.models import Tombstone
from profiles.sharing import actions, rules
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.ledger import history
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.wording import wording_for
from tests.exports.test_receipt import problems
from tests.factories import (
    I_DECIDED,
    begin_share,
    make_card,
    make_kept_page,
    make_page,
    make_promise,
    make_share,
    make_user,
    say,
    take_over,
)
from tests.readers import FORMATS
from tests.sharing.test_new import CHECK, HOW_LONG, READY, WHAT, WHO, shown_in
from tests.supporters.test_asking import signed_in

pytestmark = pytest.mark.django_db
HOME = reverse("sharing:home")
TOLD = {"mode": "told", "shown_by": "pointed", "help": ["pictures"]}
FOR_THEM = {
    "mode": "for_me",
    "authority": "parent",
    "decided_by": "Rosa, their mother",
    "asked": "Their father",
    "person_showed": "They smiled at the picture of the school",
    "can_object": "They push it away",
    "review_on": str(timezone.localdate() + timedelta(days=90)),
}
NOT_YET = "Shared by Rosa, who keeps this page for Jo. Jo has not taken it over yet."


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture
def rosas_browser(rosa, kept) -> Client:
    return signed_in(rosa)


def at(name: str, share: Share) -> str:
    return reverse(name if ":" in name else f"sharing:{name}", kwargs={"ref": share.ref})


def go_through(browser: Client, **said: object) -> Share:
    """The same five pages as everybody's, as somebody who keeps a page goes through them."""
    who = {"reader_name": "Oak School", "way": "link", "keeper_name": "Rosa"}
    assertRedirects(browser.post(WHO, who | said), WHAT)
    assertRedirects(browser.post(WHAT, {"topics": ["important"], "may": "print"} | said), HOW_LONG)
    assertRedirects(browser.post(HOW_LONG, {"until": "months"} | said), CHECK)
    assertRedirects(browser.post(CHECK, TOLD | {"shown": shown_in(browser)} | said), READY)
    return Share.objects.given().latest("given_at")


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
    for name in ("", "  ", "…"):
        answer = rosas_browser.post(WHO, asked | {"keeper_name": name})
        assertContains(answer, "Tell them your name", status_code=422)
    assertNotContains(rosas_browser.get(WHO), "rosa@example.org")


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
        actions.give(
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


# ---- where it is named


def test_the_doorstep_says_it_without_a_name(kept, cal):
    page = cal.open(make_share(kept).key)
    assertContains(page, "The person has not taken the page over yet.")
    assertContains(page, "it was not the person who shared it")
    for name in ("Rosa", "Jo", "rosa@example.org", "Tea"):
        assertNotContains(page, name)


def test_the_doorstep_of_a_persons_own_share_says_nothing_of_it(anas_page, cal):
    assertNotContains(cal.open(make_share(anas_page).key), "taken the page over")


def test_the_readers_page_says_who_shared_it(kept, cal):
    share = make_share(kept)
    page = cal.read(share)
    assert NOT_YET in page
    assert "is sharing this with you" not in page
    assert "rosa@example.org" not in page


def test_a_name_that_is_kept_private_is_not_told_to_readers(kept, cal):
    say(kept, "call_me", "CNRYname", only_me=True)
    page = cal.read(make_share(kept))
    assert "Shared by Rosa, who keeps this page for somebody." in page
    assert "CNRYname" not in page


def test_what_a_keeper_calls_themself_is_only_words(kept, cal):
    share = make_share(kept, keeper_name="<b>{reader}</b> %s")
    page = cal.read(share)
    assert "&lt;b&gt;{reader}&lt;/b&gt; %s" in page
    assert "<b>{reader}</b> %s keeps this page" in share.events.get().wording


def test_a_named_worker_is_told_in_their_list(kept, priya, priyas_browser):
    make_share(kept, email=priya.email)
    assertContains(
        priyas_browser.get(reverse("workers:with_me")), "Shared by Rosa, who keeps this page"
    )


@pytest.mark.parametrize("email", ["", "priya@example.org"])
def test_the_email_says_that_the_page_is_kept(rosas_browser, kept, email):
    share = make_share(kept, email=email)
    said = {"email": "priya@example.org", "say_name": "on"}
    assert rosas_browser.post(at("send", share), said).status_code == 302
    (message,) = mail.outbox
    assert "Rosa keeps a page for somebody" in message.body
    assert "Whoever keeps the page can see" in message.body
    assert not re.search("Jo|rosa@|their page", message.subject + message.body)


def test_the_ledger_and_the_receipt_never_call_it_consent(rosas_browser, kept):
    share = go_through(rosas_browser)
    rosas_browser.post(at("pause", share))
    rosas_browser.post(at("resume", share))
    rosas_browser.post(at("stop", share))
    page = rosas_browser.get(at("exports:receipt", share))
    for said in [
        NOT_YET,
        "Rosa, who kept this page then, shared it with Oak School.",
        "Rosa decided, and says that the person told them yes.",
        "Rosa says: They pointed, or looked at it.",
        "Rosa says: I used pictures or signs.",
        "What Rosa was shown:",
        "Rosa, who kept this page then, stopped sharing with Oak School.",
    ]:
        assertContains(page, said)
    assertNotContains(page, "You shared")
    terms = [json.loads(event.terms) for event in share.events.all()]
    assert {(one["by"], one["keeper"]) for one in terms} == {("keeper", "Rosa")}
    receipt = as_data(receipt_for(share), site="https://example.org", contact="")
    assert problems(receipt) == []
    assert "consent" not in json.dumps(receipt["events"])
    assert {event["entity_id"] for event in receipt["events"]} == {"keeper"}
    (processing,) = receipt["pii_processing"]
    assert processing["purposes"][0]["lawful_basis"].startswith("a decision made for the person")


def test_what_was_decided_for_them_is_told_by_right_and_by_whom(rosas_browser, kept):
    share = go_through(rosas_browser, **FOR_THEM)
    page = rosas_browser.get(at("share", share))
    assertContains(page, "It was decided by Rosa, their mother.")
    assertContains(page, "parental responsibility")


# ---- the same rights, and no more


def test_what_is_kept_private_stays_so_unless_it_is_ticked(kept, cal):
    say(kept, "health", "CNRYhealth", only_me=True)
    assert "CNRYhealth" not in cal.read(make_share(kept, topics=["important"]))
    share = make_share(kept, topics=["important", "health"])
    assert "These are kept private, and will be shown to" in share.events.get().wording
    assert "CNRYhealth" in cal.read(share)
    say(kept, "health", "CNRYhealth2")  # opened, and kept again: the tick is over
    say(kept, "health", "CNRYhealth3", only_me=True)
    assert "CNRYhealth3" not in cal.read(share)


def test_what_is_private_says_so_before_it_is_ticked(rosas_browser, kept):
    say(kept, "health", "Epilepsy.", only_me=True)
    begin_share(kept)
    assertContains(rosas_browser.get(WHAT), "Only they and you see this now")


@pytest.mark.parametrize("name", ["change_what", "change_how_long", "passcode"])
def test_a_change_is_decided_in_a_keepers_ways_too(rosas_browser, kept, name):
    share = make_share(kept)
    said = {"topics": ["important"], "may": "read", "until": "week", "wanted": "yes"}
    page = rosas_browser.post(at(name, share), said | TOLD).content.decode()
    shown = re.search(r'name="shown" value="(\w+)"', page)
    if name == "passcode":
        shown = re.search(
            r'name="shown" value="(\w+)"', rosas_browser.get(at(name, share)).content.decode()
        )
    assert shown
    refused = said | {"mode": "me", "shown": shown[1]}
    assert rosas_browser.post(at(name, share), refused).status_code == 422
    done = rosas_browser.post(at(name, share), said | TOLD | {"shown": shown[1]})
    assert done.status_code == 302
    event = share.events.get(kind=ConsentEvent.Kind.CHANGED)
    assert json.loads(event.decided)["mode"] == "told"
    assert "Rosa keeps this page for Jo" in event.wording


def test_everything_can_be_ticked_at_one_press(rosas_browser, kept):
    share = make_share(kept)
    page = rosas_browser.post(at("change_what", share), {"all": "yes"} | TOLD)
    assertContains(page, "They told me yes")
    assertNotContains(page, "my page")


def test_looking_at_what_a_reader_sees_is_a_keepers_look(rosas_browser, kept):
    share = make_share(kept)
    before = kept.looks.count()
    rosas_browser.get(at("door:as_reader", share))
    look = kept.looks.latest_first().first()
    assert (kept.looks.count(), look.happened, look.share) == (before + 1, "html", None)


def test_a_persons_own_look_at_it_is_none(anas_browser, anas_page):
    anas_browser.get(at("door:as_reader", make_share(anas_page)))
    assert not anas_page.looks.exists()


def test_the_keeper_sees_who_has_looked_and_what_they_wrote(rosas_browser, kept, cal):
    share = make_share(kept)
    cal.read(share)
    cal._at(share.key).post(
        reverse("reading:tell", kwargs={"key": share.key}), {"words": "The bus has gone."}
    )
    page = rosas_browser.get(reverse("access:looked"))
    assertContains(page, "Cal")
    assertContains(page, "The bus has gone.")


def test_readers_are_told_who_sees_what_they_write(kept, cal):
    share = make_share(kept)
    cal.read(share)
    for name in ("reading:tell", "workers:have_read", "reading:thanks"):
        page = cal._at(share.key).get(reverse(name, kwargs={"key": share.key}))
        assertContains(page, "hoever keeps the page sees")


def test_the_keeper_is_told_of_a_passcode_that_is_locked(
    kept, cal, django_capture_on_commit_callbacks
):
    share = make_share(kept, with_passcode=True)
    with django_capture_on_commit_callbacks(execute=True):
        for wrong in range(10):
            guess = str((int(share.passcode) + wrong + 1) % 1_000_000).zfill(6)
            cal.come_in(share, passcode=guess)
    assert [message.to for message in mail.outbox] == [["rosa@example.org"]]


@pytest.mark.parametrize("name", ["sharing:ask_code", "supporters:ask"])
def test_what_only_the_person_can_say_waits_for_them(rosas_browser, kept, name):
    answer = rosas_browser.post(reverse(name), {"wanted": "yes"})
    assertContains(answer, "It waits until they have taken the page over", status_code=403)
    assertNotContains(rosas_browser.get(HOME), "ask me")


def test_what_became_of_a_promise_only_the_person_can_say(rosas_browser, kept, cal):
    promise = make_promise(make_share(kept))
    page = rosas_browser.get(reverse("workers:promises"))
    assertContains(page, "I will ring you.")
    here = reverse("workers:answer", kwargs={"ref": promise.ref})
    assertNotContains(page, here)
    assertNotContains(rosas_browser.get(reverse("house:me")), here)
    assert rosas_browser.post(here, {"say": "done"}).status_code == 403


def test_a_hello_card_is_for_the_person(rosas_browser, kept, priya, priyas_browser):
    card = make_card(priya)
    share = make_share(kept, email=priya.email)
    priyas_browser.post(
        reverse("reading:doorstep", kwargs={"key": share.key}), {"name": "Priya", "role": "nurse"}
    )
    priyas_browser.get(reverse("door:read", kwargs={"key": share.key}))
    for page in (at("share", share), reverse("access:looked")):
        assertNotContains(rosas_browser.get(page), "hello card")
    assert rosas_browser.get(reverse("door:hello", kwargs={"ref": card.ref})).status_code == 403


# ---- when the page goes


def test_a_page_that_its_keeper_erases_ends_its_shares(rosas_browser, kept, cal):
    share = make_share(kept)
    cal.read(share)
    number = kept.pk
    rosas_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not Share.objects.exists() and not ConsentEvent.objects.exists()
    assert Tombstone.objects.filter(page=number).exists()
    for channel in FORMATS:
        assert cal.ask(share.key, channel).status_code == 410
    assert not User.objects.filter(email="rosa@example.org").exists()


def test_an_account_with_a_page_that_it_keeps_is_not_deleted(rosa, kept):
    own = make_page(rosa, call_me="Rosa")
    make_share(kept)
    assert not page_actions.leave(profile=own, account=rosa)
    assert kept.shares.open().exists()


def test_a_visitors_words_for_somebody_move_in_unshared(rosa):
    page = page_actions.start_page(for_someone=True, language="en", user=None)
    say(page, "call_me", "Sam")
    assert page_actions.adopt(profile=page, by=rosa)
    page.refresh_from_db()
    assert page.is_kept
    assert rules.may_share(rosa, page)


def test_two_kept_pages_do_not_mix(rosas_browser, rosa, kept, cal):
    """What was typed for one page is shared of that page, whichever was opened meanwhile."""
    other = make_kept_page(rosa, call_me="Sam", important="CNRYsam")
    page_actions.choose(profile=other)
    said = {"reader_name": "Oak School", "way": "link", "keeper_name": "Rosa"}
    rosas_browser.post(WHO, said | {"about_page": kept.key})
    assert kept.shares.being_made().exists() and not other.shares.exists()
    share = make_share(other)
    page_actions.choose(profile=kept)
    assert rosas_browser.get(at("share", share)).status_code == 404


def test_a_keepers_look_through_the_archive_holds_the_ledger(kept):
    make_share(kept)
    (entry,) = history(kept)
    assert entry["terms"]["keeper"] == "Rosa"
    assert entry["decided"]["mode"] == "told"
    assert Decided.from_json(json.dumps(entry["decided"])).mode is Mode.TOLD
    assert Happened.HANDED not in kept.looks.values_list("happened", flat=True)
