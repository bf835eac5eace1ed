"""A backup is looked into before it is called one, and can be tried where nobody is."""

import os
import re
import shutil
import sqlite3
from contextlib import suppress
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from profiles.accounts.models import DataKey
from profiles.core import copies, journal
from profiles.core.crypto import read_field_keys
from profiles.core.journal import KeyIsMissing
from profiles.core.journal_places import CannotReach
from profiles.core.models import last_success
from profiles.house import backups, readiness
from profiles.house.replay import catch_up
from profiles.sharing import actions
from tests.factories import make_kept_page, make_share, say, texts
from tests.house.restore.places import by_command

pytestmark = pytest.mark.django_db(transaction=True)


def run(*command: str) -> str:
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


@pytest.fixture
def backup(anas_page, tmp_path) -> Path:
    file = tmp_path / "backup"
    run("backup", str(file))
    return file


def test_it_says_how_much_how_fast_and_that_it_was_opened(anas_page, tmp_path, monkeypatch):
    monkeypatch.setattr(readiness.printing, "can_print", lambda: True)
    assert last_success(backups.BACKUP) is None
    said = run("backup", str(tmp_path / "backup"))
    assert re.search(r"\d\.\d MB in \d+\.\d s, \d+\.\d MB/s\. \d+ rows, .*; [1-9]\d* answers", said)
    assert last_success(backups.BACKUP)
    assert "The last backup is of" in doctors()


def doctors() -> str:
    said = StringIO()
    with suppress(CommandError):  # whether others can read .env is told too
        call_command("doctor", stdout=said)
    return said.getvalue()


def test_only_we_can_read_it_no_key_is_in_it_and_it_counts_no_visitors(backup):
    assert backup.stat().st_mode & 0o077 == 0
    text = backup.read_bytes()
    for key in (settings.SECRET_KEY, settings.SHARE_KEY_SECRET):
        assert key.encode() not in text
    for key in settings.FIELD_KEYS.values():
        assert key not in text
    if connection.vendor == "sqlite":
        assert sqlite3.connect(backup).execute("SELECT COUNT(*) FROM cache").fetchall() == [(0,)]


def test_an_older_file_stays_where_the_new_one_is_no_backup(backup, monkeypatch):
    before = backup.read_bytes()
    if connection.vendor == "sqlite":
        monkeypatch.setattr(copies, "count", lambda there: {})
    else:
        monkeypatch.setattr(copies.OfPostgresql, "lines", lambda self, file: [])
    with pytest.raises(CommandError, match="There is no backup. The copy has not the rows"):
        run("backup", str(backup))
    assert backup.read_bytes() == before
    assert [*backup.parent.iterdir()] == [backup]


