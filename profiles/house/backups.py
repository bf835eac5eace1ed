"""Backups: a copy that was looked into before it is called one, put back, and rehearsed."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from profiles.accounts.models import DataKey
from profiles.answers.models import Answer
from profiles.core import copies, crypto, journal
from profiles.core.copies import NoGoodCopy, NotEmpty, OfPostgresql, Progress
from profiles.core.encrypted_fields import Sealed
from profiles.core.journal import JournalState, KeyIsMissing
from profiles.core.journal_places import Broken, CannotReach
from profiles.core.models import JournalMark, note_success
from profiles.core.versions import APP, RAN, is_newer
from profiles.house.replay import catch_up
from profiles.pages.models import Profile

BACKUP: Final = "backup"
TRIED: Final = 20  # answers that are opened, the oldest and the newest
ANSWERS, PAGES, KEYS, MARK = (
    "profiles_answer", "profiles_profile", "profiles_datakey", "profiles_journalmark",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was found in a copy."""

    rows: int
    opened: int  # answers whose seal was opened, to try it
    closed: tuple[int, ...]  # pages, by number, with words among these that do not open
    mark: JournalMark  # which endings journal it knows, and the last line of that
    newest: str  # the last migration of ours that it had

    @property
    def damage(self) -> str:
        """A sentence about what does not open in it; "" where all that was tried does."""
        if not self.closed:
            return ""
        pages = ", ".join(map(str, self.closed))
        return (
            f"Page {pages} does not open: what is kept of it was damaged, and is in this copy as "
            "it is. Keep the older backups. See docs/running/is-it-working.md."
        )


def backup(file: Path) -> tuple[Progress, Looked]:
    """Write a copy of the database to this file, look into it, and remember that it was done.

    Raises NoGoodCopy, and leaves no file, if what was written is not what was there. A page that
    does not open there either is copied as it is, and told.
    """
    if file.is_dir():
        raise NoGoodCopy(f"{file} is a folder: name a file in it.")
    if not file.parent.is_dir():
        raise NoGoodCopy(f"The folder {file.parent} is not there. Is its disk mounted?")
    with suppress(CannotReach, KeyIsMissing):  # a copy is made all the same
        catch_up()
    at, progress = timezone.now(), Progress("Backup")
    with copies.written_whole(file) as half:
        counts = copies.kind().copy(half, progress)
        looked, found = _look_into_file(half)
        if wrong := sorted(name for name in counts if counts[name] != found.get(name, 0)):
            raise NoGoodCopy(f"The copy has not the rows that were there: {', '.join(wrong)}.")
    note_success(BACKUP, at=at)
    return progress, looked


def restore(file: Path) -> tuple[Progress, Looked, JournalState]:
    """Put a copy into the empty place that the settings name, and do again what ended since.

    Raises NotEmpty and NoGoodCopy before anything is changed; and CannotReach and KeyIsMissing
    after that: then nobody is let in until the endings journal can be read.
    """
    if not copies.kind().is_empty():
        raise NotEmpty(
            "There is a database already. A backup goes only into an empty place. If a restore was "
            "cut off here, move away what it left, and begin again."
        )
    looked = _look_into_file(file)[0]
    _refuse_newer(looked)
    progress = Progress("Restore")
    connection.close()
    copies.kind().put_back(file, str(connection.settings_dict["NAME"]), progress)
    connection.close()
    call_command("migrate", verbosity=0)
    stood = catch_up(restored=True)
    return progress, looked, stood


def rehearse(file: Path) -> tuple[Progress, Looked, int]:
    """Put a copy into a place that is gone afterwards, and look into it there.

    The last is how many endings would be done again. Raises NoGoodCopy.
    """
    progress, copy = Progress("Rehearsal"), copies.kind()
    if not file.is_file():
        raise NoGoodCopy(f"{file} is not there.")
    with copy.place_for_a_while(file.stat().st_size) as place:
        copy.put_back(file, place, progress)
        with copies.opened(place) as there:
            looked = _look_into(there)[0]
    _refuse_newer(looked)
    return progress, looked, _to_do_again(looked.mark)


def _to_do_again(mark: JournalMark) -> int:
    """How many endings would be done again. Raises Broken where nobody could tell: it is not the
    journal that this copy knows, or not all of it.
    """
    match journal.standing(mark):
        case JournalState.LEVEL:
            return 0
        case JournalState.BEHIND:
            return len(journal.endings_after(mark.number)[1])
    raise Broken


def _refuse_newer(looked: Looked) -> None:
    """What this version does not know of, it would not keep to: who may see what, for one."""
    if is_newer(looked.newest):
        raise NoGoodCopy("This copy is from a newer version of the program than this one.")


def _look_into_file(file: Path) -> tuple[Looked, dict[str, int]]:
    """What is in a file that was written as a copy."""
    if not file.is_file():
        raise NoGoodCopy(f"{file} is not there.")
    if connection.vendor == "postgresql":
        return _look_into_dump(file)
    with copies.opened(str(file)) as there:
        return _look_into(there)


