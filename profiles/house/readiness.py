"""Can the site do its work? Each thing that it needs is tried, and what is missing is said."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from profiles.core import cached, copies, journal
from profiles.core.clock import APART
from profiles.core.crypto import CannotOpen
from profiles.core.logs import in_a_line
from profiles.core.models import FieldKey, last_success, note_success
from profiles.core.versions import is_newer, newest_here
from profiles.house.replay import catch_up, is_level
from profiles.notices import keeping
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing.models import ConsentEvent

log = logging.getLogger(__name__)
TIDY: Final = "tidy"
TIDIED_WITHIN: Final = timedelta(days=3)
NEARLY_FULL: Final = copies.LEFT_FREE
CANNOT_BE_ASKED: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN}
LIMITS_SET: Final = """SELECT count(*) FROM pg_settings
    WHERE name IN ('lock_timeout', 'statement_timeout') AND setting <> '0'"""


def faults() -> list[str]:
    """What keeps the site from its work, in sentences; empty where nothing does.

    A database that is away, or is locked, is asked once. Else all that is in it would be called
    missing; and where each question waits, whoever asks every few seconds would hold every thread.
    """
    missing, is_away = [], False
    for sentence, works in NEEDED.items():
        if is_away and works not in WITHOUT_DATABASE:
            continue
        try:
            is_there = _tried(works)
        except Exception as fault:  # noqa: BLE001  # whatever breaks is what is looked for
            log.error("%s: %s", works.__name__, in_a_line(fault))
            is_there, is_away = False, is_away or _is_away(fault)
        if not is_there:
            missing.append(sentence)
            is_away = is_away or works is has_tables  # else whatever is in them is missing too
    return missing


def late() -> list[str]:
    """What waits too long, in sentences. It closes no machine: while emails wait, people can still
    write, read, print and stop; were every machine taken out for it, they could do none of that.
    """
    now = timezone.now()
    try:
        return keeping.late(now) + _not_tidied(now)
    except DatabaseError:  # it is among the faults already
        return []


def _not_tidied(now: datetime) -> list[str]:
    """That nobody has lately let go of what we promise to let go of, where there is a page."""
    tidied = last_success(TIDY)
    began = tidied or Profile.objects.order_by("pk").values_list("made_at", flat=True).first()
    if began is None or began > now - TIDIED_WITHIN:
        return []
    since = f"since {timezone.localdate(tidied)}" if tidied else "yet"
    return [f"tidy was not done whole {since}, and is to be every day: run manage.py tidy."]


def _tried(works: Callable[[], bool]) -> bool:
    """Is this as it should be? What breaks in the database is undone before the next is tried."""
    with nullcontext() if works in WITHOUT_DATABASE else transaction.atomic():
        return works()


def _is_away(fault: Exception) -> bool:
    """Can the database not be asked at all, or not in time? What it lacks it says at once."""
    if connection.vendor == "sqlite":
        code: int = getattr(fault.__cause__, "sqlite_errorcode", 0)
        return code & 0xFF in CANNOT_BE_ASKED  # what is above that says more of the same
    return isinstance(fault, (OperationalError, InterfaceError))


def can_write() -> bool:
    """Does the database take a row? It is taken back at once."""
    if not has_tables():
        return True  # there is nowhere to write yet, which is said next
    with transaction.atomic():
        note_success("ready", at=timezone.now())
        transaction.set_rollback(True)
    return True


def has_tables() -> bool:
    """Has the database ever been ours? One that is empty may be the wrong one, and new keys or
    tables would be the wrong thing to give it.
    """
    return bool(newest_here())


def gives_up() -> bool:
    """Does the database give up on what waits, or is at work, for too long?"""
    if connection.vendor != "postgresql":
        return True  # SQLite is told by each of us
    with connection.cursor() as cursor:
        cursor.execute(LIMITS_SET)
        return bool(cursor.fetchone() == (2,))


def is_migrated() -> bool:
    """Has the database every table and column that this version knows?"""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_no_newer() -> bool:
    """Is the database not from a newer version, whose rules this one does not know?"""
    return not is_newer(newest_here())


def cache_keeps() -> bool:
    """Does the cache, in which tries are counted, give back what it was given?"""
    cache.set("ready", "yes", 60)
    return bool(cache.get("ready") == "yes")


def cache_keeps_to_the_end() -> bool:
    """Does the cache let go of no count before its time?"""
    return cached.keeps_to_the_end()


def keys_open() -> bool:
    """Are our keys those in use, and does each open the first page that it locks, or the last?

    One page that does not open closes no machine: people can still use all the others.
    """
    in_use = FieldKey.names()
    if in_use:  # else nothing is locked yet, and whoever begins a page decides
        FieldKey.to_lock_with()
    return all(_opens_one(name) for name in in_use)


def _opens_one(name: str) -> bool:
    pages = Profile.objects.filter(data_key__field_key=name).select_related("data_key")
    ends = filter(None, [pages.order_by("pk").first(), pages.order_by("pk").last()])
    opened = [_opens(page) for page in ends]  # each is looked at: one that does not is told
    return not opened or any(opened)


def _opens(page: Profile) -> bool:
    try:
        return bool(page.data_key.secret)
    except CannotOpen:
        log.error("Page %s does not open.", page.pk)
        return False


def has_room() -> bool:
    """Is there room on the disk that the site stands on, and on that of its database?"""
    places = [settings.BASE_DIR]
    if connection.vendor == "sqlite":
        places.append(Path(connection.settings_dict["NAME"]).parent)
    return all(shutil.disk_usage(place).free > NEARLY_FULL for place in places)


def has_static_files() -> bool:
    """Can a page say where its stylesheet is?"""
    return bool(staticfiles_storage.url("css/site.css"))


def can_print() -> bool:
    """Is there a process that makes PDFs?"""
    return printing.can_print()


def clock_goes_on() -> bool:
    """Is it later than what was written down last?

    Where the database's machine has the time that we have, it is that clock which ran ahead: it was
    set right since, and nobody has decided anything from then on.
    """
    last = ConsentEvent.objects.order_by("-pk").values_list("happened_at", flat=True).first()
    if last is None or last <= timezone.now() + APART:
        return True
    return connection.vendor == "postgresql" and abs(_ahead_of_database()) <= APART


def clock_is_not_ahead() -> bool:
    """Has the database's machine the time that we have, or a later one?

    What is ended by a clock that runs ahead stays ended. SQLite is on our own machine.
    """
    return connection.vendor != "postgresql" or _ahead_of_database() <= APART


def _ahead_of_database() -> timedelta:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    return timezone.now() - theirs


def endings_are_kept() -> bool:
    """Is all that was taken away done here, and written in the journal beside the database?

    What is not is done now: whoever waits for us to be ready lets nobody in who would ask for it.
    """
    if not is_level():
        catch_up()
    journal.move_all()
    return is_level()


NEEDED: Final[dict[str, Callable[[], bool]]] = {
    "The database cannot be written to.": can_write,
    "The database is empty: is it the right one? If this site is new, run manage.py migrate.": (
        has_tables
    ),
    "The database waits for ever: its role needs lock_timeout and statement_timeout.": gives_up,
    "The database is not as this version knows it: run manage.py migrate.": is_migrated,
    "The database is from a newer version of the program than this one.": is_no_newer,
    "The cache does not keep what it is given.": cache_keeps,
    "The cache may let go of counts too soon: set maxmemory-policy noeviction.": (
        cache_keeps_to_the_end
    ),
    "FIELD_KEYS do not open what is in the database.": keys_open,
    "The disk is nearly full.": has_room,
    "The static files are missing: run manage.py collectstatic.": has_static_files,
    "No process makes PDFs.": can_print,
    "The endings journal cannot be read or written.": endings_are_kept,
    "The clock is behind what was written down last.": clock_goes_on,
    "The clock is ahead of the database’s.": clock_is_not_ahead,
}
WITHOUT_DATABASE: Final = {has_room, has_static_files, can_print}
