import django.utils.timezone
from django.db import migrations, models

import profiles.core.codes


class Migration(migrations.Migration):
    dependencies = [("profiles", "0031_kept_archives")]

    operations = [
        migrations.CreateModel(
            name="ToJournal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=profiles.core.codes.new_key,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("ref", models.CharField(max_length=80)),
                ("says", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="JournalMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("journal", models.CharField(blank=True, max_length=32)),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField("share", "restored_at", models.DateTimeField(blank=True, null=True)),
    ]
