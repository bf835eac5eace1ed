"""A question whose SQL is built once answers as one that is built each time."""

from contextlib import closing
from datetime import timedelta
from threading import Thread

import pytest
from django.db import DataError, connection, connections, models, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from profiles.access.models import Look
from profiles.answers.models import Answer, AnswerQuerySet, current_answers
from profiles.core import prepared
from profiles.core.prepared import Prepared
from profiles.pages.models import Profile
from profiles.sharing.models import Share
from tests.factories import make_page, make_share, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_built():
    prepared.forget()


def test_each_who_asks_gets_their_own_rows():
    anas, bens = make_page(important="Tea first.", calm="Music."), make_page(important="Coffee.")
    asked = [current_answers(page.pk) for page in (anas, bens, anas)]
    assert asked == [[*page.answers.current().order_by("pk")] for page in (anas, bens, anas)]
    assert [answer.text for answer in asked[2]] == ["Tea first.", "Music."]


def test_what_is_written_meanwhile_is_seen():
    page = make_page(important="Tea first.")
    assert [answer.number for answer in current_answers(page.pk)] == [1]
    say(page, "important", "Coffee.")
    assert [answer.number for answer in current_answers(page.pk)] == [2]


def test_none_is_asked_for_as_null(anas_page):
    share = make_share(anas_page, topics=["important"])
    by_passcode = Prepared(lambda number: Share.objects.filter(passcode_number=number))
    assert by_passcode(None) == [share]
    assert by_passcode(2) == []
    Share.objects.update(passcode_number=2)
    assert by_passcode(None) == []
    assert by_passcode(2) == [share]


def test_moments_are_sent_as_the_database_takes_them():
    page = make_page(important="Tea first.")
    look = Look.objects.create(profile=page, happened="html")
    since = Prepared(Look.objects.since)
    assert since(look.looked_at - timedelta(seconds=1)) == [look]
    assert since(look.looked_at) == []
    assert since(timezone.now() + timedelta(hours=1)) == []


def test_text_is_never_part_of_the_sql():
    page = make_page(important="Tea first.")
    named = Prepared(lambda topic: Answer.objects.filter(topic=topic))
    assert [answer.profile_id for answer in named("important")] == [page.pk]
    for typed in ("' OR '1'='1", "%s", "important' --", "%(topic)s", ""):
        assert named(typed) == []


def test_rows_that_belong_to_the_row_come_with_it(anas_page):
    share = make_share(anas_page, topics=["important"])
    with_page = Prepared(lambda pk: Share.objects.filter(pk=pk).select_related("profile__data_key"))
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = with_page.first(share.pk)
            assert found.profile == anas_page
            assert found.profile.data_key == anas_page.data_key
        assert len(asked) == 1
    assert with_page.first(share.pk + 1) is None


def test_it_is_built_once(monkeypatch):
    built = []
    current = AnswerQuerySet.current
    monkeypatch.setattr(AnswerQuerySet, "current", lambda self: built.append(1) or current(self))
    for page in (make_page(calm="Music."), make_page(calm="Tea.")):
        current_answers(page.pk)
        assert len(built) == 1
    prepared.forget()
    current_answers(1)
    assert len(built) == 2


def test_a_fault_that_is_planted_before_forget_is_found_after_it(monkeypatch):
    page = make_page(important="Tea first.")
    assert current_answers(page.pk)
    monkeypatch.setattr(AnswerQuerySet, "current", lambda self: self.filter(topic="calm"))
    prepared.forget()
    assert current_answers(page.pk) == []


def test_single_values_can_be_asked_for():
    page = make_page(important="Tea first.")
    edition = page.editions.create(number=1)
    edition.answers.set(page.answers.all())
    stood_in = Prepared(lambda edition: Answer.objects.filter(editions=edition).values_list("pk"))
    assert stood_in(edition.pk) == [(page.answers.get().pk,)]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_held_only_inside_a_transaction():
    page = make_page(important="Tea first.")
    for _ in range(2):  # built, and asked again
        with pytest.raises(TransactionManagementError):
            page.lock()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection():
    page = make_page(important="Tea first.")
    assert len(current_answers(page.pk)) == 1
    found = []

    def ask():
        found.append(current_answers(page.pk))
        found.append(connections["default"].in_atomic_block)
        connections["default"].close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [[page.answers.get()], False]
    assert len(current_answers(page.pk)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_is_opened_again():
    page = make_page(important="Tea first.")
    assert len(current_answers(page.pk)) == 1
    connection.close()
    assert len(current_answers(page.pk)) == 1


def test_a_question_asks_in_one_way_while_its_connection_stays_open(monkeypatch):
    page = make_page(important="Tea first.")
    current_answers(page.pk)
    made, create = [], connection.create_cursor
    monkeypatch.setattr(connection, "create_cursor", lambda *how: made.append(1) or create(*how))
    for _ in range(3):
        assert [answer.profile_id for answer in current_answers(page.pk)] == [page.pk]
    assert not made


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_ended_is_noticed_before_it_is_asked():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is in this very process")
    page = make_page(important="Tea first.")
    assert len(current_answers(page.pk)) == 1
    ended = connection.connection.info.backend_pid
    with closing(connection.copy()) as another, another.cursor() as elsewhere:
        elsewhere.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    connection.health_check_enabled, connection.health_check_done = True, False  # a request begins
    assert len(current_answers(page.pk)) == 1
    assert connection.connection.info.backend_pid != ended


def test_a_question_that_failed_can_be_asked_again():
    page = make_page(important="Tea first.")
    numbered = Prepared(lambda number: Answer.objects.filter(number=number))
    assert len(numbered(1)) == 1
    for _ in range(2):
        with pytest.raises((DataError, OverflowError)), transaction.atomic():
            numbered(10**30)  # more than any database counts to
        assert [answer.profile_id for answer in numbered(1)] == [page.pk]


def test_rows_that_would_hold_more_than_was_asked_for_are_refused():
    texts = Prepared(
        lambda page: (
            Answer.objects.filter(profile_id=page)
            .distinct()
            .values_list("topic")
            .order_by("number")
        )
    )
    with pytest.raises(ValueError, match="more than"):
        texts(1)


def test_a_page_that_is_gone_is_not_held():
    with pytest.raises(Profile.DoesNotExist):
        Profile(pk=models.BigAutoField.MAX_BIGINT).lock()
