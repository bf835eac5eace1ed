"""What is bounded stays bounded however many come at once, and nobody loses what they wrote."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from profiles.access.actions import Reader
from profiles.accounts.models import DataKey, User
from profiles.answers.models import YesBy
from profiles.pages import actions as page_actions
from profiles.pages import decorators as pages
from profiles.pages import rules as page_rules
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from profiles.reading import actions as reading
from profiles.reading import decorators
from profiles.sharing import actions as sharing
from profiles.sharing import ask_actions, new_actions
from profiles.sharing import rules as sharing_rules
from profiles.sharing.models import AskCode, Share
from profiles.supporters import actions, handing, rules, suggestion_actions
from profiles.supporters.models import Handing, Suggestion, Supporter
from profiles.topics.load import load
from profiles.workers import actions as workers
from profiles.workers import rules as worker_rules
from profiles.workers.models import HelloCard, Promise
from tests.at_once import at_once
from tests.factories import (
    ask_for_help,
    begin_share,
    make_card,
    make_page,
    make_promise,
    make_share,
    make_supporter,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY, MOST = 5, 2
READER = Reader(name="Cal", role="nurse")


@pytest.fixture
def anas(ana: User) -> Profile:
    cache.clear()
    return make_page(ana, call_me="Ana", important="Tea first.")


@pytest.fixture
def share(anas: Profile) -> Share:
    return make_share(anas)


@pytest.fixture
def helper(anas: Profile, sister: User) -> Supporter:
    return make_supporter(anas, sister)


def outcome(call: Callable[[], Any]) -> Callable[[], Any]:
    """What comes of it, or the kind of refusal."""

    def tried() -> Any:
        try:
            return call()
        except Exception as refused:  # noqa: BLE001  # which one is what the test asks
            return type(refused)

    return tried


def all_at_once(call: Callable[[], Any]) -> list[Any]:
    return at_once([outcome(call)] * MANY)


# ---- bounds hold when many come at once


def test_suggestions(helper, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WAITING", MOST)
    topic, number = load().topic("sleep"), count()
    came = all_at_once(
        lambda: suggestion_actions.suggest(
            supporter=Supporter.objects.select_related("profile").get(pk=helper.pk),
            topic=topic, text=f"Hall light {next(number)}.", why="",
        )
    )  # fmt: skip
    assert Suggestion.objects.count() == MOST
    assert came.count(PermissionDenied) == MANY - MOST


def test_words_written_together_that_wait_for_the_person_are_suggestions_too(helper, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WAITING", MOST)
    topic, number = load().topic("health"), count()  # starts private
    came = all_at_once(
        lambda: suggestion_actions.write_together(
            supporter=Supporter.objects.select_related("profile").get(pk=helper.pk),
            topic=topic, words=f"Asthma {next(number)}.", mine=False, yes_by=YesBy.SAID,
            started_from=actions.mark(helper, None),
        )
    )  # fmt: skip
    assert Suggestion.objects.count() == MOST
    assert came.count(PermissionDenied) == MANY - MOST


def test_helpers(anas, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SUPPORTERS", MOST)
    at_once(
        outcome(lambda n=n: ask_for_help(anas, email=f"helper{n}@example.org")) for n in range(MANY)
    )
    assert Supporter.objects.count() == MOST


def test_shares(anas, ana, monkeypatch):
    monkeypatch.setattr(sharing_rules, "MOST_OPEN", MOST)

    def share_once() -> Share:
        return make_share(Profile.objects.get(pk=anas.pk))

    all_at_once(share_once)
    for _ in range(MANY):
        outcome(share_once)()
    assert anas.shares.current().count() == MOST


def test_promises(share, monkeypatch):
    monkeypatch.setattr(worker_rules, "MOST_OPEN", MOST)
    at_once(
        outcome(lambda n=n: make_promise(share, words=f"I will ring {n}.")) for n in range(MANY)
    )
    assert Promise.objects.count() == MOST


def test_introductions(share):
    came = all_at_once(lambda: reading.introduce(share=share, reader=READER, most=MOST))
    assert share.introductions.count() == MOST
    assert came.count(reading.TooManyCameIn) == MANY - MOST


def test_what_readers_write_into_the_log(share, monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINES", MOST)
    came = all_at_once(lambda: reading.say_out_of_date(share=share, reader=READER, words="Old."))
    assert share.looks.count() == MOST
    assert came.count(decorators.LogIsFull) == MANY - MOST


def test_looks_at_the_page(share, cal, monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINES", MOST)
    cal.come_in(share)

    def look() -> int:
        browser = Client()
        browser.cookies.load({"reading": cal.came_in[share.key]})
        return browser.get(f"/s/{share.key}/page/").status_code

    assert sorted(all_at_once(look)) == [200] * MOST + [429] * (MANY - MOST)
    assert share.looks.count() == MOST


def test_pages_of_an_account(ana, monkeypatch):
    monkeypatch.setattr(page_rules, "MOST_PAGES", MOST)
    all_at_once(lambda: page_actions.start_page(for_someone=True, language="en", user=ana))
    assert Profile.objects.of(ana).count() == MOST
    assert DataKey.objects.count() == MOST


def test_pages_of_a_visitor(visitor, monkeypatch):
    monkeypatch.setattr(page_rules, "MOST_VISITORS", MOST)
    key = visitor.cookies["sessionid"].value

    def press() -> int:
        browser = Client()
        browser.cookies.load({"sessionid": key})
        return browser.post("/start/", {"who": "me", "language": "en"}).status_code

    assert sorted(all_at_once(press)) == [302] * (MOST - 1) + [422] * (MANY - MOST + 1)
    assert Profile.objects.count() == DataKey.objects.count() == MOST
    assert len(visitor.session[VISITORS_PAGES]) == MOST  # each can be found again


def test_a_hello_card_made_in_many_windows(priya):
    all_at_once(lambda: make_card(priya))
    assert HelloCard.objects.count() == DataKey.objects.count() == 1


def test_an_ask_me_code_made_in_many_windows(anas, ana):
    came = all_at_once(lambda: ask_actions.make_ask_code(profile=anas, by=ana))
    assert AskCode.objects.count() == 1
    assert {type(code) for code in came} == {AskCode}


def test_the_same_helper_asked_in_many_windows(anas):
    came = all_at_once(lambda: ask_for_help(anas, email="dee@example.org"))
    assert Supporter.objects.count() == 1
    assert came.count(PermissionDenied) == MANY - 1


# ---- what is refused is said, and the words stay in the box


def test_a_suggestion_too_many_is_said_beside_the_words(helper, sisters_browser, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WAITING", 0)
    here = _at(helper, "suggest")
    answer = sisters_browser.post(here, {"words": "CNRY hall light", "why": ""})
    assertContains(answer, "CNRY hall light", status_code=403)
    assertContains(answer, "waiting for an answer", status_code=403)


def test_so_it_is_when_they_may_only_see_by_now(helper, ana, sisters_browser):
    actions.change(supporter=helper, by=ana, may="see", kept_topics=[])
    for name, said in [
        ("suggest", {"words": "CNRY hall light", "why": ""}),
        ("write_together", {"words": "CNRY hall light", "whose": "mine", "yes_by": "said",
                            "started_from": 0}),
    ]:  # fmt: skip
        answer = sisters_browser.post(_at(helper, name), said)
        assertContains(answer, "CNRY hall light", status_code=403)
    assert not Suggestion.objects.exists()


def test_a_promise_too_many_is_said_beside_the_words(share, cal, monkeypatch):
    monkeypatch.setattr(worker_rules, "MOST_OPEN", 0)
    cal.come_in(share)
    today = str(timezone.localdate())
    said = {"promise": "", "promised": "CNRY I will ring", "by_day": today}
    answer = cal._at(share.key).post(f"/s/{share.key}/read/", said)
    assertContains(answer, "CNRY I will ring", status_code=422)
    assert not share.looks.exists()  # all of it, or none


def test_a_helper_too_many_is_said_beside_who_was_asked(anas_browser, anas_page, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SUPPORTERS", 0)
    said = {"name": "CNRY my sister", "email": "dee@example.org", "may": "see"}
    first = anas_browser.post("/me/helpers/invite/", said)
    said["shown"] = first.context["wording"].fingerprint
    answer = anas_browser.post("/me/helpers/invite/", said)
    assertContains(answer, "CNRY my sister", status_code=422)
    assertContains(answer, "That is the most we can do", status_code=422)


# ---- somebody, or something, is gone meanwhile


def test_a_helper_who_leaves_meanwhile_is_said_to_be_gone(helper, ana, client, monkeypatch):
    client.force_login(ana)
    change = actions.change

    def leaves_first(**said: Any) -> None:
        assert actions.leave(supporter=helper, by=helper.user)
        change(**said)

    monkeypatch.setattr(actions, "change", leaves_first)
    here = reverse("supporters:helper", kwargs={"ref": helper.ref})
    said = {"may": "see"}
    said["shown"] = client.post(here, said).context["wording"].fingerprint
    answer = client.post(here, said, follow=True)
    assertContains(answer, "They do not help you any more.")


@pytest.mark.parametrize(
    "path, said",
    [
        ("/me/matters/important/", {"text": "CNRY coffee", "picture": "", "only_me": "no",
                                    "started_from": 1}),
        ("/me/matters/important/draft/", {"text": "CNRY coffee", "picture": "", "only_me": "no",
                                          "started_from": 1}),
        ("/me/sharing/ask-code/", {}),
    ],
)  # fmt: skip
def test_a_page_that_is_deleted_meanwhile_is_no_error(anas, ana, client, monkeypatch, path, said):
    client.force_login(ana)
    find = pages.page_of

    def found_and_gone(request: Any) -> Profile | None:
        found = find(request)
        if found:
            page_actions.delete_page(profile=Profile.objects.get(pk=found.pk))
        return found

    monkeypatch.setattr(pages, "page_of", found_and_gone)
    answer = client.post(path, said)
    assert answer.status_code in {302, 404, 410}
    assert not said or b"CNRY coffee" in answer.content


def test_a_reader_whose_page_is_deleted_meanwhile_meets_the_closed_page(share, cal, monkeypatch):
    cal.come_in(share)
    find = decorators.introduction_to

    def found_and_gone(request: Any, key: str) -> Any:
        found = find(request, key)
        page_actions.delete_page(profile=Profile.objects.get(pk=share.profile_id))
        return found

    monkeypatch.setattr(decorators, "introduction_to", found_and_gone)
    answer = cal._at(share.key).post(f"/s/{share.key}/tell/", {"words": "Old."})
    assert answer.status_code == 410


def test_what_is_said_after_the_stop_is_not_kept(share, ana):
    sharing.stop(share=share, by=ana)
    with pytest.raises(Share.DoesNotExist):
        reading.say_out_of_date(share=share, reader=READER, words="Old.")
    assert not share.looks.exists()


@pytest.mark.parametrize("verb", ["remove_photo", "delete_card"])
def test_a_card_that_is_deleted_meanwhile_is_not_there(priya, verb):
    card = make_card(priya)
    workers.delete_card(card=HelloCard.objects.get(pk=card.pk))
    with pytest.raises(HelloCard.DoesNotExist):
        getattr(workers, verb)(card=card)


def test_a_yes_to_an_ask_while_another_window_says_yes_is_no_error(
    ana, anas_page, anas_browser, monkeypatch
):
    def said_already(**_: Any) -> None:
        raise Share.DoesNotExist

    worker = make_user("priya@example.org")
    code = ask_actions.make_ask_code(profile=anas_page, by=ana).code
    ask_actions.ask(code=code, worker=worker, reader=READER, why="")
    monkeypatch.setattr(new_actions, "say_who", said_already)
    ref = anas_page.asks.get().ref
    answer = anas_browser.post(
        f"/me/sharing/asked/{ref}/", {"say": "yes", "about_page": anas_page.key}
    )
    assert answer.status_code == 302


# ---- dead ends, and what no page of ours offers


def test_a_page_cannot_be_handed_to_its_keeper(dee, dees_browser):
    kept = page_actions.start_page(for_someone=True, language="en", user=dee)
    said = {"email": "  Dee@Example.org ", "keeper_name": "CNRY Dee"}
    answer = dees_browser.post(f"/helping/{kept.key}/hand-over/", said)
    assertContains(answer, "That is your own email address", status_code=422)
    assertContains(answer, "CNRY Dee", status_code=422)
    with pytest.raises(PermissionDenied):
        handing.offer(profile=kept, by=dee, email="dee@EXAMPLE.org", keeper_name="Dee")
    assert not Handing.objects.exists()


@pytest.mark.parametrize("wanted", ["yes", "no"])
def test_a_worker_who_signs_in_is_asked_for_no_passcode(anas_browser, anas_page, ana, wanted):
    share = make_share(anas_page, email="priya@example.org")
    answer = anas_browser.post(f"/me/sharing/{share.ref}/passcode/", {"wanted": wanted})
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        sharing.change_passcode(share=share, by=ana)
    share.refresh_from_db()
    assert (share.passcode, share.passcode_set) == ("", False)


def test_a_link_that_becomes_a_workers_share_loses_its_passcode(anas_page, ana):
    share = begin_share(anas_page, with_passcode=True)
    new_actions.say_who(share=share, by=ana, reader_name="Priya", worker_email="priya@example.org",
                    with_passcode=True)  # fmt: skip
    share.refresh_from_db()
    assert (share.passcode, share.passcode_set) == ("", False)


def _at(helper: Supporter, name: str) -> str:
    where = {"ref": helper.ref, "part": "matters", "topic": "important"}
    return reverse(f"supporters:{name}", kwargs=where)
