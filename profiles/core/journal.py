"""The endings journal: what was taken away, kept where no backup of the database reaches.

A database that is put back from a backup knows nothing of what was stopped since. The journal does:
whatever takes something away calls `note`, in its own transaction, and once that is done the line
is moved here. It says which row, and how much of it may still be shown; never a word and no name.
Each line is sealed under FIELD_KEYS, with its number and its journal: so one that was changed,
moved or left out is noticed. See docs/decisions/0040-a-restore-reopens-nothing.md.
"""

import base64
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from profiles.core import codes, crypto
from profiles.core.journal_places import Broken, SealedLine, place
from profiles.core.models import FieldKey, JournalMark, ToJournal

HEAD: Final = "journal"  # what the first line says: the journal's name
AT_ONCE: Final = 1_000  # lines that are moved in one go

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What a line is about. What it says of it is known where it is noted, and done again."""

    SHARE = "share"
    HELPER = "helper"
    PAGE = "page"  # deleted
    TOPIC = "topic"  # kept to oneself, taken off, or opened: then ticks are over
    PHOTO = "photo"
    CARD = "card"
    ASK_CODE = "ask code"
    OFFER = "offer"  # of a kept page
    HANDED = "handed"
    ACCOUNT = "account"  # deleted
    CLOSED = "closed"  # an account, by whoever runs the site; or open again
    ADDRESS = "address"  # by which somebody signs in
    SESSION = "session"
    PASSKEY = "passkey"
    MAILS = "mails"


# What ended is named by a digest, and under another SHARE_KEY_SECRET it cannot be found. Of links
# and sessions that is no matter: under another secret these open nothing.
BY_DIGEST: Final = {Kind.ACCOUNT, Kind.CLOSED, Kind.ADDRESS, Kind.PASSKEY}


class KeyIsMissing(Exception):
    """A line was sealed under a key that is not among FIELD_KEYS."""


class FromNewer(KeyIsMissing):
    """A line says what only a newer version of the program knows how to do again."""


class NotLevel(Exception):
    """The database and its journal do not fit together: endings have to be done again first."""


class JournalState(StrEnum):
    """How the database stands to its journal."""

    LEVEL = "level"  # it knows all of it
    NEW = "new"  # there is none, and never was
    BEHIND = "behind"  # the journal tells of endings that this database does not know
    MISSING = "missing"  # the journal that it knew is not there, or was cut short


@dataclass(frozen=True, kw_only=True)
class Ending:
    """One line: of which kind, of what, how it stood from then on, and when."""

    number: int
    uid: str
    kind: Kind
    ref: str
    says: dict[str, Any]
    at: datetime
    secret: str = ""  # of which SHARE_KEY_SECRET its digest is; "" where none was written

    @property
    def cannot_be_found(self) -> bool:
        """Is it named by a digest that was made with another secret than ours?"""
        return self.kind in BY_DIGEST and self.secret not in {"", which_secret()}


def note(kind: Kind, ref: str, **says: Any) -> None:
    """Something is taken away: let the journal know, if our transaction is kept.

    Call it in the transaction that takes it away. If the journal cannot be written, the row waits
    in the database, and what was taken away stays so.
    """
    with transaction.atomic():
        ToJournal.objects.create(kind=kind.value, ref=ref, says=says)
        waits = any(what is move_soon for _, what, *_ in connection.run_on_commit)
        if not waits:
            transaction.on_commit(move_soon)


def move_soon() -> None:
    """Move what waits; if that cannot be done, it waits on."""
    try:
        move_all()
    except Exception as error:  # noqa: BLE001  # what was taken away is done: nobody is told it is not
        log.error("The endings journal was not written: %s", type(error).__name__)


@transaction.atomic
def move() -> int:
    """Move what waits into the journal; how many lines.

    Raises CannotReach, Broken and NotLevel; and KeysDiffer where keys are being changed.

    The mark is held meanwhile, so that lines come one after the other, and it never runs ahead of
    what is done in this database.
    """
    if not ToJournal.objects.exists():
        return 0
    mark = held_mark()
    FieldKey.to_lock_with()  # a line under a key that was let go could never be read
    if standing(mark) is JournalState.NEW:
        begin(mark)
    rows = list(ToJournal.objects.order_by("pk")[:AT_ONCE])

    def following(last: SealedLine | None) -> list[SealedLine]:
        if last is None or last.number != mark.number or _name_of_journal() != mark.journal:
            raise NotLevel
        return [
            _sealed(mark.journal, last.number + more, _said(row))
            for more, row in enumerate(rows, 1)
        ]

    place().add(following)
    ToJournal.objects.filter(pk__in=[row.pk for row in rows]).delete()
    mark.number += len(rows)
    mark.save()
    return len(rows)


def move_all() -> int:
    """Move whatever waits, however much; how many lines."""
    moved = 0
    while more := move():
        moved += more
    return moved


def held_mark() -> JournalMark:
    """How far this database knows the journal. It is held until our transaction is over."""
    JournalMark.objects.get_or_create(pk=1)
    return JournalMark.objects.select_for_update().get(pk=1)


def standing(mark: JournalMark | None = None) -> JournalState:
    """How this database stands to its journal. Raises CannotReach, Broken and KeyIsMissing."""
    mark = mark or JournalMark.objects.filter(pk=1).first() or JournalMark()
    name, last = _name_of_journal(), place().last()
    if last is None or name is None:
        return JournalState.MISSING if mark.journal else JournalState.NEW
    if mark.journal and (name != mark.journal or last.number < mark.number):
        return JournalState.MISSING
    _opened(name, last)
    return (
        JournalState.LEVEL if mark.journal and last.number == mark.number else JournalState.BEHIND
    )


def begin(mark: JournalMark) -> None:
    """Begin a journal, which this database then knows whole."""
    name = codes.new_key()

    def first(last: SealedLine | None) -> list[SealedLine]:
        if last is not None:
            raise NotLevel
        return [_sealed(name, 0, {HEAD: name})]

    place().add(first)
    mark.journal, mark.number = name, 0
    mark.save()


def begin_anew(mark: JournalMark) -> None:
    """Begin another journal, where the one there is cannot be read, or is not this database's."""
    try:
        is_there = place().last() is not None
    except Broken:
        is_there = True
    if is_there:
        place().set_aside()
    begin(mark)


