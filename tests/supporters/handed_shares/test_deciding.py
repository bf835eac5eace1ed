"""What the person is shown of what their keeper shared, and keeps or stops."""

import json

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.exports.receipt import as_data
from profiles.sharing import actions
from profiles.sharing.after_restore import pause_all
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.wording import wording_for, wording_to_keep
from tests.exports.test_receipt import problems
from tests.factories import (
    I_DECIDED,
    make_share,
    say,
    signed_in,
    take_over,
)
from tests.supporters.handed_shares.handed import HANDED, ME, at, keeps, shown_on

pytestmark = pytest.mark.django_db


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
    rows = json.loads(browser.get(reverse("access:looked_json")).getvalue())["looks"]
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


def test_what_they_pause_themselves_later_is_not_said_to_be_our_doing(kept, share, jo):
    pause_all(page=kept)  # after a restore
    take_over(kept, jo)
    browser = signed_in(jo)
    keeps(browser, share)
    browser.post(at("pause", share))
    assertContains(browser.get(at("share", share)), "Nobody can open it until you say so.")
    assertNotContains(browser.get(at("share", share)), "go back to an older copy of what we keep")
    assertNotContains(browser.get(ME), "go back to an older copy")
