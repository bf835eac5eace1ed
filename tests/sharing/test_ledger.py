"""The ledger: every change is an entry that nobody edits, with the words that were shown."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from profiles.core.append_only import NeverChanges
from profiles.sharing import actions, new_actions
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.forms import ChangeWhatForm
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.sentences import readers_by_topic
from profiles.sharing.terms import NotAsShown
from profiles.sharing.wording import titles, wording_for
from tests.factories import I_DECIDED, begin_share, make_share, say

pytestmark = pytest.mark.django_db


def kinds(share: Share) -> list[str]:
    return list(share.events.in_order().values_list("kind", flat=True))


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


def test_a_yes_is_an_entry_with_what_was_shown_and_in_which_version(anas_page):
    begun = begin_share(anas_page)
    wording = wording_for(begun)
    share = new_actions.give(
        share=begun, by=anas_page.owner, decided=I_DECIDED, shown=wording.fingerprint
    )
    entry = share.events.get()
    assert entry.kind == ConsentEvent.Kind.GIVEN
    assert entry.wording == wording.text
    assert (entry.wording_version, entry.wording_language) == ("5", "en")
    assert Decided.from_json(entry.decided) == I_DECIDED
    assert json.loads(entry.terms)["topics"] == ["call_me", "important"]


def test_every_change_is_an_entry(ana, share):
    later = timezone.now() + timedelta(days=200)
    actions.change_what(
        share=share, by=ana, topics=[], with_photo=False, may_print=False, decided=I_DECIDED
    )
    actions.change_how_long(share=share, by=ana, ends_at=later, decided=I_DECIDED)
    actions.change_passcode(share=share, by=ana)
    actions.pause(share=share, by=ana)
    actions.resume(share=share, by=ana)
    actions.stop(share=share, by=ana)
    assert kinds(share) == [
        "given", "changed", "changed", "changed", "paused", "resumed", "withdrawn",
    ]  # fmt: skip


def test_an_earlier_entry_still_says_what_it_said(ana, share):
    actions.change_what(
        share=share, by=ana, topics=[], with_photo=False, may_print=False, decided=I_DECIDED
    )
    first, second = share.events.in_order()
    assert json.loads(first.terms)["topics"] == ["call_me", "important"]
    assert json.loads(second.terms)["topics"] == ["call_me"]


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_pressing_twice_is_one_entry(ana, share, verb):
    assert getattr(actions, verb)(share=share, by=ana)
    assert not getattr(actions, verb)(share=share, by=ana)
    assert len(kinds(share)) == 2


def test_what_a_restore_took_back_is_given_again_only_by_an_entry_of_its_own(ana, share):
    shows = {"topics": share.topics, "with_photo": share.with_photo, "may_print": share.may_print}
    taken_back = Share.objects.filter(pk=share.pk)
    taken_back.update(topics=["call_me"])
    with pytest.raises(NotAsShown):
        actions.change_what(share=share, by=ana, **shows, decided=I_DECIDED, shown="another text")
    assert taken_back.get().topics == ["call_me"]
    actions.change_what(share=share, by=ana, **shows, decided=I_DECIDED)
    assert kinds(share) == ["given", "changed"]


def test_the_same_decided_in_another_way_is_an_entry_and_again_in_that_way_is_none(ana, share):
    shows = {"topics": share.topics, "with_photo": share.with_photo, "may_print": share.may_print}
    with_help = Decided(mode=Mode.HELPED, helper="Sam", help=("read",), shown="said")
    actions.change_what(share=share, by=ana, **shows, decided=I_DECIDED)
    assert kinds(share) == ["given"]
    for _ in range(2):
        actions.change_what(share=share, by=ana, **shows, decided=with_help)
    assert kinds(share) == ["given", "changed"]
    assert receipt_for(share).entries[-1].decided == with_help


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: ConsentEvent.objects.update(kind="given"),
        lambda entry: ConsentEvent.objects.all().delete(),
    ],
    ids=["save twice", "delete one", "update", "delete all"],
)
def test_an_entry_is_never_changed_or_removed(share, attempt):
    with pytest.raises(NeverChanges):
        attempt(share.events.get())
    assert kinds(share) == ["given"]


@pytest.mark.parametrize(
    "sql", ["UPDATE profiles_consentevent SET kind = 'given'", "DELETE FROM profiles_consentevent"]
)
@pytest.mark.usefixtures("share")
def test_the_database_refuses_too(sql):
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_nobody_elses_words_change_anything(dee, share):
    for change in (actions.pause, actions.stop, actions.speak):
        with pytest.raises(PermissionDenied):
            change(share=share, by=dee)
    assert kinds(share) == ["given"]


def test_a_yes_of_somebody_else_is_none_nor_one_to_an_empty_page(ana, dee, anas_page):
    begun = begin_share(anas_page)
    said = {"share": begun, "decided": I_DECIDED, "shown": wording_for(begun).fingerprint}
    with pytest.raises(PermissionDenied):
        new_actions.give(by=dee, **said)
    for topic in ("call_me", "important"):
        say(anas_page, topic, "")
    with pytest.raises(PermissionDenied, match="nothing on your page yet"):
        new_actions.give(by=ana, **said)
    assert not ConsentEvent.objects.exists()


def test_a_yes_to_what_was_not_shown_is_none(anas_page):
    begun = begin_share(anas_page)
    shown = wording_for(begun).fingerprint
    new_actions.say_what(
        share=begun, by=anas_page.owner, topics=["call_me"], with_photo=False, may_print=True
    )
    with pytest.raises(NotAsShown):
        new_actions.give(share=begun, by=anas_page.owner, decided=I_DECIDED, shown=shown)
    assert not ConsentEvent.objects.exists()


def test_nor_is_one_to_another_change_than_was_shown(ana, share):
    about = {"with_photo": False, "may_print": True}
    later, latest = share.ends_at + timedelta(days=1), share.ends_at + timedelta(days=2)
    said = {
        actions.change_what: actions.if_changed(share, topics=[], **about),
        actions.change_how_long: actions.if_ends(share, ends_at=later),
        actions.change_passcode: actions.if_passcode(share, wanted=False),
    }
    done = {
        actions.change_what: {"topics": ["important", "sleep"], **about},
        actions.change_how_long: {"ends_at": latest},
        actions.change_passcode: {"wanted": True},
    }
    for change, wording in said.items():
        with pytest.raises(NotAsShown):
            change(
                share=share, by=ana, decided=I_DECIDED, shown=wording.fingerprint, **done[change]
            )
    assert kinds(share) == ["given"]
    now = Share.objects.get()
    assert (now.topics, now.ends_at, now.passcode) == (share.topics, share.ends_at, "")


def test_a_yes_comes_too_late_when_the_last_day_is_over(anas_page):
    begun = begin_share(anas_page, ends_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAsShown):
        new_actions.give(
            share=begun, by=anas_page.owner, decided=I_DECIDED, shown=wording_for(begun).fingerprint
        )


@pytest.mark.parametrize("missing", ["reader_name", "topics", "may_print", "ends_at"])
def test_a_yes_needs_all_of_it(anas_page, missing):
    begun = begin_share(anas_page)
    setattr(begun, missing, [] if missing == "topics" else "" if missing == "reader_name" else None)
    begun.save()
    with pytest.raises(new_actions.NotReady):
        new_actions.give(
            share=begun, by=anas_page.owner, decided=I_DECIDED, shown=wording_for(begun).fingerprint
        )


def test_the_names_in_it_are_sealed(share):
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms, wording FROM profiles_consentevent")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    assert b"Priya" not in stored


def test_what_is_kept_to_oneself_later_is_withdrawn_from_everybody(anas_page, share):
    visible = share.agreed.shown(anas_page.answers.current())
    assert {answer.topic for answer in visible} == {"call_me", "important"}
    say(anas_page, "important", "Tea first.", only_me=True)
    visible = share.agreed.shown(anas_page.answers.current())
    assert {answer.topic for answer in visible} == {"call_me"}


def test_what_is_kept_to_oneself_can_be_shown_to_one_reader(anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    doctor = make_share(anas_page, topics=["health"])
    other = make_share(anas_page, topics=["important"])
    current = anas_page.answers.current()
    assert "health" in {answer.topic for answer in doctor.agreed.shown(current)}
    assert "health" not in {answer.topic for answer in other.agreed.shown(current)}
    assert "My health" in doctor.events.get().wording


def topics_seen(share):
    current = share.profile.answers.current()
    return {answer.topic for answer in share.agreed.shown(current)}


def test_what_was_ticked_and_opened_since_is_hidden_when_it_is_kept_again(anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    doctor = make_share(anas_page, topics=["health"])
    say(anas_page, "health", "I have epilepsy, and tablets.")
    assert "health" in topics_seen(doctor)
    say(anas_page, "health", "I have epilepsy, and tablets.", only_me=True)
    assert "health" not in topics_seen(doctor)
    assert "health" not in readers_by_topic(anas_page)
    assert "My health" not in titles(doctor.shown_though_kept)


def test_other_words_under_what_is_kept_stay_ticked(anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    doctor = make_share(anas_page, topics=["health"])
    say(anas_page, "health", "I have epilepsy, and tablets.", only_me=True)
    assert "health" in topics_seen(doctor)
    assert readers_by_topic(anas_page)["health"] == [doctor.reader_name]


def test_ticked_anew_it_is_shown_again(anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    doctor = make_share(anas_page, topics=["health"])
    say(anas_page, "health", "I have epilepsy.")
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    form = ChangeWhatForm.about(doctor)
    assert form.initial["topics"] == ["call_me"]
    actions.change_what(
        share=doctor, by=anas_page.owner, topics=["health"], with_photo=False, may_print=True,
        decided=I_DECIDED, shown="",
    )  # fmt: skip
    assert "health" in topics_seen(Share.objects.get(pk=doctor.pk))


def test_ticks_from_before_rows_were_noted_hold_while_nothing_was_opened(anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    doctor = make_share(anas_page, topics=["health"])
    doctor.kept_topics = ["health"]
    assert "health" in topics_seen(doctor)
    say(anas_page, "health", "I have epilepsy.")
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    assert "health" not in topics_seen(doctor)


def test_a_decision_for_somebody_is_kept_as_one(anas_page):
    begun = begin_share(anas_page)
    decided = Decided(mode=Mode.FOR_ME, authority="deputy", decided_by="Sam", asked="Ana",
                      person_showed="She nodded", can_object="She shakes her head")  # fmt: skip
    share = new_actions.give(
        share=begun, by=anas_page.owner, decided=decided, shown=wording_for(begun).fingerprint
    )
    assert Decided.from_json(share.events.get().decided) == decided
