"""Sessions in a table of our own, which holds no key that a browser could send.

Django's own table goes: the keys in its rows could be sent, and a code could be read in them. So
everybody signs in once more.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0011_words_of_the_house")]

    operations = [
        migrations.CreateModel(
            "Session",
            [
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("browser", models.CharField(blank=True, max_length=60)),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            {"abstract": False, "verbose_name": "session", "verbose_name_plural": "sessions"},
        ),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
