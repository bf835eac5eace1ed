"""Who is shown a hello card, and what both mention."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.sharing import actions as sharing
from tests.factories import make_card, make_page, make_share, say
from tests.readers import ReaderWithLink
from tests.workers.hello_card.cards import LOOKED, SAID, at

pytestmark = pytest.mark.django_db


# ---- who is shown it


def test_the_person_reads_it_from_the_log_once_its_worker_has_looked(
    anas_browser, share, worker, priya
):
    card = make_card(priya, **SAID)
    assert anas_browser.get(at(card)).status_code == 404
    worker.read(share)
    log = anas_browser.get(LOOKED)
    assertContains(log, "Read Priya’s hello card")
    assertContains(log, at(card))
    page = anas_browser.get(at(card))
    for words in SAID.values():
        assertContains(page, words)


def test_a_card_that_is_made_later_is_shown_too(anas_browser, share, worker, priya):
    worker.read(share)
    card = make_card(priya)
    assert anas_browser.get(at(card)).status_code == 200


def test_it_is_on_the_page_of_the_share(anas_browser, share, worker, priya):
    make_card(priya)
    worker.read(share)
    assertContains(
        anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref})),
        "Read Priya’s hello card",
    )


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_whoever_looked_stays_introduced_when_sharing_ends(
    anas_browser, ana, share, worker, priya, verb
):
    card = make_card(priya)
    worker.read(share)
    getattr(sharing, verb)(share=share, by=ana)
    assert anas_browser.get(at(card)).status_code == 200


@pytest.mark.parametrize("name", ["hello", "hello_pdf"])
def test_nobody_else_finds_it(
    dees_browser, dee, priyas_browser, visitor, share, worker, priya, name
):
    card = make_card(priya)
    worker.read(share)
    make_page(dee, call_me="Dee")
    assert dees_browser.get(at(card, name)).status_code == 404
    make_page(priya, call_me="Priya")
    assert priyas_browser.get(at(card, name)).status_code == 404
    assert visitor.get(at(card, name)).status_code == 403


def test_a_worker_who_only_holds_a_link_is_not_shown(anas_browser, anas_page, worker, priya):
    card = make_card(priya)
    link = make_share(anas_page)
    worker.read(link)
    assert anas_browser.get(at(card)).status_code == 404
    assertNotContains(anas_browser.get(LOOKED), "hello card")


def test_through_a_link_they_can_choose_to_be(anas_browser, anas_page, worker, priya):
    card = make_card(priya)
    link = make_share(anas_page)
    assertContains(worker.open(link.key), "Show the person my hello card")
    worker.come_in(link, show_card="on")
    worker.ask(link)
    assert anas_browser.get(at(card)).status_code == 200
    assertContains(
        anas_browser.get(reverse("sharing:share", kwargs={"ref": link.ref})),
        "Read Priya’s hello card",
    )


def test_a_name_that_is_typed_at_a_link_leads_to_nobodys_card(
    anas_browser, anas_page, worker, priya
):
    make_card(priya)
    link = make_share(anas_page)
    worker.come_in(link, show_card="on")
    ReaderWithLink(name="Priya").read(link)
    assertNotContains(anas_browser.get(LOOKED), "hello card")


def test_the_doorstep_asks_only_those_who_keep_a_card(anas_page, cal, worker, share, priya):
    link = make_share(anas_page)
    for reader in (cal, worker):
        assertNotContains(reader.open(link.key), "hello card")
    make_card(priya)
    assertNotContains(worker.open(share.key), "hello card")


def test_a_tick_of_somebody_without_a_card_shows_nothing(anas_page, cal):
    link = make_share(anas_page)
    assert cal.come_in(link, show_card="on").status_code == 302
    assert not link.hello_cards.exists()


def test_the_card_says_at_the_doorstep_who_they_are(worker, share, priya):
    make_card(priya, **SAID)
    page = worker.open(share.key)
    for words in ("Priya", "support worker", "Sunrise Home Care"):
        assertContains(page, f'value="{words}"')
    worker.come_in(share, role="night worker")
    assertContains(worker.open(share.key), 'value="night worker"')


def test_a_look_still_points_to_nobody(share, worker, priya):
    make_card(priya)
    worker.read(share)
    look = share.looks.get()
    users = [f for f in look._meta.get_fields() if getattr(f, "related_model", None) is type(priya)]
    assert not users


# ---- what both mention


def test_what_both_mention_is_one_line_for_the_person_and_for_the_worker(
    anas_browser, anas_page, share, worker, priya
):
    card = make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers, and gardening.")
    assert "You both mention: Gardening, Rovers." in worker.read(share)
    assertContains(anas_browser.get(at(card)), "You both mention: Gardening, Rovers.")


def test_a_topic_that_is_not_shared_is_never_in_it(anas_browser, anas_page, share, worker, priya):
    card = make_card(priya, **SAID)
    say(anas_page, "interests", "Gardening, and the Rovers.")  # only "important" is shared
    say(anas_page, "important", "Gardening.", only_me=True)
    assert "both mention" not in worker.read(share)
    assertNotContains(anas_browser.get(at(card)), "both mention")


def test_other_topics_than_interests_are_not_searched(anas_page, priya, worker):
    make_card(priya, **SAID)
    say(anas_page, "bad_day", "When the Rovers lose.")
    share = make_share(anas_page, email=priya.email, topics=["important", "bad_day"])
    assert "both mention" not in worker.read(share)


def test_once_sharing_ends_nothing_is_compared_any_more(
    anas_browser, ana, anas_page, share, worker, priya
):
    card = make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers.")
    worker.read(share)
    sharing.stop(share=share, by=ana)
    assertNotContains(anas_browser.get(at(card)), "both mention")


def test_a_reader_who_shows_no_card_is_compared_with_nobody(anas_page, worker, priya):
    make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers.")
    assert "both mention" not in worker.read(make_share(anas_page))