def test_a_disk_that_is_full_is_said_in_a_sentence(anas_page, tmp_path, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("There we write the file ourselves.")
    opened = copies.OfSqlite._open

    def with_little_room(self, name):
        there = opened(self, name)
        if name.startswith(str(tmp_path)):
            there.execute("PRAGMA max_page_count = 2")
        return there

    monkeypatch.setattr(copies.OfSqlite, "_open", with_little_room)
    with pytest.raises(CommandError, match=r"There is no backup\. SQLite stopped: .* full\."):
        run("backup", str(tmp_path / "backup"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", [CannotReach, KeyIsMissing])
def test_a_copy_is_made_also_where_the_journal_cannot_be_read(
    anas_page, tmp_path, monkeypatch, fault
):
    """On the day when the one disk breaks, a copy of the other is needed most."""
    say(anas_page, "important", "Tea first.")

    def cannot():
        raise fault

    monkeypatch.setattr(backups, "catch_up", cannot)
    assert re.search(r"[1-9]\d* answers opened", run("backup", str(tmp_path / "backup")))


def test_a_place_where_no_file_can_be_is_said_in_a_sentence(anas_page, tmp_path):
    """Most often a disk that is not mounted."""
    with pytest.raises(CommandError, match="is a folder: name a file in it"):
        run("backup", str(tmp_path))
    with pytest.raises(CommandError, match="away is not there. Is its disk mounted?"):
        run("backup", str(tmp_path / "away" / "backup"))


def test_a_database_that_is_away_is_said_in_a_sentence(tmp_path, monkeypatch):
    def is_away():
        raise OperationalError("database is locked")

    monkeypatch.setattr(backups, "catch_up", is_away)
    with pytest.raises(CommandError, match=r"There is no backup\. database is locked"):
        run("backup", str(tmp_path / "backup"))
    assert list(tmp_path.iterdir()) == []


def test_words_that_do_not_open_make_no_backup(anas_page, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_datakey SET wrapped = %s", [b"1.test.broken"])
    with pytest.raises(CommandError, match="does not open with FIELD_KEYS"):
        run("backup", str(tmp_path / "backup"))
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("wrapped", [b"1.test.broken", b"broken"])
def test_one_page_that_was_damaged_keeps_the_others_in_no_danger(
    anas_page, tmp_path, capsys, wrapped
):
    """Else nothing would ever be backed up again, and no backup could be put back."""
    say(anas_page, "call_me", "Ana")
    damaged = make_kept_page(anas_page.owner, call_me="Dee")
    DataKey.objects.filter(pk=damaged.data_key_id).update(wrapped=wrapped)
    file = tmp_path / "backup"
    run("backup", str(file))
    assert last_success(backups.BACKUP)
    rehearsed(tmp_path)
    by_command(file)
    told = f"Page {damaged.pk} does not open"
    assert capsys.readouterr().err.count(told) == 3
    assert texts(anas_page, "call_me") == ["Ana"]


def test_a_rehearsal_says_what_would_be_done_again_and_leaves_nothing(anas_page, tmp_path):
    share = make_share(anas_page)
    run("backup", str(tmp_path / "backup"))
    actions.stop(share=share, by=anas_page.owner)
    assert re.search(r"It could be put back: .* [1-9]\d* endings since", rehearsed(tmp_path))
    journal.place().set_aside()
    with pytest.raises(CommandError, match="everything that is shared would be paused"):
        rehearsed(tmp_path)
    if connection.vendor == "sqlite":
        assert not [*Path(connection.settings_dict["NAME"]).parent.glob("rehearsal*")]


def test_nothing_lies_about_of_a_backup_that_was_killed(backup):
    """It has everybody's words till then, also of those who are deleted since."""
    left, newer = (backup.with_name(f".{name}.0123abcd.half") for name in ("older", "newer"))
    for half in (left, newer):
        half.write_bytes(b"left")
    os.utime(left, (0, 0))
    with copies.written_whole(backup.with_name("another")) as in_use:
        os.utime(in_use, (0, 0))
        run("backup", str(backup))
        assert in_use.exists() and not left.exists()
    assert newer.exists(), "another machine may be writing it"


def test_nor_of_a_rehearsal(backup):
    left = make_place("0123abcd")
    with copies.kind().place_for_a_while(0) as in_use:
        copies.kind().put_back(backup, in_use, copies.Progress(""))
        run("rehearse", str(backup))
        with copies.opened(in_use) as there:
            assert backups.ANSWERS in copies.tables(there), "one that is at work stays"
    assert not is_there(left)


def make_place(named: str) -> str:
    """As a rehearsal leaves it that is killed."""
    if connection.vendor == "sqlite":
        folder = Path(connection.settings_dict["NAME"]).with_name(f"rehearsal-{named}")
        folder.mkdir()
        os.utime(folder, (0, 0))
        return str(folder)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE rehearsal_{named}")
    return f"rehearsal_{named}"


def is_there(place: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(place).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place])
        return cursor.fetchone() is not None


def test_a_rehearsal_leaves_room_to_those_who_write(backup, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("There PostgreSQL writes it.")
    room = SimpleNamespace(free=copies.LEFT_FREE + backup.stat().st_size - 1)
    monkeypatch.setattr(copies.shutil, "disk_usage", lambda place: room)
    with pytest.raises(CommandError, match="not room enough to try it"):
        run("rehearse", str(backup))


def test_two_who_restore_at_once_do_not_write_over_each_other(backup, tmp_path):
    if connection.vendor == "postgresql":
        pytest.skip("There PostgreSQL writes it.")
    place, kind = tmp_path / "db.sqlite3", copies.kind()
    with (
        copies._held(tmp_path / "db.sqlite3.half"),
        pytest.raises(copies.NotEmpty, match="just now"),
    ):
        kind.put_back(backup, str(place), copies.Progress(""))
    kind.put_back(backup, str(place), copies.Progress(""))
    place.write_bytes(b"migrated since")
    with pytest.raises(copies.NotEmpty, match="by now"):
        kind.put_back(backup, str(place), copies.Progress(""))
    assert place.read_bytes() == b"migrated since"
    assert not place.with_name("db.sqlite3.half").exists()


def test_a_rehearsal_tells_that_the_journal_is_another_than_the_backup_knows(
    anas_page, backup, settings
):
    """It was lost since, and begun anew: nobody can tell what was ended in between."""
    Path(settings.ENDINGS_JOURNAL).unlink()
    catch_up()
    run("backup", str(backup.with_name("newer")))
    with pytest.raises(CommandError, match="everything that is shared would be paused"):
        run("rehearse", str(backup))
    assert "0 endings since" in run("rehearse", str(backup.with_name("newer")))
    assert "everything that was shared is paused" in by_command(backup).replace("\n", " ")


def test_a_rehearsal_says_why_nobody_would_come_in_where_nothing_would_be_paused(
    backup, settings, tmp_path
):
    """As `restore` would find it: what is there is right, and cannot be read here or now."""
    settings.ENDINGS_JOURNAL = str(shutil.copy(settings.ENDINGS_JOURNAL, tmp_path / "journal"))
    with transaction.atomic():
        mark = journal.held_mark()
    said = {"kind": "look", "uid": "u", "ref": "r", "says": {}, "at": "2027-01-01T00:00:00+00:00"}
    line = journal._sealed(mark.journal, mark.number + 1, said)
    journal.place().add(lambda last: [line])
    newer, away = "a newer version of the program wrote something", "journal cannot be read: look"
    with pytest.raises(CommandError, match=f"{newer}.*nobody would come in"):
        run("rehearse", str(backup))
    settings.ENDINGS_JOURNAL = str(tmp_path / "not-mounted" / "journal")
    with pytest.raises(CommandError, match=f"{away}.*Nobody would come in"):
        run("rehearse", str(backup))


def rehearsed(folder: Path) -> str:
    return run("rehearse", str(folder / "backup"))


@pytest.mark.parametrize("command", ["rehearse", "restore"])
def test_what_is_no_backup_is_put_nowhere(backup, monkeypatch, command):
    monkeypatch.setattr(type(copies.kind()), "is_empty", lambda self: True)
    whole = backup.read_bytes()
    middle = len(whole) // 2
    for broken in (b"", b"Hello.", whole[:middle]):
        backup.write_bytes(broken)
        with pytest.raises(CommandError, match="could not be put back|Nothing was restored"):
            run(command, str(backup))
    backup.unlink()
    with pytest.raises(CommandError, match="is not there"):
        run("restore", str(backup))


def test_a_copy_from_a_newer_version_is_put_nowhere(anas_page, tmp_path, monkeypatch):
    newer = MigrationRecorder.Migration.objects.create(app="profiles", name="9999_newer")
    try:
        run("backup", str(tmp_path / "backup"))
    finally:
        newer.delete()  # no test but this one empties that table
    monkeypatch.setattr(type(copies.kind()), "is_empty", lambda self: True)
    for command in ("rehearse", "restore"):
        with pytest.raises(CommandError, match="from a newer version"):
            run(command, str(tmp_path / "backup"))


def test_keys_that_are_not_here_are_named_before_anything_is_restored(backup, settings):
    settings.FIELD_KEYS = read_field_keys("new:" + "A" * 43 + "=")
    with pytest.raises(CommandError, match="FIELD_KEYS lack the key test of this copy"):
        by_command(backup)
    settings.FIELD_KEYS = read_field_keys("test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    assert "Nothing was taken away since" in by_command(backup)
