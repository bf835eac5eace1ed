"""When a share's link was emailed to its worker: the page says so, and no more than that.

Of shares that stand, it was said that the link was sent when they were given.
"""

from typing import Any

from django.db import migrations, models


def as_was_said(apps: Any, schema_editor: Any) -> None:
    """What was said until now."""
    shares = apps.get_model("profiles", "Share").objects.filter(kind="worker")
    shares.exclude(given_at=None).update(emailed_at=models.F("given_at"))


class Migration(migrations.Migration):
    dependencies = [("profiles", "0014_passcodes_are_numbered")]

    operations = [
        migrations.AddField(
            model_name="share",
            name="emailed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(as_was_said, migrations.RunPython.noop),
    ]
