"""The table of the cache, which Django makes by a command of its own: `migrate` is enough now."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps: Any, schema_editor: Any) -> None:
    """Make it, unless it is there: before this, it was made by hand at each version."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0009_reminds_me")]

    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
