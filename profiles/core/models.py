"""What the house itself has to remember."""

import uuid
from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from profiles.core import codes

BEAT: Final = 30  # seconds between two times that a process says that it is here
STILL_HERE: Final = timedelta(seconds=4 * BEAT)  # whoever said nothing for so long is gone
LONG_GONE: Final = timedelta(days=1)


class Run(models.Model):
    """When something that is run by the clock was last done whole, for whoever watches over us."""

    name = models.CharField(max_length=40, primary_key=True)
    succeeded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"run {self.name}"


def note_success(name: str, *, at: datetime) -> None:
    """Keep when this was done whole; it began at that moment."""
    Run.objects.update_or_create(name=name, defaults={"succeeded_at": at})


def last_success(name: str) -> datetime | None:
    """When this was last done whole; None if it never was."""
    return Run.objects.filter(name=name).values_list("succeeded_at", flat=True).first()


class ToJournal(models.Model):
    """What was taken away, on its way into the endings journal: written with it, or not at all.

    It goes from here once the journal has it. `uid` is in the journal too: so a line that was
    written, and whose row was not let go of any more, is known again.
    """

    uid = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    kind = models.CharField(max_length=12)
    ref = models.CharField(max_length=80)
    says = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} for the journal"


class JournalMark(models.Model):
    """How far this database knows the endings journal, and which one: there is one row.

    A copy of the database takes its mark along: by it, one that is older than the journal is known.
    """

    journal = models.CharField(max_length=32, blank=True)  # "": none was begun
    number = models.BigIntegerField(default=0)  # of the last line whose ending is done here

    def __str__(self) -> str:
        return f"line {self.number} of journal {self.journal}"


class KeysDiffer(Exception):
    """This process has other keys than are in use here, so nothing new may be locked by it."""


class FieldKey(models.Model):
    """One of FIELD_KEYS that is in use, by its name.

    The database lets none go that locks something, and nothing be locked with one that is gone.
    See docs/decisions/0038-a-key-goes-last.md.
    """

    name = models.CharField(max_length=40, primary_key=True)
    used_since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"field key {self.name}"

    @classmethod
    def names(cls) -> set[str]:
        """The keys that something may be locked with; none, where nothing was locked yet."""
        return set(cls.objects.values_list("pk", flat=True))

    @classmethod
    def to_lock_with(cls) -> str:
        """The name of the key that whatever is new is locked with: the newest of FIELD_KEYS.

        The first of all puts itself in use. Raises KeysDiffer if it is not in use, or if one that
        is in use is not among ours: somebody changes keys, and this process has not heard of it.
        """
        newest, in_use = next(iter(settings.FIELD_KEYS)), cls.names() or cls._first_of_all()
        if newest not in in_use or not in_use <= settings.FIELD_KEYS.keys():
            raise KeysDiffer("FIELD_KEYS are not the keys in use. See manage.py rotate_keys.")
        return newest

    @classmethod
    def _first_of_all(cls) -> set[str]:
        try:
            with transaction.atomic():
                return {cls.objects.create(name=next(iter(settings.FIELD_KEYS))).pk}
        except IntegrityError:  # somebody else was first
            return cls.names()


class GoneFieldKey(models.Model):
    """The name of one of FIELD_KEYS that was let go. It is not taken for a new one."""

    name = models.CharField(max_length=40, primary_key=True)
    gone_since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"field key {self.name}, which is gone"


class KeyHolderQuerySet(models.QuerySet["KeyHolder"]):
    """Processes, in the words of those who ask. The time is the database's: all have the same."""

    def here_now(self) -> Self:
        """Those that said so a short while ago."""
        return self.filter(seen_at__gt=Now() - STILL_HERE)

    def long_gone(self) -> Self:
        """Those that have said nothing for a day."""
        return self.filter(seen_at__lte=Now() - LONG_GONE)


class KeyHolder(models.Model):
    """A process that serves people, and the names of the FIELD_KEYS it has, newest first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keys = models.TextField()
    seen_at = models.DateTimeField(db_default=Now())

    objects = KeyHolderQuerySet.as_manager()

    def __str__(self) -> str:
        return f"key holder {self.pk}"

    @property
    def names(self) -> list[str]:
        return self.keys.split(",")
