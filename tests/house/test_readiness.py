"""Ready means that people can write, read and print here: else it is said what is missing."""

import re
import sqlite3
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from profiles.accounts.models import DataKey
from profiles.core.crypto import read_field_keys
from profiles.core.models import Run, note_success
from profiles.house import readiness
from profiles.notices.models import Notice
from tests.factories import make_page, make_share

pytestmark = pytest.mark.django_db
READY, UP = reverse("house:ready"), reverse("house:up")


@pytest.fixture(autouse=True)
def it_prints(monkeypatch, settings):
    """The worker processes have tests of their own, and take seconds to start."""
    settings.DEFAULT_FROM_EMAIL = "Tell It Once <hello@example.org>"
    monkeypatch.setattr(readiness.printing, "can_print", lambda: True)


def no_cache(monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def no_cache_table(monkeypatch, settings):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")


def other_keys(monkeypatch, settings):
    settings.FIELD_KEYS = read_field_keys("new:" + "A" * 43 + "=")


def no_room(monkeypatch, settings):
    left = SimpleNamespace(free=readiness.NEARLY_FULL)
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: left)


def no_static_files(monkeypatch, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "project.static_files.FilesAsSent"}
    }


def no_printing(monkeypatch, settings):
    monkeypatch.setattr(readiness.printing, "can_print", lambda: False)


def no_writing(monkeypatch, settings):
    def refuses(*args, **kwargs):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(readiness, "note_success", refuses)


def one_migration_less(monkeypatch, settings):
    last = MigrationRecorder.Migration.objects.filter(app="profiles").latest("pk")
    last.delete()


def no_tables(monkeypatch, settings):
    """As far as anybody can tell; and what would be in them is not called missing besides."""
    MigrationRecorder.Migration.objects.filter(app="profiles").delete()
    no_writing(monkeypatch, settings)
    other_keys(monkeypatch, settings)


def one_migration_more(monkeypatch, settings):
    MigrationRecorder.Migration.objects.create(app="profiles", name="9999_newer")


MISSING = {
    no_cache: "The cache does not keep what it is given.",
    no_cache_table: "The cache does not keep what it is given.",
    other_keys: "FIELD_KEYS do not open what is in the database.",
    no_room: "The disk is nearly full.",
    no_static_files: "The static files are missing: run manage.py collectstatic.",
    no_printing: "No process makes PDFs.",
    no_writing: "The database cannot be written to.",
    no_tables: (
        "The database is empty: is it the right one? If this site is new, run manage.py migrate."
    ),
    one_migration_less: "The database is not as this version knows it: run manage.py migrate.",
    one_migration_more: "The database is from a newer version of the program than this one.",
}


def test_where_nothing_is_missing_it_is_ready(client, anas_page):
    answer = client.get(READY)
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert not Run.objects.exists()  # what was tried is taken back


@pytest.mark.parametrize("breaks", MISSING, ids=lambda breaks: breaks.__name__)
def test_what_is_missing_is_said_to_us_and_to_no_stranger(
    client, anas_page, monkeypatch, settings, caplog, breaks
):
    breaks(monkeypatch, settings)
    answer = client.get(READY)
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert answer["Retry-After"]
    assert [line for line in caplog.messages if line.startswith("Not ready.")] == [
        f"Not ready. {MISSING[breaks]}"
    ]


def test_the_disk_of_the_database_is_looked_at_too(anas_page, monkeypatch, settings):
    """The program and what people write are often on two."""
    if connection.vendor == "postgresql":
        pytest.skip("Its disk is not ours to see.")
    much, little = (SimpleNamespace(free=readiness.NEARLY_FULL + more) for more in (1, 0))
    of_program = lambda path: much if path == settings.BASE_DIR else little  # noqa: E731
    monkeypatch.setattr(readiness.shutil, "disk_usage", of_program)
    assert readiness.faults() == ["The disk is nearly full."]


