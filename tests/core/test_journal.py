"""The endings journal: what is written there stays, and whatever is changed there is noticed."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from profiles.core import journal, journal_places
from profiles.core.crypto import read_field_keys
from profiles.core.journal import JournalState, KeyIsMissing, Kind, NotLevel
from profiles.core.journal_places import TABLE, Broken, CannotReach, InDatabase, InFile
from profiles.core.models import FieldKey, JournalMark, ToJournal

NEW_KEY = "new:" + "A" * 43 + "="
pytestmark = pytest.mark.django_db


def file() -> Path:
    return Path(settings.ENDINGS_JOURNAL)


@pytest.fixture(params=["file", "database"])
def place(request, settings, tmp_path) -> Iterator[None]:
    """In each of the two places; the second database is another file, or the same PostgreSQL."""
    settings.ENDINGS_JOURNAL = str(tmp_path / "endings")
    if request.param == "file":
        yield
        return
    name = str(tmp_path / "other.sqlite3")
    if connection.vendor == "postgresql":
        name = str(connection.settings_dict["NAME"])
    settings.ENDINGS_DATABASE = settings.DATABASES["default"] | {"NAME": name}
    yield
    with InDatabase(settings.ENDINGS_DATABASE)._opened() as there, there.cursor() as cursor:
        for table in there.introspection.table_names():
            if table.startswith(TABLE):
                cursor.execute(f"DROP TABLE {table}")


@pytest.fixture
def three(place: None) -> list[str]:
    for number in range(3):
        journal.note(Kind.PAGE, f"page{number}")
    journal.move_all()
    return refs()


def refs(after: int = 0) -> list[str]:
    return [ending.ref for ending in journal.endings_after(after)[1]]


def test_what_was_noted_is_written_in_order_and_let_go(three):
    assert three == ["page0", "page1", "page2"]
    assert refs(after=2) == ["page2"]
    assert not ToJournal.objects.exists()
    assert journal.standing() is JournalState.LEVEL
    assert journal.check_whole() == 3


def test_what_was_not_done_is_not_noted(place):
    with transaction.atomic():
        journal.note(Kind.PAGE, "page")
        transaction.set_rollback(True)
    assert journal.move_all() == 0


@pytest.mark.django_db(transaction=True)
def test_it_is_written_when_the_transaction_is_over_and_not_before(place):
    with transaction.atomic():
        journal.note(Kind.PAGE, "one")
        journal.note(Kind.PAGE, "two")
        assert journal.standing() is JournalState.NEW
    assert refs() == ["one", "two"]


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_written_waits(place, settings, monkeypatch, caplog):
    def full(fd: int, text: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(journal_places.os, "write", full)
        if settings.ENDINGS_DATABASE:
            patch.setitem(settings.ENDINGS_DATABASE, "NAME", "/no/such/place")
        journal.note(Kind.PAGE, "page")
        assert ToJournal.objects.count() == 1
        assert "The endings journal was not written: CannotReach" in caplog.text
        with pytest.raises(CannotReach):
            journal.move()
    assert journal.move_all() == 1
    assert refs() == ["page"]


def test_an_older_copy_is_known_by_its_mark_and_writes_nothing_over_it(three):
    """Whatever it takes away itself waits until what it does not know of is done."""
    JournalMark.objects.update(number=1)
    assert journal.standing() is JournalState.BEHIND
    journal.note(Kind.PAGE, "page3")
    with pytest.raises(NotLevel):
        journal.move()
    assert refs() == three
    assert JournalMark.objects.get().number == 1


def test_lines_are_sealed_anew_under_the_newest_key(three, settings):
    old = settings.FIELD_KEYS
    assert journal.key_names() == {"test"}
    settings.FIELD_KEYS = {**read_field_keys(NEW_KEY), **old}
    FieldKey.objects.create(name="new")
    journal.note(Kind.PAGE, "page3")
    journal.move_all()
    assert journal.key_names() == {"new", "test"}
    assert journal.reseal() == 4
    assert journal.reseal() == 0
    assert journal.key_names() == {"new"}
    settings.FIELD_KEYS = read_field_keys(NEW_KEY)
    assert refs() == [*three, "page3"]
    assert journal.standing() is JournalState.LEVEL
    settings.FIELD_KEYS = old
    with pytest.raises(KeyIsMissing):
        journal.standing()


def test_a_journal_that_cannot_be_read_makes_room_and_is_kept(three, settings):
    mark = JournalMark.objects.get()
    was = mark.journal
    journal.begin_anew(mark)
    assert mark.journal != was and refs() == []
    if not settings.ENDINGS_DATABASE:
        [aside] = file().parent.glob("endings.broken-*")
        assert len(aside.read_bytes().splitlines()) == 4


# ---- a file, byte by byte


@pytest.fixture
def in_file(settings, tmp_path) -> bytes:
    settings.ENDINGS_JOURNAL = str(tmp_path / "endings")
    for number in range(3):
        journal.note(Kind.PAGE, f"page{number}")
    journal.move_all()
    return file().read_bytes()


def test_half_a_line_on_a_full_disk_is_taken_back(in_file, monkeypatch):
    write = os.write

    def nearly_full(fd: int, text: bytes) -> int:
        if len(text) < 50:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(fd, text[:-40])

    journal.note(Kind.PAGE, "page3")
    monkeypatch.setattr(journal_places.os, "write", nearly_full)
    with pytest.raises(CannotReach):
        journal.move()
    assert file().read_bytes() == in_file


def test_wherever_a_byte_is_changed_it_is_noticed(in_file):
    last = in_file.rindex(b"\n", 0, -1) + 1
    for at in (*range(0, last, 7), *range(last - 1, len(in_file))):
        changed = bytearray(in_file)
        changed[at] ^= 1
        file().write_bytes(changed)
        with pytest.raises((Broken, KeyIsMissing)):
            journal.endings_after(0)


def test_a_line_that_a_crash_tore_off_is_no_line_and_is_told(in_file, caplog):
    journal.note(Kind.PAGE, "page3")
    begin = len(in_file)
    journal.move_all()
    whole = file().read_bytes()
    JournalMark.objects.update(number=3)
    for end in range(begin + 1, len(whole)):
        file().write_bytes(whole[:end])
        assert refs() == ["page0", "page1", "page2"]
        assert journal.standing() is JournalState.LEVEL
    assert "was torn off" in caplog.text
    journal.note(Kind.PAGE, "page4")
    journal.move_all()
    assert refs() == ["page0", "page1", "page2", "page4"]


@pytest.mark.parametrize("change", [[0, 2, 1, 3], [0, 1, 3], [0, 1, 1, 2, 3], [1, 2, 3]])
def test_lines_that_are_moved_missing_or_twice_are_noticed(in_file, change):
    lines = in_file.splitlines(keepends=True)
    file().write_bytes(b"".join(lines[at] for at in change))
    with pytest.raises(Broken):
        journal.endings_after(0)


def test_a_line_of_another_journal_is_none_of_ours(in_file, settings, tmp_path):
    lines = in_file.splitlines(keepends=True)
    settings.ENDINGS_JOURNAL = str(tmp_path / "other")
    mark = JournalMark.objects.get()
    journal.begin(mark)
    file().write_bytes(file().read_bytes() + lines[1])
    with pytest.raises(Broken):
        journal.endings_after(0)


ADD_MANY = """
import sys
from pathlib import Path
from profiles.core.journal_places import InFile, SealedLine
for _ in range(25):
    InFile(Path(sys.argv[1])).add(
        lambda last: [SealedLine(last.number + 1 if last else 0, "x" * 200)]
    )
