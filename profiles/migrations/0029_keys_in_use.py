"""Which of FIELD_KEYS are in use is written down, and on each key which one locks it."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from profiles.core import crypto

AT_ONCE = 1_000


def write_down(apps: Any, schema_editor: Any) -> None:
    """In use are those that lock something, and the newest. The others were left from a change."""
    DataKey, FieldKey, Gone = (
        apps.get_model("profiles", name) for name in ("DataKey", "FieldKey", "GoneFieldKey")
    )
    keys, now = DataKey.objects.order_by("pk"), timezone.now()
    names = {crypto.key_name_of(bytes(each)) for each in _wrapped(keys)}
    if not names:
        return
    newest, *others = settings.FIELD_KEYS
    for name in names - {newest}:
        FieldKey.objects.create(name=name, used_since=now - timedelta(seconds=1))
    FieldKey.objects.create(name=newest, used_since=now)
    Gone.objects.bulk_create([Gone(name=name) for name in others if name not in names])
    lot = []
    for key in keys.iterator(chunk_size=AT_ONCE):
        key.field_key_id = crypto.key_name_of(bytes(key.wrapped))
        lot.append(key)
        if len(lot) == AT_ONCE:
            DataKey.objects.bulk_update(lot, ["field_key"])
            lot = []
    DataKey.objects.bulk_update(lot, ["field_key"])
    if schema_editor.connection.vendor == "postgresql":  # else the table cannot be altered after it
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _wrapped(keys: Any) -> Any:
    return keys.values_list("wrapped", flat=True).iterator(chunk_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0028_runs")]

    operations = [
        migrations.CreateModel(
            "FieldKey",
            [
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "used_since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            "GoneFieldKey",
            [
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "gone_since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.CreateModel(
            "KeyHolder",
            [
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("keys", models.TextField()),
                (
                    "seen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.AddField(
            "datakey",
            "field_key",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="data_keys",
                to="profiles.fieldkey",
            ),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
        migrations.AlterField(
            "datakey",
            "field_key",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="data_keys",
                to="profiles.fieldkey",
            ),
        ),
    ]
