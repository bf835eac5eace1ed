"""More values in a question than PostgreSQL takes beside its words: Django does not count them."""

import pytest

from profiles.answers.models import Answer
from tests.factories import make_page

pytestmark = pytest.mark.django_db

TOO_MANY = 65_536


def test_as_many_rows_can_be_named_as_there_are():
    make_page(important="Tea first.")
    numbers = [*range(-TOO_MANY, 0), *Answer.objects.values_list("pk", flat=True)]
    assert Answer.objects.filter(pk__in=numbers).count() == 1


def test_they_are_sent_as_they_are():
    page = make_page(important="Tea first.")
    signs = ["100%s", "it's", '"', "\\", "é", "' OR '1'='1", "important"]
    named = Answer.objects.filter(topic__in=signs, number__in=range(TOO_MANY))
    assert [answer.profile_id for answer in named] == [page.pk]
