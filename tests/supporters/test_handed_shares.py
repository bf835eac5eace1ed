"""What a keeper shared, when the page is taken over: paused, shown first, and kept or stopped."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.accounts.models import User
from profiles.exports.receipt import as_data
from profiles.pages.models import Profile
from profiles.sharing import actions
from profiles.sharing.actions import NotAsShown
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.wording import wording_for, wording_to_keep
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Supporter
from tests.exports.test_receipt import problems
from tests.factories import (
    I_DECIDED,
    TOLD_ROSA,
    begin_share,
    make_page,
    make_share,
    make_user,
    say,
    take_over,
)
from tests.readers import FORMATS
from tests.supporters.test_asking import signed_in

pytestmark = pytest.mark.django_db
HANDED, ME, HELPERS = reverse("sharing:handed"), reverse("house:me"), reverse("supporters:helpers")


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture
def jo(db) -> User:
    return make_user("jo@example.org")


@pytest.fixture
def share(kept) -> Share:
    return make_share(kept, reader_name="Oak School")


@pytest.fixture
def jos(share, kept, jo) -> Profile:
    """The page, which Jo has taken over."""
    return take_over(kept, jo)


@pytest.fixture
def jos_browser(jo, jos) -> Client:
    return signed_in(jo)


@pytest.fixture
def rosas_browser(rosa, jos) -> Client:
    return signed_in(rosa)


def at(name: str, share: Share) -> str:
    return reverse(name if ":" in name else f"sharing:{name}", kwargs={"ref": share.ref})


def shown_on(browser: Client, share: Share) -> str:
    found = re.search(
        r'name="shown" value="(\w+)"', browser.get(at("keep", share)).content.decode()
    )
    assert found
    return found[1]


def keeps(browser: Client, share: Share, **said: object):
    """Read the sentences, and say yes."""
    return browser.post(at("keep", share), {"mode": "me", "shown": shown_on(browser, share)} | said)


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


# ---- what the person is shown


def test_the_person_sees_each_with_whom_what_until_when_and_who_looked(
    kept, share, jo, cal, priya, priyas_browser
):
    cal.read(share)
    make_share(kept, reader_name="Priya", email=priya.email, may_print=False)
    take_over(kept, jo)
    page = signed_in(jo).get(HANDED)
    for said in [
        "Oak School",
        "Priya",
        "Rosa shared it.",
        "They could see: everything on the page",
        "Until the end of",
        "Looked once.",
        "They said they are: Cal (night nurse, Ward 4).",
        "Nobody has looked.",
        "Waits for your yes",
    ]:
        assertContains(page, said)
    assert b"checked" not in page.content


def test_it_stands_first_on_their_home_until_it_is_decided(jos_browser, share):
    page = jos_browser.get(ME).content.decode()
    assert 0 < page.index("shared before the page was yours") < page.index("What my page says")
    assertContains(jos_browser.get(reverse("sharing:home")), "Keep it or stop it")
    jos_browser.post(at("stop", share))
    assertNotContains(jos_browser.get(ME), "before the page was yours")


def test_the_looks_are_in_the_log_that_is_theirs_now(kept, share, jo, cal):
    cal.read(share)
    take_over(kept, jo)
    browser = signed_in(jo)
    assertContains(browser.get(reverse("access:looked")), "Cal")
    rows = json.loads(browser.get(reverse("access:looked_json")).content)["looks"]
    assert [row["shared_with"] for row in rows if row["who"] == "Cal"] == ["Oak School"]


def test_they_can_see_what_the_reader_saw_and_how_it_was_decided(jos_browser, share):
    assertContains(jos_browser.get(at("door:as_reader", share)), "Tea first.")
    receipt = jos_browser.get(at("exports:receipt", share))
    assertContains(receipt, "Rosa, who kept this page then, shared it with Oak School.")
    assertContains(receipt, "The page was taken over, so sharing with Oak School was paused.")
    assertNotContains(receipt, "You shared")


# ---- keep it


def test_keeping_it_is_their_own_yes_to_the_text_that_is_shown(jos_browser, jos, share, cal):
    page = jos_browser.get(at("keep", share))
    for said in [
        "Rosa shared this before the page was yours.",
        "If you say yes, it opens again.",
        "Rosa still has the link, and could open it too.",
        "You can say no. Nobody should treat you differently for it.",
        "I decided, with help from somebody",
    ]:
        assertContains(page, said)
    assertNotContains(page, "They told me yes")
    assertRedirects(keeps(jos_browser, share), at("share", share))
    share = Share.objects.select_related("profile").get(pk=share.pk)
    assert (share.by_keeper, share.keeper_name, share.is_open()) == (None, None, True)
    given = share.events.in_order().last()
    assert given.kind == ConsentEvent.Kind.GIVEN
    assert "Rosa shared this before the page was yours." in given.wording
    assert json.loads(given.decided) == {"mode": "me"}
    read = cal.read(share)
    assert "Jo is sharing this with you" in read
    assert "Rosa" not in read


def test_the_receipt_tells_both_one_as_a_decision_and_one_as_consent(jos_browser, jos, share):
    keeps(jos_browser, share)
    share = Share.objects.select_related("profile").get(pk=share.pk)
    receipt = as_data(receipt_for(share), site="https://example.org", contact="")
    assert problems(receipt) == []
    assert [(each["entity_id"], each["event_type"]) for each in receipt["events"]] == [
        ("keeper", "decision made for the person"),
        ("operator", "decision made for the person"),
        ("person", "explicit consent"),
    ]
    page = jos_browser.get(at("exports:receipt", share))
    assertContains(page, "You said yes to sharing with Oak School. Rosa had shared it before.")
    assertNotContains(page, "has not taken it over yet")


@pytest.mark.parametrize(
    "said", [{"mode": ""}, {"mode": "told", "shown_by": "said"}, {"mode": "helped"}]
)
def test_keeping_it_says_how_that_was_decided(jos_browser, share, said):
    assert keeps(jos_browser, share, **said).status_code == 422
    assert Share.objects.get(pk=share.pk).by_keeper


@pytest.mark.parametrize("shown", ["", "0" * 64, "the keeper's"])
def test_a_yes_to_another_text_is_none(jos_browser, jos, share, shown):
    share = Share.objects.select_related("profile").get(pk=share.pk)
    old = wording_for(share).fingerprint if shown.startswith("the") else shown
    answer = jos_browser.post(at("keep", share), {"mode": "me", "shown": old})
    assert answer.status_code in {409, 422}
    assert Share.objects.get(pk=share.pk).by_keeper


def test_opening_a_kept_topic_between_the_page_and_the_yes_is_another_text(kept, jo):
    say(kept, "health", "Epilepsy.", only_me=True)
    share = make_share(kept, topics=["important", "health"])
    take_over(kept, jo)
    browser = signed_in(jo)
    assertContains(browser.get(at("keep", share)), "You keep these to yourself, and will show them")
    shown = shown_on(browser, share)
    say(kept, "health", "Epilepsy.", only_me=False)
    assert browser.post(at("keep", share), {"mode": "me", "shown": shown}).status_code == 409


def test_after_keeping_the_next_one_is_asked(kept, share, jo):
    other = make_share(kept, reader_name="The day centre")
    take_over(kept, jo)
    browser = signed_in(jo)
    assertRedirects(keeps(browser, share), HANDED)
    assertRedirects(browser.post(at("stop", other)), at("share", other))


# ---- or stop it


def test_stopping_it_is_withdrawn_and_stays_so(jos_browser, jo, share, cal):
    jos_browser.post(at("stop", share))
    share = Share.objects.select_related("profile").get(pk=share.pk)
    assert share.stopped_at
    assert share.events.in_order().last().kind == ConsentEvent.Kind.WITHDRAWN
    with pytest.raises(Share.DoesNotExist):
        actions.keep(
            share=share, by=jo, decided=I_DECIDED, shown=wording_to_keep(share).fingerprint
        )
    assert cal.open(share.key).status_code == 410
    page = jos_browser.get(at("share", share))
    assertContains(page, "You stopped sharing with Oak School, which Rosa had begun.")


def test_nothing_is_stopped_by_opening_the_page_that_asks(jos_browser, share):
    page = jos_browser.get(at("stop", share))
    assertContains(page, "Leave it paused")
    assertNotContains(page, "Go on sharing")
    assert Share.objects.get(pk=share.pk).stopped_at is None


def test_the_last_press_of_two_windows_is_what_holds(jos_browser, jo, share):
    shown = shown_on(jos_browser, share)
    jos_browser.post(at("stop", share))  # in the other window
    answer = jos_browser.post(at("keep", share), {"mode": "me", "shown": shown})
    assertRedirects(answer, at("share", share))
    assert Share.objects.get(pk=share.pk).stopped_at
    assert not Share.objects.open().exists()


def test_kept_twice_is_once(jos_browser, share):
    shown = shown_on(jos_browser, share)
    keeps(jos_browser, share)
    jos_browser.post(at("keep", share), {"mode": "me", "shown": shown})
    assert (
        share.events.filter(kind=ConsentEvent.Kind.GIVEN).count() == 2
    )  # the keeper's, and theirs


def test_paper_says_who_printed_it_the_keeper_before_and_the_person_after(kept, share, rosa, jo):
    signed_in(rosa).get(at("door:as_reader_pdf", share))
    assertContains(signed_in(rosa).get(at("stop", share)), "printed by Rosa")
    take_over(kept, jo)
    browser = signed_in(jo)
    assertContains(browser.get(at("stop", share)), "printed by Rosa")
    keeps(browser, share)
    say(kept, "important", "Coffee first.")
    browser.get(at("door:as_reader_pdf", share))
    page = browser.get(at("stop", share)).content.decode()
    assert page.index("printed by you") < page.index("printed by Rosa")


# ---- nothing else opens it


@pytest.mark.parametrize(
    "name", ["resume", "pause", "passcode", "change_what", "change_how_long", "speak", "send"]
)
def test_nothing_but_their_yes_opens_or_changes_it(jos_browser, share, name):
    said = {"mode": "me", "topics": ["important"], "may": "print", "until": "week"}
    said |= {"email": "cal@example.org", "wanted": "yes"}
    before = Share.objects.values().get(pk=share.pk)
    assertRedirects(jos_browser.post(at(name, share), said), at("keep", share))
    assert Share.objects.values().get(pk=share.pk) == before


@pytest.mark.parametrize("name", ["resume", "pause", "speak"])
def test_nor_does_another_way_in(jo, jos, share, name):
    share = Share.objects.select_related("profile").get(pk=share.pk)
    with pytest.raises(PermissionDenied):
        getattr(actions, name)(share=share, by=jo)


def test_the_page_that_says_it_is_ready_leads_to_what_waits(jos_browser):
    assertRedirects(jos_browser.get(reverse("sharing:ready")), HANDED)


def test_one_that_ends_meanwhile_is_not_asked_about(jos_browser, jos, jo, share):
    shown = shown_on(jos_browser, share)
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assertContains(jos_browser.get(HANDED), "nothing left to decide")
    assertNotContains(jos_browser.get(ME), "before the page was yours")
    answer = jos_browser.post(at("keep", share), {"mode": "me", "shown": shown})
    assertRedirects(answer, at("share", share))
    assert not Share.objects.open().exists()
    assertContains(
        jos_browser.get(at("share", share)), "Rosa shared this before the page was yours"
    )
    call_command("tidy", verbosity=0)
    assert share.events.filter(kind=ConsentEvent.Kind.EXPIRED).count() == 1


def test_one_that_was_stopped_before_says_who_stopped_it(kept, share, rosa, jo):
    actions.stop(share=share, by=rosa)
    take_over(kept, jo)
    page = signed_in(jo).get(at("share", share))
    assertContains(page, "Rosa, who kept this page then, stopped sharing with Oak School.")
    assertNotContains(page, "You stopped")


# ---- the keeper, from then on


def test_the_keeper_finds_nothing_at_the_addresses_they_know(rosas_browser, rosa, share):
    names = ["share", "show", "keep", "stop", "passcode", "door:as_reader", "exports:receipt"]
    for name in names:  # no page left: to the first question
        assertRedirects(rosas_browser.get(at(name, share)), reverse("pages:start"))
    make_page(rosa, call_me="Rosa")
    for name in [*names, "exports:receipt_json", "door:as_reader_pdf", "change_what"]:
        assert rosas_browser.get(at(name, share)).status_code == 404
    for name in ("resume", "pause", "stop", "speak", "send", "keep"):
        assert rosas_browser.post(at(name, share)).status_code == 404
    assertNotContains(rosas_browser.get(reverse("access:looked")), "Oak School")
    assert Share.objects.get(pk=share.pk).waits_for_yes


def test_a_form_that_was_open_in_the_keepers_window_changes_nothing(kept, rosa, jo, share):
    """Each action has a share that was read before the page was taken over."""
    stale, begun = share, begin_share(kept, reader_name="The day centre")
    take_over(Profile.objects.get(pk=kept.pk), jo)
    ends = timezone.now() + timedelta(days=3)
    what = {"topics": ["important"], "with_photo": False, "may_print": True}
    asked = {"share": stale, "by": rosa}
    for change in (
        lambda: actions.resume(**asked),
        lambda: actions.pause(**asked),
        lambda: actions.stop(**asked),
        lambda: actions.speak(**asked),
        lambda: actions.change_passcode(**asked, decided=TOLD_ROSA),
        lambda: actions.change_what(**asked, **what, decided=TOLD_ROSA),
        lambda: actions.change_how_long(**asked, ends_at=ends, decided=TOLD_ROSA),
        lambda: actions.choose_layout(**asked, layout=""),
        lambda: actions.let_go(share=begun, by=rosa),
        lambda: actions.say_who(share=begun, by=rosa, reader_name="X", keeper_name="Rosa"),
        lambda: actions.say_what(share=begun, by=rosa, **what),
        lambda: actions.say_how_long(share=begun, by=rosa, ends_at=ends),
        lambda: actions.give(share=begun, by=rosa, decided=TOLD_ROSA, shown=""),
        lambda: actions.begin(profile=kept, by=rosa),
    ):
        stale.profile = begun.profile = kept  # as it was
        with pytest.raises(PermissionDenied):
            change()
    assert not Share.objects.open().exists()


def test_one_who_is_let_help_again_has_what_helpers_have(jos_browser, jos, jo, rosa, share):
    supporter = jos.supporters.get()
    supporter.profile = jos
    helping.change(supporter=supporter, by=jo, may=Supporter.May.WRITE, kept_topics=[])
    browser = signed_in(rosa)
    assert browser.get(reverse("door:helping", kwargs={"ref": supporter.ref})).status_code == 200
    make_page(rosa, call_me="Rosa")
    for name in ("share", "stop", "keep", "exports:receipt"):
        assert browser.get(at(name, share)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.keep(share=share, by=rosa, decided=I_DECIDED, shown="")


def test_a_person_who_erases_the_page_ends_what_waits(jos_browser, share, cal):
    jos_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not Share.objects.exists()
    assert cal.open(share.key).status_code == 410


def test_a_keeper_whose_account_goes_leaves_their_name_in_the_ledger(
    rosas_browser, rosa, jos, share
):
    rosas_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not User.objects.filter(email="rosa@example.org").exists()
    share = Share.objects.select_related("profile__data_key").get(pk=share.pk)
    assert share.waits_for_yes and share.keeper_name == "Rosa"
    assert receipt_for(share).keeper == "Rosa"


def test_not_as_shown_is_raised_for_another_text(jos, jo, share):
    share = Share.objects.select_related("profile").get(pk=share.pk)
    with pytest.raises(NotAsShown):
        actions.keep(share=share, by=jo, decided=I_DECIDED, shown="another")
