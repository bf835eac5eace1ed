"""Whether a share has ended is written on it. Of those whose end is in the ledger, it is put there.

But not of one that its person made longer after that: that was a decision of theirs, and newer.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def write_on_shares(apps: Any, schema_editor: Any) -> None:
    """Of each share whose end is in the ledger, write on it that it is over."""
    given = apps.get_model("profiles", "Share").objects.filter(ended_at=None)
    noted = given.filter(events__kind="expired", events__happened_at=F("ends_at"))
    given.filter(pk__in=noted.values("pk")).update(ended_at=F("ends_at"))


class Migration(migrations.Migration):
    dependencies = [("profiles", "0026_last_look_of_a_helper")]

    operations = [
        migrations.AddField("share", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(write_on_shares, migrations.RunPython.noop),
    ]
