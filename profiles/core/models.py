"""What the house itself has to remember."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from profiles.core import codes


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
