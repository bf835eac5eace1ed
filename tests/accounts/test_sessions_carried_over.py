"""What becomes of the sessions in Django's own table: a visitor finds their page again."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import connection
from django.test import Client
from django.utils import timezone

from profiles.accounts.models import Session
from profiles.pages.decorators import VISITORS_PAGES
from tests.factories import make_page

migration = importlib.import_module("profiles.migrations.0016_sessions")
TABLE = (
    "CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text, "
    "expire_date {moment})"
)


@pytest.fixture
def old_table():
    moment = "timestamp with time zone" if connection.vendor == "postgresql" else "datetime"
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(moment=moment))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_session")


def kept_before(key: str, days: int, **known) -> None:
    ends = connection.ops.adapt_datetimefield_value(timezone.now() + timedelta(days=days))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session VALUES (%s, %s, %s)",
            [key, db.SessionStore().encode(known), ends],
        )


def carry_over() -> None:
    with connection.schema_editor() as editor:
        migration.carry_over(apps, editor)


@pytest.mark.django_db(transaction=True)
def test_a_visitor_finds_their_page_again_and_nobody_is_signed_in(ana, old_table):
    page = make_page(call_me="Jo")
    kept_before("a-visitors-key", 5, **{VISITORS_PAGES: [page.key]})
    kept_before("a-members-key", 5, _auth_user_id=str(ana.pk), pages=[page.key])
    kept_before("over", -1, **{VISITORS_PAGES: [page.key]})
    kept_before("empty", 5)
    carry_over()
    assert Session.objects.count() == 1
    jo = Client()
    jo.cookies[settings.SESSION_COOKIE_NAME] = "a-visitors-key"
    assert 'Hello <span class="stroke">Jo<' in jo.get("/me/").content.decode()


@pytest.mark.django_db
def test_without_that_table_there_is_nothing_to_do():
    migration.carry_over(apps, type("Editor", (), {"connection": connection}))
    assert not Session.objects.exists()