"""


@pytest.mark.once
def test_many_processes_add_one_after_the_other(tmp_path):
    path = tmp_path / "endings"
    command = [sys.executable, "-c", ADD_MANY, str(path)]
    adding = [subprocess.Popen(command, cwd=settings.BASE_DIR) for _ in range(4)]
    assert [process.wait() for process in adding] == [0] * 4
    assert [line.number for line in InFile(path).lines()] == [*range(100)]


# ---- a process that is killed

KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.ENDINGS_JOURNAL, when = sys.argv[1:]
django.setup()
from django.db import transaction
from profiles.core import journal
from profiles.core.journal_places import InFile
add = InFile.add

def killed(self, following):
    if when == "after":
        add(self, following)
    os.kill(os.getpid(), signal.SIGKILL)

with transaction.atomic():
    journal.begin(journal.held_mark())
InFile.add = killed
with transaction.atomic():
    journal.note(journal.Kind.PAGE, "page")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_who_is_killed_on_the_way_loses_nothing(tmp_path, settings, when):
    settings.ENDINGS_JOURNAL = str(tmp_path / "endings")
    at = connection.settings_dict
    where = f"sqlite:///{at['NAME']}"
    if connection.vendor == "postgresql":
        where = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    done: Any = subprocess.run(
        [sys.executable, "-c", KILLED, settings.ENDINGS_JOURNAL, when],
        cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": where}, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert ToJournal.objects.count() == 1
    assert journal.standing() is (JournalState.LEVEL if when == "before" else JournalState.BEHIND)
