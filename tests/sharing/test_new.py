"""Saying yes: five short pages, nothing ticked beforehand, and a yes only to what was shown."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from time_machine import travel

from profiles.photos.actions import add_photo
from profiles.sharing import new_actions
from profiles.sharing.days import end_of, last_day
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.topics.load import load
from tests.factories import begin_share, make_page, make_share, say
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db

WHO, WHAT, HOW_LONG, CHECK, READY = (
    reverse(f"sharing:{name}") for name in ("who", "what", "how_long", "check", "ready")
)


@pytest.fixture(autouse=True)
def no_mails_yet(db: None) -> None:
    cache.clear()


def shown_in(browser: Client) -> str:
    """The fingerprint of the text that is on the check page."""
    page = browser.get(CHECK).content.decode()
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def go_through(browser: Client, **said: object) -> Share:
    """All five pages, as somebody goes through them."""
    assertRedirects(browser.post(WHO, {"reader_name": "Priya", "way": "link"} | said), WHAT)
    what = {"topics": ["important"], "may": "print"} | said
    assertRedirects(browser.post(WHAT, what), HOW_LONG)
    assertRedirects(browser.post(HOW_LONG, {"until": "months"} | said), CHECK)
    check = {"mode": "me", "shown": shown_in(browser)} | said
    assertRedirects(browser.post(CHECK, check), READY)
    return Share.objects.given().latest("given_at")


def test_five_pages_make_a_share(anas_browser, anas_page):
    share = go_through(anas_browser)
    assert share.is_open()
    assert share.reader_name == "Priya"
    assert share.topics == ["call_me", "important"]
    assert share.may_print is True
    assert last_day(share.ends_at) > timezone.localdate() + timedelta(days=88)


def test_nothing_is_shared_before_the_yes(anas_browser, anas_page, cal):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    anas_browser.post(WHAT, {"topics": ["important"], "may": "print"})
    anas_browser.post(HOW_LONG, {"until": "week"})
    begun = anas_page.shares.get()
    assert not begun.is_open()
    assert cal.open(begun.key).status_code == 410
    assert not anas_page.consent_events.exists()


def test_asking_for_a_page_begins_nothing(anas_browser, anas_page):
    for address in (WHO, WHAT, HOW_LONG, CHECK, READY):
        anas_browser.get(address)
    assert not Share.objects.exists()


@pytest.mark.parametrize("address", [WHO, WHAT, HOW_LONG, CHECK])
def test_nothing_is_ticked_beforehand(anas_browser, anas_page, address):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    if address == WHO:
        Share.objects.all().delete()
    begun = begin_share(anas_page) if address == CHECK else None
    page = anas_browser.get(address).content.decode()
    assert any(kind in page for kind in ('type="radio"', 'type="checkbox"', 'data-kind="choice"'))
    assert "(as before)" not in page
    assert not re.search(r"<input[^>]*\bchecked\b", page)
    assert begun is None or begun.given_at is None


def test_a_link_for_everybody_is_not_asked_for_an_address(anas_browser, anas_page):
    answer = anas_browser.post(
        WHO, {"reader_name": "Priya", "way": "link", "worker_email": "not an address"}
    )
    assertRedirects(answer, WHAT)
    assert anas_page.shares.get().worker_email == ""


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"reader_name": "", "way": "link"}, "Tell us who you want to share with"),
        ({"reader_name": "Priya"}, "Choose how they will open it"),
        ({"reader_name": "Priya", "way": "magic"}, "Choose how they will open it"),
        ({"reader_name": "Priya", "way": "worker"}, "Enter the email address they sign in with"),
        (
            {"reader_name": "Priya", "way": "worker", "worker_email": "priya at work"},
            "Enter an email address like name@example.com",
        ),
        ({"reader_name": "a" * 81, "way": "link"}, "That is too long. Use 80 letters or fewer"),
        ({"reader_name": "a\x00", "way": "link"}, "a letter in your words that we cannot keep"),
    ],
)
def test_who_says_what_is_missing(anas_browser, anas_page, said, sentence):
    assertContains(anas_browser.post(WHO, said), sentence, status_code=422)


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"may": "read"}, "Choose at least one part to share"),
        ({"topics": ["important"]}, "Choose what they can do"),
        ({"topics": ["nonsense"], "may": "read"}, "Choose at least one part to share"),
        ({"topics": ["health"], "may": "read"}, "Choose at least one part to share"),  # no words
    ],
)
def test_what_says_what_is_missing(anas_browser, anas_page, said, sentence):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    assertContains(anas_browser.post(WHAT, said), sentence, status_code=422)


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({}, "Choose how long they can see it"),
        ({"until": "forever"}, "Choose how long they can see it"),
        ({"until": "day"}, "Choose the last day"),
        ({"until": "day", "day": "soon"}, "Write the day like 31/12/"),
        ({"until": "day", "day": "2020-01-01"}, "Choose a day from today onwards"),
        ({"until": "day", "day": "2999-01-01"}, "Choose a day within a year"),
        ({"until": "day", "day": "31/02/2027"}, "There is no such day. Write the day like 31/12/"),
    ],
)
def test_how_long_says_what_is_wrong_and_is_never_for_ever(anas_browser, anas_page, said, sentence):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    assertContains(anas_browser.post(HOW_LONG, said), sentence, status_code=422)


def test_the_first_day_to_choose_is_today_and_the_last_a_year_on(anas_browser, anas_page):
    begin_share(anas_page)
    with travel(timezone.now(), tick=False):
        today = timezone.localdate()
        for days, status in ((-1, 422), (0, 302), (366, 302), (367, 422)):
            day = f"{today + timedelta(days=days)}"
            said = {"until": "day", "day": day, "reader_name": "Priya"}
            for page in (HOW_LONG, reverse("moments:carer")):
                assert anas_browser.post(page, said).status_code == status, (page, days)


@pytest.mark.parametrize("written", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"])
def test_a_day_may_be_written_in_several_ways(anas_browser, anas_page, written):
    day = timezone.localdate() + timedelta(days=40)
    begin_share(anas_page)
    anas_browser.post(HOW_LONG, {"until": "day", "day": day.strftime(written)})
    assert anas_page.shares.get().ends_at == end_of(day)


def test_what_starts_private_is_marked_and_can_be_ticked(anas_browser, anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    say(anas_page, "not_contact", "Not my dad.")
    begin_share(anas_page)
    page = anas_browser.get(WHAT)
    assertContains(page, "Only you see this now", count=1)
    assertContains(page, "Often kept private", count=1)


def test_ticking_everything_leaves_out_what_is_kept_to_oneself(anas_browser, anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    say(anas_page, "sleep", "Hall light on.")
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    page = anas_browser.post(WHAT, {"all": "yes"}).content.decode()
    ticked = re.findall(r'value="(\w+)"[^>]*\bchecked\b', page)
    assert set(ticked) == {"important", "sleep"}
    assert anas_page.shares.get().topics == []  # ticked is not chosen


@pytest.mark.parametrize("kind", load().readers, ids=lambda kind: kind.key)
def test_one_press_ticks_what_a_kind_of_reader_needs(anas_browser, anas_page, kind):
    for topic in load().by_key:
        say(anas_page, topic, "Words.", only_me=topic == "sleep")
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    page = anas_browser.post(WHAT, {"for": kind.key, "topics": "story"})
    ticked = re.findall(r'value="(\w+)"[^>]*\bchecked\b', page.content.decode())
    assert {*ticked} == {*kind.topics} - {"sleep"}
    assert anas_page.shares.get().topics == []  # ticked is not chosen


def test_for_an_unknown_kind_of_reader_nothing_is_ticked(anas_browser, anas_page):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    page = anas_browser.post(WHAT, {"for": "nobody"}).content.decode()
    assert re.findall(r'value="(\w+)"[^>]*\bchecked\b', page) == []


def test_a_photo_is_chosen_like_a_topic(anas_browser, anas_page):
    add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    assert go_through(anas_browser, topics=["important"]).with_photo is False
    assert go_through(anas_browser, topics=["photo"]).with_photo is True


def test_a_check_with_nothing_to_check_leads_to_what_is_not_said(anas_browser, anas_page):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    anas_browser.post(WHAT, {"topics": ["important"], "may": "print"})
    assertRedirects(anas_browser.get(CHECK), HOW_LONG)
    anas_browser.post(HOW_LONG, {"until": "months"})
    assert anas_browser.get(CHECK).status_code == 200
    anas_browser.post(WHO, {"reader_name": "Mo", "way": "link"})  # the way back: nothing is ticked
    assertRedirects(anas_browser.get(CHECK), WHAT)


def test_the_check_page_shows_everything_and_offers_a_look(anas_browser, anas_page):
    begin_share(anas_page)
    page = anas_browser.get(CHECK)
    for said in [
        "This is for Priya",
        "What matters most to me",
        "You can say no.",
        "ends by itself",
    ]:
        assertContains(page, said)
    assertContains(page, reverse("door:preview"))


def test_a_yes_to_what_has_changed_meanwhile_shows_it_again(anas_browser, anas_page):
    begin_share(anas_page)
    shown = shown_in(anas_browser)
    say(anas_page, "sleep", "Hall light on.")
    anas_browser.post(WHAT, {"topics": ["important", "sleep"], "may": "print"})  # another window
    answer = anas_browser.post(CHECK, {"mode": "me", "shown": shown})
    assertContains(answer, "This was changed after you opened it", status_code=409)
    assert not Share.objects.given().exists()
    fresh = re.search(r'name="shown" value="([0-9a-f]{64})"', answer.content.decode())
    assert fresh and fresh[1] != shown
    again = anas_browser.post(CHECK, FOR_ME | {"shown": shown})
    assertContains(again, "She smiled</textarea>", status_code=409)
    assertNotContains(again, " checked", status_code=409)
    anas_browser.post(CHECK, {"mode": "me", "shown": fresh[1]})
    assert Share.objects.given().exists()


def test_pressing_yes_twice_shares_once(anas_browser, anas_page):
    begin_share(anas_page)
    said = {"mode": "me", "shown": shown_in(anas_browser)}
    for _ in range(2):
        assertRedirects(anas_browser.post(CHECK, said), READY)
    assert Share.objects.given().count() == 1


HELPED = {"mode": "helped", "helper_name": "Dee", "help": ["read"], "shown_by": "said"}
FOR_ME = {
    "mode": "for_me",
    "authority": "attorney",
    "decided_by": "Dee, my sister",
    "asked": "Ana and Dee",
    "person_showed": "She smiled",
    "can_object": "She turns away",
    "review_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
}


@pytest.mark.parametrize(
    "mode, missing",
    [
        *((HELPED, name) for name in HELPED if name != "mode"),
        *((FOR_ME, name) for name in FOR_ME if name != "mode"),
        ({"mode": ""}, "mode"),
    ],
)
def test_each_way_of_deciding_needs_its_own_words(anas_browser, anas_page, mode, missing):
    begin_share(anas_page)
    said = {name: value for name, value in mode.items() if name != missing}
    answer = anas_browser.post(CHECK, said | {"shown": shown_in(anas_browser)})
    assert answer.status_code == 422
    assert answer.content.decode().count('class="error"') == 1
    assert not Share.objects.given().exists()


@pytest.mark.parametrize("said", [HELPED, FOR_ME], ids=["helped", "for me"])
def test_with_its_words_it_is_kept(anas_browser, anas_page, said):
    share = go_through(anas_browser, **said)
    decided = Decided.from_json(share.events.get().decided)
    assert decided and decided.mode == Mode(said["mode"])


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_decision_for_somebody_is_looked_at_again_within_a_year(anas_browser, anas_page, days):
    begin_share(anas_page)
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    said = FOR_ME | {"review_on": day, "shown": shown_in(anas_browser)}
    answer = anas_browser.post(CHECK, said)
    assertContains(answer, "Choose a day after today, and within a year", status_code=422)


def test_words_for_another_way_are_let_go(anas_browser, anas_page):
    share = go_through(anas_browser, **(FOR_ME | {"mode": "me"}))
    assert "Dee" not in share.events.get().decided


def test_it_can_be_left_and_leaves_nothing(anas_browser, anas_page):
    begin_share(anas_page)
    anas_browser.post(reverse("sharing:let_go"))
    assert not Share.objects.exists()
    assert not anas_page.consent_events.exists()


def test_what_is_only_begun_has_no_page_as_if_it_were_shared(anas_browser, anas_page):
    share = begin_share(anas_page)
    for name in ("sharing:share", "sharing:show", "sharing:send", "door:as_reader"):
        assert anas_browser.get(reverse(name, kwargs={"ref": share.ref})).status_code == 404


def test_it_can_be_carried_on_later(anas_browser, anas_page):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "passcode"})
    assertContains(anas_browser.get(reverse("sharing:home")), "You have not said yes yet: Priya")
    assertContains(anas_browser.get(WHO), 'value="Priya"')
    assertContains(anas_browser.get(WHAT), "Nothing is ticked for you.")
    anas_browser.post(WHAT, {"topics": ["important"], "may": "read"})
    assertContains(anas_browser.get(WHAT), "What you ticked before is ticked.")
    assertNotContains(anas_browser.get(WHAT), "Nothing is ticked for you.")


@pytest.mark.parametrize("address", [WHAT, HOW_LONG, CHECK])
def test_without_saying_who_it_is_for_the_first_page_comes_first(anas_browser, anas_page, address):
    assertRedirects(anas_browser.get(address), WHO)


def test_an_empty_page_cannot_be_shared_and_says_why(client, ana):
    make_page(ana)
    client.force_login(ana)
    assertContains(client.get(WHO), "There is nothing on your page yet", status_code=403)


def test_a_visitor_is_asked_to_sign_in_first(visitor, visitors_page):
    page = visitor.get(reverse("sharing:home"))
    assertContains(page, "Sign in first")
    assertContains(visitor.get(WHO), "Sign in first", status_code=403)


def test_sharing_twice_at_once_goes_through_one_draft(anas_browser, anas_page):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    anas_browser.post(WHO, {"reader_name": "Sam", "way": "link"})
    assert anas_page.shares.get().reader_name == "Sam"


def test_nobody_else_sees_or_changes_it(anas_page, dees_browser):
    make_page(dees_browser.session and anas_page.owner)  # dee has no page
    begun = begin_share(anas_page)
    for address in (WHO, WHAT, HOW_LONG, CHECK, READY):
        assertNotContains(dees_browser.get(address, follow=True), "Priya")
    share = make_share(make_page(anas_page.owner, important="Tea."))
    for name in ("share", "stop", "show", "change_what"):
        address = reverse(f"sharing:{name}", kwargs={"ref": share.ref})
        assert dees_browser.get(address).status_code in {302, 404}
    assert begun.given_at is None


@pytest.mark.parametrize("until", ["visit", "week", "day"])
def test_whoever_comes_back_when_the_day_is_over_chooses_it_anew_and_says_yes(
    anas_browser, anas_page, until
):
    anas_browser.post(WHO, {"reader_name": "Priya", "way": "link"})
    anas_browser.post(WHAT, {"topics": ["important"], "may": "print"})
    anas_browser.post(HOW_LONG, {"until": until, "day": timezone.localdate().isoformat()})
    shown = shown_in(anas_browser)
    Share.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assertRedirects(anas_browser.get(CHECK), HOW_LONG)
    assertRedirects(anas_browser.post(CHECK, {"mode": "me", "shown": shown}), HOW_LONG)
    page = anas_browser.get(HOW_LONG)
    assertContains(page, "The day that you chose is over")
    assertNotContains(page, "checked")
    assert not Share.objects.given().exists()
    assertRedirects(anas_browser.post(HOW_LONG, {"until": "visit"}), CHECK)
    assertRedirects(
        anas_browser.post(CHECK, {"mode": "me", "shown": shown_in(anas_browser)}), READY
    )
    assert Share.objects.given().get().is_open()


def test_a_day_that_is_over_in_the_moment_of_the_yes_shares_nothing(
    anas_browser, anas_page, monkeypatch
):
    begin_share(anas_page)
    shown = shown_in(anas_browser)
    give = new_actions.give

    def a_moment_later(**given):
        Share.objects.update(ends_at=timezone.now())
        return give(**given)

    monkeypatch.setattr(new_actions, "give", a_moment_later)
    assertRedirects(anas_browser.post(CHECK, {"mode": "me", "shown": shown}), HOW_LONG)
    assert not Share.objects.given().exists()
