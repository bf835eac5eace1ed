"""Nobody is shown more than the person has just said yes to: not by a form, and not by a race."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from profiles.access.models import Channel
from profiles.accounts.models import User
from profiles.door import door, paper_codes
from profiles.door.door import Opened
from profiles.photos.actions import add_photo
from profiles.sharing import actions, ask_actions, new_actions
from profiles.sharing.clinic import TWO_DAYS, FoundBy, Taking
from profiles.sharing.models import Share
from tests.factories import I_DECIDED, begin_clinic_share, begin_share, make_share, say
from tests.photos.photos import as_file, corners
from tests.sharing.test_share import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    say(anas_page, "sleep", "CNRY-night")
    return make_share(anas_page, topics=["important", "sleep"], may_print=False)


def ticked(browser, share) -> list[str]:
    page = browser.get(reverse("sharing:change_what", kwargs={"ref": share.ref})).content.decode()
    return re.findall(r'value="(\w+)"[^>]*\bchecked\b', page)


def test_what_was_taken_back_to_only_me_is_not_ticked_again_when_something_else_changes(
    anas_browser, anas_page, share, cal
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    assert ticked(anas_browser, share) == ["important", "read"]
    change(anas_browser, "change_what", share, topics=["important"], may="print")
    assert "CNRY-night" not in cal.read(share)


def test_what_was_ticked_though_kept_stays_ticked(anas_browser, anas_page):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    share = make_share(anas_page, topics=["important", "sleep"])
    assert ticked(anas_browser, share) == ["important", "sleep", "print"]


@pytest.mark.parametrize(
    "late",
    [
        lambda share, by: new_actions.say_who(share=share, by=by, reader_name="Sam"),
        lambda share, by: new_actions.say_who(
            share=share, by=by, reader_name="Ward 4", for_clinic=True
        ),
        lambda share, by: new_actions.say_clinic(
            share=share,
            by=by,
            taking=Taking.NOW,
            found_by=FoundBy(
                given_names="Ana", family_name="Ruiz", birth_date="1956-03-04", gender="other"
            ),
        ),
        lambda share, by: new_actions.say_what(
            share=share, by=by, topics=["health"], with_photo=True, may_print=True
        ),
        lambda share, by: new_actions.say_how_long(share=share, by=by, ends_at=share.ends_at),
    ],
)
def test_a_window_that_was_left_open_changes_nothing_after_the_yes(ana: User, anas_page, late):
    begun = begin_share(anas_page)
    stale = Share.objects.get(pk=begun.pk)
    stale.profile = anas_page
    given = make_share(anas_page)
    assert given.pk == begun.pk
    with pytest.raises(Share.DoesNotExist):
        late(stale, ana)
    assert Share.objects.get(pk=given.pk).topics == given.topics


def test_a_no_or_tidying_that_comes_after_the_yes_takes_nothing_away(ana: User, anas_page):
    stale = begin_share(anas_page)
    make_share(anas_page)
    new_actions.let_go(share=stale, by=ana)
    assert not new_actions.forget_left(share=stale, before=timezone.now())
    assert Share.objects.given().filter(pk=stale.pk).exists()


def test_such_a_window_leads_to_the_share_that_was_made(anas_browser, anas_page, monkeypatch):
    begin_share(anas_page)
    given: list[Share] = []
    say_what = new_actions.say_what

    def too_late(**said):
        monkeypatch.setattr(new_actions, "say_what", say_what)
        given.append(make_share(anas_page))
        say_what(**said)

    monkeypatch.setattr(new_actions, "say_what", too_late)
    answer = anas_browser.post(reverse("sharing:what"), {"topics": ["important"], "may": "print"})
    assert answer["Location"] == reverse("sharing:ready")


def test_what_was_ticked_for_one_is_not_ticked_for_another(ana: User, anas_page):
    say(anas_page, "health", "Asthma.", only_me=True)
    begun = begin_share(anas_page, reader_name="Mum", topics=["health"], may_print=True)
    new_actions.say_who(share=begun, by=ana, reader_name="Walt")
    now = Share.objects.get(pk=begun.pk)
    assert (now.topics, now.kept_topics, now.may_print, now.ends_at) == ([], [], None, None)


def test_nor_for_another_worker_of_the_same_name(ana: User, anas_page):
    begun = begin_share(anas_page, reader_name="Priya", email="priya@example.org")
    new_actions.say_who(share=begun, by=ana, reader_name="Priya", worker_email="priya@example.net")
    now = Share.objects.get(pk=begun.pk)
    assert (now.topics, now.kept_topics, now.may_print, now.ends_at) == ([], [], None, None)


def test_how_long_one_computer_has_is_not_said_of_another(ana: User, anas_page):
    begun = begin_clinic_share(anas_page, reader_name="Ward 4", lasts=TWO_DAYS)
    new_actions.say_who(share=begun, by=ana, reader_name="Ward 5", for_clinic=True)
    now = Share.objects.get(pk=begun.pk)
    assert (now.topics, now.ends_at, now.clinic_link.lasts) == ([], None, None)


def test_a_yes_to_somebody_who_asked_takes_over_no_ticks(ana: User, anas_page, priya):
    begin_share(anas_page, reader_name="Mum", topics=["important"])
    code = ask_actions.make_ask_code(profile=anas_page, by=ana)
    reader = ask_actions.Reader(name="Priya", role="nurse")
    ask_actions.ask(code=code.code, worker=priya, reader=reader, why="")
    (asked,) = anas_page.asks.all()
    asked.profile = anas_page
    begun = ask_actions.say_yes(ask=asked, by=ana)
    assert Share.objects.get(pk=begun.pk).topics == []


@pytest.mark.parametrize(
    "narrowed",
    [
        {"topics": ["sleep"], "may_print": True},
        {"topics": ["important", "sleep"], "may_print": False},
    ],
)
def test_paper_is_not_handed_over_when_less_is_shown_by_then(ana: User, anas_page, narrowed):
    share = make_share(anas_page, topics=["important"])
    opened = paper_asked_for(share)
    actions.change_what(share=share, by=ana, with_photo=False, decided=I_DECIDED, **narrowed)
    assert not handed_over(opened)


def test_nor_when_the_photo_was_taken_back_by_then(ana: User, anas_page):
    add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    said = {"topics": ["important"], "may_print": True}
    share = make_share(anas_page, with_photo=True, **said)
    opened = paper_asked_for(share)
    assert opened.sheet.photo
    actions.change_what(share=share, by=ana, with_photo=False, decided=I_DECIDED, **said)
    assert not handed_over(opened)


def test_nor_when_a_topic_was_taken_back_to_only_me_by_then(anas_page):
    share = make_share(anas_page, topics=["important"])
    opened = paper_asked_for(share)
    say(anas_page, "important", "Tea.", only_me=True)
    assert not handed_over(opened)


def test_and_it_is_when_all_of_it_is_still_shown(anas_page):
    share = make_share(anas_page, topics=["important"])
    assert handed_over(paper_asked_for(share))


def paper_asked_for(share: Share) -> Opened:
    opened = door.open_through(share, reader=ask_actions.Reader(name="Cal"), channel=Channel.PAPER)
    assert opened
    return opened


def handed_over(opened: Opened) -> bool:
    reader = ask_actions.Reader(name="Cal")
    return paper_codes.hand_over(opened, reader=reader, code="7KQ3M9XT")


def test_a_change_shows_the_whole_sentences_before_the_yes_and_keeps_those(anas_browser, share):
    here = reverse("sharing:change_what", kwargs={"ref": share.ref})
    said = {"topics": ["important"], "may": "print", "mode": "me"}
    first = anas_browser.post(here, said).content.decode()
    assert "print it and keep a copy" in first
    assert share.events.count() == 1
    change(anas_browser, "change_what", share, topics=["important"], may="print")
    event = share.events.in_order().last()
    event.profile = share.profile
    assert "print it and keep a copy" in event.wording


def test_a_yes_to_other_sentences_changes_nothing(anas_browser, share):
    here = reverse("sharing:change_what", kwargs={"ref": share.ref})
    anas_browser.post(
        here, {"topics": ["important"], "may": "print", "mode": "me", "shown": "a" * 64}
    )
    assert share.events.count() == 1


def test_a_share_that_is_locked_looks_like_one_that_never_was(anas_page, cal):
    share = make_share(anas_page, with_passcode=True)
    Share.objects.filter(pk=share.pk).update(wrong_tries=10)
    assert cal.ask(share).status_code == cal.ask("A" * 22).status_code == 410


@pytest.mark.parametrize("charset", ["utf-7", "idna", "rot13"])
def test_letters_that_are_not_ours_are_refused_in_a_sentence(anas_page, cal, charset):
    share = make_share(anas_page)
    answer = cal.browser.generic(
        "POST",
        reverse("reading:doorstep", kwargs={"key": share.key}),
        b"name=+2AA-",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )
    assert answer.status_code == 400


def test_a_name_that_cannot_be_seen_is_no_name(anas_page, cal):
    share = make_share(anas_page)
    assert cal.come_in(share, name="\u200b\u2800").status_code == 422


def test_nobody_fills_somebodys_log_without_end(anas_page, cal, monkeypatch):
    share = make_share(anas_page)
    cal.come_in(share)
    monkeypatch.setattr("profiles.reading.actions.MOST_LINES", 2)
    assert [cal.ask(share).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_comes_in_without_end(anas_page, cal, monkeypatch):
    share = make_share(anas_page)
    monkeypatch.setattr("profiles.reading.views.MOST_COME_IN", 1)
    assert [cal.come_in(share).status_code for _ in range(2)] == [302, 429]


def test_the_link_does_not_stand_in_another_address(anas_page, cal):
    share = make_share(anas_page)
    page = cal.browser.post(
        reverse("reading:doorstep", kwargs={"key": share.key}),
        HTTP_SEC_FETCH_SITE="cross-site",
        HTTP_ORIGIN="null",
    )
    assert f"back=/s/{share.key}" not in page.content.decode()
