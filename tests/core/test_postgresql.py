"""What PostgreSQL cannot be asked as usual: Django and psycopg leave that to whoever asks."""

from contextlib import closing

import pytest
from django.db import NotSupportedError, connection

from profiles.answers.models import Answer
from tests.factories import make_page

pytestmark = pytest.mark.django_db

TOO_MANY = 65_536  # values, to stand beside the words of a question


def test_as_many_rows_can_be_named_as_there_are():
    make_page(important="Tea first.")
    numbers = [*range(-TOO_MANY, 0), *Answer.objects.values_list("pk", flat=True)]
    assert Answer.objects.filter(pk__in=numbers).count() == 1


def test_they_are_sent_as_they_are():
    page = make_page(important="Tea first.")
    signs = ["100%s", "it's", '"', "\\", "é", "' OR '1'='1", "important"]
    named = Answer.objects.filter(topic__in=signs, number__in=range(TOO_MANY))
    assert [answer.profile_id for answer in named] == [page.pk]


@pytest.mark.django_db(transaction=True)
def test_where_a_column_changes_its_kind_only_one_question_fails():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans anew by itself")

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM words WHERE word <> %s", ["tea"])
            return cursor.fetchall()

    with closing(connection.copy()) as another, another.cursor() as elsewhere:
        elsewhere.execute("CREATE TABLE words (word varchar(4))")
        try:
            assert [ask() for _ in range(6)] == [[]] * 6
            elsewhere.execute("ALTER TABLE words ALTER COLUMN word TYPE varchar(8)")
            with pytest.raises(NotSupportedError):
                ask()
            assert ask() == []
        finally:
            elsewhere.execute("DROP TABLE words")
            connection.close()  # the next test begins with one that plans once
