"""What PostgreSQL cannot be asked as usual: Django and psycopg leave that to whoever asks."""

import os
import signal
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Timer

import pytest
from django.db import NotSupportedError, OperationalError, connection
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

from profiles.answers.models import Answer
from tests.factories import make_page

pytestmark = pytest.mark.django_db

TIMESTAMPTZ = 1184  # PostgreSQL's own number for a moment
TOO_MANY = 65_536  # values, to stand beside the words of a question


def test_as_many_rows_can_be_named_as_there_are():
    make_page(important="Tea first.")
    numbers = [*range(-TOO_MANY, 0), *Answer.objects.values_list("pk", flat=True)]
    assert Answer.objects.filter(pk__in=numbers).count() == 1


def test_they_are_sent_as_they_are():
    page = make_page(important="Tea first.")
    signs = ["100%s", "it's", '"', "\\", "é", "' OR '1'='1", "important"]
    named = Answer.objects.filter(topic__in=signs, number__in=range(TOO_MANY))
    assert [answer.profile_id for answer in named] == [page.pk]


def test_a_moment_comes_back_as_it_was_written():
    said = [
        datetime(2026, 11, 30, 8, 33, 28, 70_769, UTC),
        datetime(2026, 11, 30, 8, 33, 28, 70_000, UTC),
        datetime(2026, 11, 30, 8, 33, 28, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),  # clocks are put forward
        datetime(1, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ]
    page = make_page(important="Tea first.")
    for at in said:
        Answer.objects.create(profile=page, topic="calm", number=said.index(at) + 1, said_at=at)
    found = page.answers.filter(topic="calm").order_by("number").values_list("said_at", flat=True)
    assert [*found] == said
    assert {at.tzinfo for at in found} == {UTC}


def test_a_moment_is_read_as_by_psycopg_whatever_the_clock_of_the_session():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps moments as text")
    from project.postgresql import Moment

    slowly, quickly = TimestamptzLoader(0), Moment(0)
    for says in (
        b"2026-11-30 08:33:28.070769+00",
        b"2026-11-30 08:33:28.07+05:30",
        b"1800-01-01 00:00:00-00:01:15",
    ):
        for data in (says, memoryview(says), bytearray(says)):
            assert quickly.load(data) == slowly.load(data)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kolkata'")
        cursor.execute("SELECT timestamptz '2026-11-30 08:33:28+00'")
        [at] = cursor.fetchone()
        assert cursor.cursor.adapters.get_loader(TIMESTAMPTZ, Format.TEXT) is Moment
    assert at == datetime(2026, 11, 30, 8, 33, 28, tzinfo=UTC)
    assert at.utcoffset() == timedelta(0)


@pytest.mark.django_db(transaction=True)
def test_where_a_column_changes_its_kind_only_one_question_fails():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans anew by itself")

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM words WHERE word <> %s", ["tea"])
            return cursor.fetchall()

    with closing(connection.copy()) as another, another.cursor() as elsewhere:
        elsewhere.execute("CREATE TABLE words (word varchar(4))")
        try:
            assert [ask() for _ in range(6)] == [[]] * 6
            elsewhere.execute("ALTER TABLE words ALTER COLUMN word TYPE varchar(8)")
            with pytest.raises(NotSupportedError):
                ask()
            assert ask() == []
        finally:
            elsewhere.execute("DROP TABLE words")
            connection.close()  # the next test begins with one that plans once


@contextmanager
def session(limit):
    """Another session, with this limit of its own, and a way to let its process hang."""
    another = connection.copy()
    options = {**another.settings_dict["OPTIONS"], "options": f"-c statement_timeout={limit}"}
    another.settings_dict = {**another.settings_dict, "OPTIONS": options}
    with closing(another), another.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
        try:
            yield cursor, process
        finally:
            os.kill(process, signal.SIGCONT)


def test_one_that_hangs_holds_nobody_for_long_and_is_not_asked_again(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no other process")
    monkeypatch.setattr("project.postgresql.LONGER", 1)
    with session("1s") as (cursor, process):
        goes_on = Timer(20, os.kill, [process, signal.SIGCONT])  # else this would hang too
        goes_on.start()
        os.kill(process, signal.SIGSTOP)
        begun = time.monotonic()
        with pytest.raises(OperationalError):
            cursor.execute("SELECT 1")
        goes_on.cancel()
        assert 1.5 < time.monotonic() - begun < 10
        assert not cursor.db.is_usable()
        with pytest.raises(OperationalError, match="closed"):
            cursor.execute("SELECT 1")


def test_what_is_given_up_in_time_says_so_itself():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such limit")
    with session("1s") as (cursor, _):
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(60)")
        assert cursor.db.is_usable()


def test_who_asks_for_no_limit_is_not_cut_off(monkeypatch):
    """As for a migration that takes long: docs/running/many-machines.md says how."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such limit")
    monkeypatch.setattr("project.postgresql.LONGER", 0)
    with session("0") as (cursor, _):
        cursor.execute("SELECT pg_sleep(1)")
        assert cursor.fetchone() == ("",)
