"""One row that `tidy` can do nothing about keeps nothing else from being done."""

from collections.abc import Callable
from datetime import timedelta
from operator import attrgetter

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.utils import timezone

from profiles.accounts.models import Session
from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Draft
from profiles.core.models import last_success
from profiles.management.commands import tidy as command
from profiles.pages.models import Profile
from profiles.review.models import Reminder
from profiles.sharing.models import ConsentEvent, Share
from profiles.topics.load import load
from profiles.workers.models import PromiseEvent
from tests.factories import begin_share, make_page, make_promise, make_share, make_user
from tests.tidying import tidy

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=200)


def break_seals(page: Profile) -> None:
    """Nothing of this page opens any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profiles_datakey SET wrapped = %s WHERE id = "
            "(SELECT data_key_id FROM profiles_profile WHERE id = %s)",
            [b"CNRY no seal of ours", page.pk],
        )


# ---- what there is to do on a page, of each kind


def a_share_that_is_over(page: Profile, days: int = 1) -> None:
    share = make_share(page)
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now() - timedelta(days=days))


def a_key_to_let_go(page: Profile) -> None:
    a_share_that_is_over(page, days=100)
    page.shares.update(ended_at=timezone.now())
    Share.objects.filter(profile=page).update(stopped_at=timezone.now() - timedelta(days=100))


def a_share_that_was_left(page: Profile) -> None:
    begin_share(page)
    page.shares.update(made_at=timezone.now() - LONG_AGO)


def words_half_typed(page: Profile) -> None:
    topic = load().topic("important")
    draft_actions.save_draft(
        profile=page, topic=topic, words=Words(text="CNRY half"), started_from=1, version=""
    )
    page.drafts.update(saved_at=timezone.now() - LONG_AGO)


def a_page_that_is_left(page: Profile) -> None:
    Profile.objects.filter(pk=page.pk).update(owner=None, opened_at=timezone.now() - LONG_AGO)


def a_promise_for_tomorrow(page: Profile) -> None:
    make_promise(make_share(page), worker=make_user(f"worker{page.pk}@example.org"), days=1)


def a_page_to_check(page: Profile) -> None:
    moment = timezone.now() - LONG_AGO
    Answer.objects.create(profile=page, topic="pain", number=1, text="My knee", said_at=moment)


def ended(page: Profile) -> bool:
    return page.consent_events.filter(kind=ConsentEvent.Kind.EXPIRED).exists()


KINDS: dict[str, tuple[Callable[[Profile], None], Callable[[Profile], bool], str]] = {
    "Shares that have ended": (a_share_that_is_over, ended, "endings.note_ending"),
    "Shares that were begun and never given": (
        a_share_that_was_left, lambda page: not page.shares.exists(), "new_actions.forget_left"
    ),
    "Keys of shares that ended long ago": (
        a_key_to_let_go, lambda page: not page.shares.with_a_key().exists(), "endings.forget_key"
    ),
    "Workers who promised something for tomorrow": (
        a_promise_for_tomorrow,
        lambda page: PromiseEvent.objects.filter(profile=page).exists(),
        "promise_actions.remind",
    ),
    "Words half typed long ago": (
        words_half_typed, lambda page: not page.drafts.exists(), "close_draft"
    ),
    "Visitors' pages that nobody came back to": (
        a_page_that_is_left,
        lambda page: not Profile.objects.filter(pk=page.pk).exists(),
        "actions.forget_page",
    ),
    "People whose page wants to be checked": (
        a_page_to_check,
        lambda page: Reminder.objects.filter(profile=page).exists(),
        "review_actions.remind",
    ),
}  # fmt: skip
OPENS = {  # what is done about these opens something sealed, or seals it
    "Shares that have ended", "Keys of shares that ended long ago", "Words half typed long ago",
}  # fmt: skip


@pytest.fixture
def pages() -> list[Profile]:
    cache.clear()
    return [
        make_page(make_user(f"{name}@example.org"), call_me="Ana", important="Tea.")
        for name in ("ana", "bo", "cy")
    ]


@pytest.mark.parametrize("kind", sorted(OPENS))
def test_a_row_whose_seal_is_broken_is_counted_and_the_others_are_done(pages, kind):
    make, is_done, _ = KINDS[kind]
    for page in pages:
        make(page)
    break_seals(pages[0])
    with pytest.raises(CommandError) as stopped:
        tidy()
    assert str(stopped.value) == f"{kind}: 1 could not be done (CannotOpen)."
    assert stopped.value.returncode == 1
    assert [is_done(page) for page in pages] == [False, True, True]
    assert last_success("tidy") is None


@pytest.mark.parametrize("kind", sorted({*KINDS} - OPENS))
def test_what_opens_nothing_is_done_though_a_seal_is_broken(pages, kind):
    make, is_done, _ = KINDS[kind]
    for page in pages:
        make(page)
    break_seals(pages[0])
    tidy()
    assert [is_done(page) for page in pages] == [True, True, True]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_goes_wrong_with_one_row_the_others_are_done(pages, kind, monkeypatch):
    make, is_done, name = KINDS[kind]
    for page in pages:
        make(page)
    owner, _, action = f"{command.__name__}.{name}".rpartition(".")
    real = attrgetter(name)(command)
    asked: list[object] = []

    def first_fails(*things: object, **named: object) -> object:
        asked.append(named)
        if len(asked) == 1:
            raise ValueError("CNRY Ana’s words")
        return real(*things, **named)

    monkeypatch.setattr(f"{owner}.{action}", first_fails)
    with pytest.raises(CommandError) as stopped:
        tidy()
    assert str(stopped.value) == f"{kind}: 1 could not be done (ValueError)."
    assert sorted(is_done(page) for page in pages) == [False, True, True]


def test_each_kind_that_could_not_be_done_is_said_and_the_next_run_is_told_whole(pages):
    for page in pages[:2]:
        a_share_that_is_over(page)
        words_half_typed(page)
        break_seals(page)
    with pytest.raises(CommandError) as stopped:
        tidy()
    assert str(stopped.value).splitlines() == [
        "Shares that have ended: 2 could not be done (CannotOpen).",
        "Words half typed long ago: 2 could not be done (CannotOpen).",
    ]
    Draft.objects.all().delete()
    Share.objects.update(stopped_at=timezone.now())
    before = timezone.now()
    tidy()
    assert last_success("tidy") >= before


def test_what_is_done_at_once_and_fails_keeps_nothing_from_being_done(pages, monkeypatch):
    a_page_to_check(pages[0])

    def fails(**named: object) -> int:
        raise OSError("CNRY")

    monkeypatch.setattr(command, "forget_unentered", fails)
    with pytest.raises(CommandError, match=r"^Accounts that nobody entered: none could be done"):
        tidy()
    assert Reminder.objects.count() == 1


def test_a_dry_run_is_no_success(pages):
    tidy("--dry-run")
    assert last_success("tidy") is None


def test_a_run_sends_so_many_reminders_oldest_first_and_nobody_gets_two(pages, monkeypatch):
    monkeypatch.setattr(command, "MOST_EMAILED", 2)
    for page, days in zip(pages, (200, 220, 210), strict=True):
        moment = timezone.now() - timedelta(days=days)
        Answer.objects.create(profile=page, topic="pain", number=1, text="Knee", said_at=moment)
    assert "wants to be checked: 2 would be emailed." in tidy("--dry-run")
    assert "wants to be checked: 2 emailed." in tidy()
    assert [each.to for each in mail.outbox] == [["bo@example.org"], ["cy@example.org"]]
    assert "wants to be checked: 1 emailed." in tidy()
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert "wants to be checked: 0 emailed." in tidy()
    assert len(mail.outbox) == 3


def test_those_that_fail_before_an_email_take_nobody_elses_place(pages, monkeypatch):
    monkeypatch.setattr(command, "MOST_EMAILED", 1)
    for page in pages:
        a_page_to_check(page)
    real, first = command.review_actions.remind, pages[0].pk

    def fails_for_one(**named: object) -> bool:
        if named["profile"].pk == first:  # type: ignore[attr-defined]
            raise ValueError
        return real(**named)

    monkeypatch.setattr(command.review_actions, "remind", fails_for_one)
    with pytest.raises(CommandError):
        tidy()
    assert len(mail.outbox) == 1


def rows_of_cache() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return int(cursor.fetchone()[0])


def test_counts_that_are_over_go_and_the_others_stay(pages):
    cache.set("192.0.2.1", 1, timeout=-60)  # it was over a minute ago
    cache.set("192.0.2.2", 1, timeout=3600)
    cache.set("192.0.2.3", 1, timeout=None)
    there = rows_of_cache()
    assert "Counts that are over: 1 deleted." in tidy()
    assert rows_of_cache() == there - 1 == 2
    assert cache.get("192.0.2.2") == cache.get("192.0.2.3") == 1


def test_with_a_cache_elsewhere_there_is_nothing_to_delete(pages, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "Counts that are over: 0 deleted." in tidy()


def test_sessions_that_are_over_are_counted(client):
    session = client.session
    session.set_expiry(-1)
    session.save()
    assert "Sessions that are over: 1 deleted." in tidy()
    assert not Session.objects.exists()


def test_a_run_that_cannot_be_written_down_says_so(pages, monkeypatch):
    def disk_is_full(*args: object, **named: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(command, "note_success", disk_is_full)
    with pytest.raises(
        CommandError, match=r"^Writing down that all was done: none .* \(OperationalError\)"
    ):
        tidy()