def endings_after(number: int) -> tuple[str, list[Ending]]:
    """The journal's name, and what it tells after this line. Every line of that is checked.

    Raises Broken, CannotReach, KeyIsMissing and FromNewer, which is one of the last.
    """
    name = _name_of_journal()
    if name is None:
        raise Broken
    found = []
    for line in place().lines():
        if line.number > number:
            found.append(_read(line.number, _opened(name, line)))
    return name, found


def _read(number: int, said: dict[str, Any]) -> Ending:
    try:
        read = {"kind": Kind(said["kind"]), "at": datetime.fromisoformat(said["at"])}
        return Ending(number=number, **said | read)
    except (TypeError, ValueError) as error:  # it was sealed by us, so nobody changed it
        raise FromNewer from error


def key_names() -> set[str]:
    """Which of FIELD_KEYS the journal's lines need: none of these may be taken out."""
    return {crypto.key_name_of(_bytes(line)) for line in place().lines()}


@transaction.atomic
def reseal() -> int:
    """Seal anew, under the newest of FIELD_KEYS, what is under an older one; how many lines."""
    held_mark()  # nobody adds a line meanwhile
    newest, name, count = next(iter(settings.FIELD_KEYS)), _name_of_journal() or "", 0

    def lines() -> Iterable[SealedLine]:
        nonlocal count
        for line in place().lines():
            if crypto.key_name_of(_bytes(line)) == newest:
                yield line
            else:
                count += 1
                yield _sealed(name, line.number, _opened(name, line))

    if key_names() - {newest}:
        place().write_anew(lines())
    return count


def check_whole() -> int:
    """Open every line; how many there are. Raises Broken, CannotReach and KeyIsMissing."""
    return len(endings_after(0)[1]) if place().last() else 0


def _said(row: ToJournal) -> dict[str, Any]:
    at = row.at.isoformat()
    said = {"uid": row.uid, "kind": row.kind, "ref": row.ref, "says": row.says, "at": at}
    # Only where it is needed: a version from before this cannot read a line that has it.
    return said | ({"secret": which_secret()} if row.kind in BY_DIGEST else {})


def which_secret() -> str:
    """What tells one SHARE_KEY_SECRET from another, and nothing of either."""
    return codes.digest("", about="which secret")[:16]


def _name_of_journal() -> str | None:
    first = place().first()
    return str(_opened("", first)[HEAD]) if first else None


def _about(journal: str, number: int) -> str:
    """What a line is bound to. The first says which journal it is, and is bound to none."""
    return f"endings.{journal if number else ''}.{number}"


def _sealed(journal: str, number: int, said: dict[str, Any]) -> SealedLine:
    name, key = next(iter(settings.FIELD_KEYS.items()))
    about = _about(journal, number)
    sealed = crypto.seal(json.dumps(said).encode(), key_name=name, key=key, about=about)
    return SealedLine(number, base64.b64encode(sealed).decode())


def _bytes(line: SealedLine) -> bytes:
    try:
        sealed = base64.b64decode(line.sealed, validate=True)
    except ValueError as error:
        raise Broken from error
    if base64.b64encode(sealed).decode() != line.sealed:  # some letters can stand for the same
        raise Broken
    return sealed


def _opened(journal: str, line: SealedLine) -> dict[str, Any]:
    sealed = _bytes(line)
    try:
        if crypto.key_name_of(sealed) not in settings.FIELD_KEYS:
            raise KeyIsMissing
        about = _about(journal, line.number)
        plain = crypto.unseal(sealed, keys=settings.FIELD_KEYS, about=about)
        found: dict[str, Any] = json.loads(plain)
    except (crypto.CannotOpen, ValueError, IndexError) as error:
        raise Broken from error
    return found
