"""Rows that are written once: answers, photos, editions and looks.

They go only when the person deletes their page: a cascade from the profile does not pass here.
"""

from typing import Any, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class NeverChanges(Exception):
    """Somebody tried to change or remove a row that is only ever added to."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Refuses to change or remove many rows, as AppendOnly refuses for one."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanges(f"{self.model._meta.verbose_name} is only ever added to.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(f"{self.model._meta.verbose_name} is only ever added to.")

    def delete(self) -> NoReturn:
        raise NeverChanges(f"{self.model._meta.verbose_name} is only ever added to.")

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(f"{self.model._meta.verbose_name} is only ever added to.")


class AppendOnly(models.Model):
    """A row that is written once, and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanges(f"{self._meta.verbose_name} is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges(f"{self._meta.verbose_name} is only ever added to.")
