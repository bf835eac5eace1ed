"""Is a database, or a copy of one, from a newer version of the program than this?"""

import pkgutil
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from profiles import migrations

APP: Final = "profiles"
RAN: Final = "django_migrations"  # Django's own table of which migrations were run


def is_newer(migration: str) -> bool:
    """Is a migration of ours newer than all that this version knows? They are numbered.

    One that is older and not here was made a part of another.
    """
    return migration > max(module.name for module in pkgutil.iter_modules(migrations.__path__))


def newest_here() -> str:
    """The newest migration of ours that was run on our database; "" if none was."""
    ran = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in ran if app == APP), default="")
