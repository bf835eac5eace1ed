"""What the house itself has to remember."""

from datetime import datetime

from django.db import models


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