def test_one_page_that_does_not_open_closes_no_machine(client, anas_page, caplog, settings):
    broken = make_page()
    DataKey.objects.filter(pk=broken.data_key_id).update(wrapped=b"1.test.changed")
    assert client.get(READY).status_code == 200
    assert f"Page {broken.pk} does not open." in caplog.messages
    name = next(iter(settings.FIELD_KEYS))  # and one of the same name that is another opens none
    settings.FIELD_KEYS = read_field_keys(f"{name}:" + "A" * 43 + "=")
    assert readiness.faults() == [MISSING[other_keys]]


def is_away(*args, **kwargs):
    """As a database is that nobody can reach, or that somebody has locked."""
    refused = sqlite3.OperationalError("database is locked")
    refused.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from refused


@pytest.mark.parametrize("where", ["readiness.note_success", "readiness.transaction.atomic"])
def test_a_database_that_is_away_is_asked_once_and_nothing_else_is_called_missing(
    anas_page, monkeypatch, settings, caplog, where
):
    """Where each question waits, a probe every few seconds would hold every thread there is."""
    other_keys(monkeypatch, settings)
    monkeypatch.setattr(f"profiles.house.{where}", is_away)
    assert readiness.faults() == ["The database cannot be written to."]
    assert "can_write: OperationalError: database is locked" in caplog.messages
    no_printing(monkeypatch, settings)
    assert readiness.faults() == ["The database cannot be written to.", "No process makes PDFs."]


def test_a_clock_behind_what_was_written_last_is_told(client, anas_page):
    make_share(anas_page)
    with travel(timezone.now() - timedelta(minutes=4)):
        assert client.get(READY).status_code == 200
    with travel(timezone.now() - timedelta(minutes=6)):
        assert readiness.faults() == ["The clock is behind what was written down last."]


