"""Changing the keys that lock everybody's keys, while the site serves on any number of machines.

A key goes the way of four steps: it is added everywhere as the last of FIELD_KEYS, moved to the
front, put in the place of the old one in all that has locked, and only then is the old one let go.
See docs/decisions/0038-a-key-goes-last.md.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from profiles.accounts.models import DataKey
from profiles.core import crypto, journal, security_log
from profiles.core.journal import KeyIsMissing
from profiles.core.journal_places import Broken, CannotReach
from profiles.core.models import FieldKey, GoneFieldKey, KeyHolder, KeysDiffer
from profiles.core.security_log import Event

Keys = Mapping[str, bytes]
AT_ONCE: Final = 500  # that are read, and wrapped again in one transaction
FIRST: Final = UUID(int=0)  # before every number there is


class NotYet(Exception):
    """A step that is not to be taken now. Its message is a sentence that says why."""


@dataclass(frozen=True)
class Lot:
    """Keys that were wrapped again, and those that did not open; how many."""

    wrapped: int
    unopened: int


def next_step() -> str:
    """What is to be done next: add, promote, rewrap or retire.

    Raises KeysDiffer where FIELD_KEYS lack one that is in use: whoever is told a step there takes
    it with the keys of before.
    """
    newest, *others = settings.FIELD_KEYS
    in_use = FieldKey.names()
    if not in_use <= settings.FIELD_KEYS.keys():
        raise KeysDiffer
    if not others:
        return "add"
    last = others[-1]
    if last not in in_use:
        return "retire" if GoneFieldKey.objects.filter(pk=last).exists() else "promote"
    if FieldKey.objects.latest("used_since").name != newest:
        return "promote"  # done, but FIELD_KEYS do not say so yet
    return "rewrap" if DataKey.objects.not_under(newest).exists() else "retire"


def add() -> Keys:
    """FIELD_KEYS with one that is new, as the last: nothing is locked with it yet.

    Its name is random: two that are made on one day have two.
    """
    _only_if_next("add")
    FieldKey.to_lock_with()
    return {**settings.FIELD_KEYS, secrets.token_hex(4): crypto.new_key()}


def promote() -> Keys:
    """FIELD_KEYS with the last one in front. It is in use from now on."""
    _only_if_next("promote")
    *others, new = settings.FIELD_KEYS
    lacking = sum(new not in holder.names for holder in KeyHolder.objects.here_now())
    if lacking:
        raise NotYet(_still(lacking, "does not know the new key", "do not know the new key"))
    if FieldKey.objects.get_or_create(name=new)[1]:
        security_log.note(Event.KEY_IN_USE, key=new)
    return {name: settings.FIELD_KEYS[name] for name in (new, *others)}


def rewrap() -> Iterator[Lot]:
    """Wrap every key under the newest of FIELD_KEYS, some at a time.

    Stopped half-way, it goes on where it was. One that does not open stays as it is.
    """
    newest = _newest_everywhere()
    left, last = DataKey.objects.not_under(newest).order_by("pk"), FIRST
    while lot := list(left.filter(pk__gt=last)[:AT_ONCE]):
        yield _wrapped(lot, newest)
        last = lot[-1].pk


def reseal_journal() -> int:
    """Seal the lines of the endings journal under the newest of FIELD_KEYS; how many.

    NotYet where it cannot be: then an old key is still needed.
    """
    _newest_everywhere()
    with _of_the_journal():
        return journal.reseal()


@contextmanager
def _of_the_journal() -> Iterator[None]:
    try:
        yield
    except (Broken, CannotReach, KeyIsMissing):
        raise NotYet(
            "The endings journal cannot be read or written: ask manage.py doctor first."
        ) from None


@transaction.atomic
def _wrapped(lot: list[DataKey], name: str) -> Lot:
    wrapped = unopened = 0
    for key in lot:
        try:
            wrapped += key.rewrap(name)
        except crypto.CannotOpen:
            unopened += 1
    return Lot(wrapped, unopened)


@transaction.atomic
def retire() -> Keys:
    """FIELD_KEYS with the newest alone: the others are let go, for ever.

    NotYet while one of them locks anything: that is the database's own refusal.
    """
    newest = _newest_everywhere()
    old = [name for name in settings.FIELD_KEYS if name != newest]
    if not old:
        raise NotYet("There is no old key here to let go.")
    journal.held_mark()  # nobody adds a line under an old key meanwhile
    with _of_the_journal():
        needed = journal.key_names()
    if needed & {*old}:
        raise NotYet("The endings journal still needs an old key. Take the step rewrap first.")
    try:
        with transaction.atomic():
            FieldKey.objects.filter(pk__in=old).delete()
            # Now, not at the end: something may have been locked since it was looked for.
            connection.check_constraints([DataKey._meta.db_table])
    except (IntegrityError, ProtectedError):
        raise NotYet("An old key still locks something. Take the step rewrap first.") from None
    for name in old:
        if GoneFieldKey.objects.get_or_create(name=name)[1]:
            security_log.note(Event.KEY_GONE, key=name)
    return {newest: settings.FIELD_KEYS[newest]}


def _only_if_next(step: str) -> None:
    if (following := next_step()) != step:
        raise NotYet(f"This is not the next step. It is: {following}.")


def _newest_everywhere() -> str:
    """The newest of FIELD_KEYS, if every process that is here locks with it."""
    newest = FieldKey.to_lock_with()
    if next_step() == "promote":  # else retire would let the new one go, and the old one stay
        raise NotYet("The new key is not in front here. Take the step promote first.")
    others = sum(holder.names[0] != newest for holder in KeyHolder.objects.here_now())
    if others:
        raise NotYet(_still(others, "locks with an old key", "lock with an old key"))
    return newest


def _still(count: int, one: str, more: str) -> str:
    processes = f"1 process {one}" if count == 1 else f"{count} processes {more}"
    return f"{processes}. Start again all that serve. One that was killed counts for 2 minutes."
