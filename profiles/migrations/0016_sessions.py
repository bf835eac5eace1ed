"""Sessions in a table of our own, which holds no key that a browser could send.

Django's own table goes: the keys in its rows could be sent, and a code could be read in them. So
everybody signs in once more. Visitors have no account to sign in to: what their sessions hold is
the only way to their pages, so those are carried over, each under the digest of its key.
"""

from datetime import UTC
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import migrations, models
from django.utils import timezone

from profiles.accounts.sessions import SessionStore, kept_as

READ = "SELECT session_key, session_data, expire_date FROM django_session WHERE expire_date > %s"


def carry_over(apps: Any, schema_editor: Any) -> None:
    """Keep the sessions of visitors who have begun a page."""
    connection = schema_editor.connection
    sessions = apps.get_model("profiles", "Session").objects
    with connection.cursor() as cursor:
        if "django_session" not in connection.introspection.table_names(cursor):
            return
        cursor.execute(READ, [connection.ops.adapt_datetimefield_value(timezone.now())])
        rows = cursor.fetchall()
    for key, data, ends in rows:
        known = db.SessionStore().decode(data)
        if known.get("pages") and "_auth_user_id" not in known:
            sessions.create(
                session_key=kept_as(key),
                session_data=SessionStore(key).encode(known),
                expire_date=ends if timezone.is_aware(ends) else timezone.make_aware(ends, UTC),
            )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0015_when_a_link_was_emailed")]

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
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