def test_a_clock_ahead_of_the_databases_is_told_and_set_right_it_is_ready_again(anas_page):
    """What it ended stays ended. While one of three machines is not ready, the others go on."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is on our own machine.")
    with travel(timezone.now() + timedelta(minutes=4)):
        assert readiness.faults() == []
    with travel(timezone.now() + timedelta(minutes=6)):
        make_share(anas_page)
        assert readiness.faults() == ["The clock is ahead of the database’s."]
    assert readiness.faults() == [], "nobody could decide anything that would make up for it"


def test_a_database_that_waits_for_ever_is_told(anas_page):
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL is told by its role.")
    for limit in ("lock_timeout", "statement_timeout"):
        with transaction.atomic(), connection.cursor() as cursor:
            assert readiness.faults() == []
            cursor.execute(f"SET LOCAL {limit} = 0")
            [fault] = readiness.faults()
            assert "its role needs lock_timeout and statement_timeout" in fault
            transaction.set_rollback(True)


@pytest.mark.parametrize("address", [UP, READY])
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "nobody.example", "a b", ""])
def test_a_probe_may_ask_by_any_name(address, host):
    assert Client(raise_request_exception=False).get(address, HTTP_HOST=host).status_code == 200


def test_nothing_else_answers_by_a_name_that_is_not_ours():
    assert Client(raise_request_exception=False).get("/", HTTP_HOST="10.0.0.7").status_code == 400


def doctor(*args):
    said = StringIO()
    call_command("doctor", *args, stdout=said)
    return said.getvalue()


def test_the_doctor_says_that_nothing_is_missing_and_what_ran(anas_page, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    assert "tidy was never done whole." in doctor()
    note_success("tidy", at=timezone.now())
    said = doctor()
    assert "tidy was last done whole: 20" in said
    assert f"Keys in use: {next(iter(settings.FIELD_KEYS))}." in said
    assert re.search(r"Version \d+\.\d+\.\d+, on Django 5\.2\.", said)
    assert "Nothing is missing." in said


def test_the_doctor_says_that_links_were_made_with_another_secret(anas_page, settings, tmp_path):
    """Whoever moved to another machine may have brought the keys along, and not this one."""
    settings.BASE_DIR = tmp_path
    said = "another SHARE_KEY_SECRET"
    assert said not in doctor()
    make_share(anas_page)
    assert said not in doctor()
    settings.SHARE_KEY_SECRET = "another" * 8
    assert said in doctor()


def test_the_doctor_ends_with_a_fault_and_its_sentence(anas_page, monkeypatch, settings):
    other_keys(monkeypatch, settings)
    with pytest.raises(CommandError, match="FIELD_KEYS do not open what is in the database."):
        doctor()


def test_the_doctor_says_what_is_missing_also_where_the_database_is_away(
    anas_page, monkeypatch, tmp_path, settings
):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(readiness, "note_success", is_away)
    monkeypatch.setattr("profiles.management.commands.doctor.last_success", is_away)
    with pytest.raises(CommandError, match="The database cannot be written to."):
        doctor()
    monkeypatch.setattr(readiness, "note_success", note_success)
    with pytest.raises(OperationalError):  # else it would say that nothing is missing
        doctor()


@pytest.mark.parametrize("mode, is_told", [(0o600, False), (0o640, True), (0o604, True)])
def test_the_doctor_tells_of_secrets_that_others_can_read(tmp_path, settings, mode, is_told):
    settings.BASE_DIR = tmp_path
    (tmp_path / ".env").touch()
    (tmp_path / ".env").chmod(mode)
    if is_told:
        with pytest.raises(CommandError, match="Others can read .env"):
            doctor()
    else:
        assert "Nothing is missing." in doctor()


def test_the_doctor_tries_a_mail(mailoutbox, tmp_path, settings, monkeypatch):
    settings.BASE_DIR = tmp_path
    doctor("--mail", "ops@example.org")
    [mail] = mailoutbox
    assert mail.to == ["ops@example.org"]
    monkeypatch.setattr("profiles.management.commands.doctor.send", lambda *sent: False)
    with pytest.raises(CommandError, match="The mail server did not take a mail."):
        doctor("--mail", "ops@example.org")


@pytest.mark.parametrize(
    "sender, local, is_told",
    [
        ("Tell It Once <hello@localhost>", False, True),
        ("Tell It Once <hello@localhost>", True, False),
        ("Tell It Once <hello@example.org>", False, False),
    ],
)
def test_the_doctor_says_that_emails_are_from_nobody(tmp_path, settings, sender, local, is_told):
    """The other settings stop the program where they are missing; this one has a value at first."""
    settings.BASE_DIR = tmp_path
    settings.LOCAL, settings.DEFAULT_FROM_EMAIL = local, sender
    if is_told:
        with pytest.raises(CommandError, match="EMAIL_FROM names localhost"):
            doctor()
    else:
        assert "Nothing is missing." in doctor()


def test_emails_that_wait_are_told_and_close_no_machine(client, anas_page, caplog):
    """While they wait people can still write, read, print and stop."""
    sentence = "Emails wait, and no worker sends them: run manage.py db_worker."
    hour_ago = timezone.now() - timedelta(hours=1)
    owed = {"task": "profiles.access.notices.opened", "about": 1, "owed_at": hour_ago}
    Notice.objects.create(profile=anas_page, due_at=hour_ago, **owed)
    assert client.get(READY).status_code == 200
    assert f"Ready or not: {sentence}" in caplog.messages
    with pytest.raises(CommandError, match=sentence):
        doctor()
    Notice.objects.update(taken_at=hour_ago)
    assert "Emails that were begun and never ended" in doctor()


def test_where_nobody_tidies_it_is_told_and_closes_no_machine(client, anas_page, monkeypatch):
    """What we promise to let go of within a day, or some, would be kept for ever."""
    monkeypatch.setattr(readiness, "_ahead_of_database", timedelta)  # its clock goes along
    with travel(timezone.now() + timedelta(days=2)):
        assert readiness.late() == []
    with travel(timezone.now() + timedelta(days=4)):
        assert readiness.late() == [
            "tidy was not done whole yet, and is to be every day: run manage.py tidy."
        ]
        note_success("tidy", at=timezone.now())
        assert readiness.late() == []
    with travel(timezone.now() + timedelta(days=8)):
        [sentence] = readiness.late()
        assert sentence.startswith("tidy was not done whole since 20")
        assert readiness.faults() == []