def _look_into(there: BaseDatabaseWrapper) -> tuple[Looked, dict[str, int]]:
    """What is in a database that was made from a copy."""
    try:
        with there.cursor() as cursor:
            if there.vendor == "sqlite":
                cursor.execute("PRAGMA integrity_check")
                if cursor.fetchall() != [("ok",)]:
                    raise NoGoodCopy("The copy is broken: SQLite finds faults in it.")
            found = copies.count(there)
            cursor.execute(f"SELECT wrapped FROM {KEYS}")  # noqa: S608
            _know_keys(wrapped for (wrapped,) in cursor.fetchall())
            opened, closed = _tried(_some_answers(cursor))
            cursor.execute(f"SELECT journal, number FROM {MARK}")  # noqa: S608
            mark = _mark(*next(iter(cursor.fetchall()), ()))
            cursor.execute(f"SELECT MAX(name) FROM {RAN} WHERE app = %s", [APP])  # noqa: S608
            [(newest,)] = cursor.fetchall()
    except DatabaseError as error:
        raise NoGoodCopy("This is no copy of our database.") from error
    rows = sum(found.values())
    looked = Looked(rows=rows, opened=opened, closed=closed, mark=mark, newest=newest or "")
    return looked, found


def _some_answers(cursor: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
    for order in ("ASC", "DESC"):
        cursor.execute(
            f"SELECT p.id, a.text, k.id, k.wrapped FROM {ANSWERS} a "  # noqa: S608  # names of ours
            f"JOIN {PAGES} p ON p.id = a.profile_id JOIN {KEYS} k ON k.id = p.data_key_id "
            f"ORDER BY a.id {order} LIMIT {TRIED // 2}"
        )
        yield from cursor.fetchall()


def _look_into_dump(file: Path) -> tuple[Looked, dict[str, int]]:
    """The same for what pg_dump wrote: pg_restore reads all of it, and nothing is put anywhere."""
    found: dict[str, int] = {}
    keys: dict[str, bytes] = {}
    pages: dict[str, str] = {}
    answers: list[tuple[str, bytes]] = []
    mark, newest = _mark(), ""
    for table, columns, values in OfPostgresql().lines(file):
        found[table] = found.get(table, 0) + 1
        if table in {ANSWERS, PAGES, KEYS, MARK, RAN}:
            row = dict(zip(columns, values, strict=True))
            if table == KEYS:
                keys[row["id"]] = _bytes(row["wrapped"])
            elif table == PAGES:
                pages[row["id"]] = row["data_key_id"]
            elif table == ANSWERS:
                said = (row["profile_id"], _bytes(row["text"]))
                answers[TRIED // 2 :] = [*answers[TRIED // 2 :][-TRIED // 2 + 1 :], said]
            elif table == RAN:
                newest = max(newest, row["name"] if row["app"] == APP else "")
            else:
                mark = _mark(row["journal"], int(row["number"]))
    if KEYS not in found and answers:
        raise NoGoodCopy("This is no copy of our database.")
    _know_keys(keys.values())
    opened, closed = _tried((page, text, pages[page], keys[pages[page]]) for page, text in answers)
    rows = sum(found.values())
    return Looked(rows=rows, opened=opened, closed=closed, mark=mark, newest=newest), found


def _mark(name: str = "", number: int = 0) -> JournalMark:
    return JournalMark(journal=name, number=number)


def _bytes(shown: str) -> bytes:
    r"""What COPY shows as \\x and digits."""
    return bytes.fromhex(shown.removeprefix("\\\\x"))


def _know_keys(wrapped: Iterable[Any]) -> None:
    named = {_named(bytes(each)) for each in wrapped} - {""}
    if unknown := named - {*settings.FIELD_KEYS}:
        raise NoGoodCopy(f"FIELD_KEYS lack the key {', '.join(sorted(unknown))} of this copy.")


def _named(wrapped: bytes) -> str:
    """Which key locks this; "" if it was damaged, and names none."""
    try:
        return crypto.key_name_of(wrapped)
    except (IndexError, ValueError):
        return ""


def _tried(answers: Iterable[tuple[Any, Any, Any, Any]]) -> tuple[int, tuple[int, ...]]:
    """Open each, as whoever reads it would: how many open, and which pages have one that does not.

    One page that was damaged leaves the others with no less need of a copy. Where none opens it is
    not the page, but the keys.
    """
    opened, closed = 0, set()
    for page, text, key, wrapped in answers:
        if _opens(text, key, wrapped):
            opened += 1
        else:
            closed.add(int(page))
    if closed and not opened:
        raise NoGoodCopy("What is in this copy does not open with FIELD_KEYS.")
    return opened, tuple(sorted(closed))


def _opens(text: Any, key: Any, wrapped: Any) -> bool:
    data_key = DataKey(id=key if isinstance(key, UUID) else UUID(str(key)), wrapped=bytes(wrapped))
    field: Any = Answer._meta.get_field("text")
    try:
        field.open(Sealed(bytes(text)), Profile(data_key=data_key))
    except crypto.CannotOpen:
        return False
    return True
