"""The database itself refuses to change or remove what is only ever added to."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.answers.models import Answer, Edition
from profiles.core.append_only import AppendOnly
from profiles.door.door import open_through
from profiles.door.paper_codes import hand_over
from profiles.pages import actions
from profiles.pages.models import Profile, Tombstone
from profiles.photos import actions as photo_actions
from profiles.photos.models import AnswerPhoto, Photo
from profiles.reading.actions import introduce
from profiles.review import actions as review_actions
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import ConsentEvent, Share
from profiles.supporters.decision_actions import write_down
from profiles.topics.load import load
from profiles.workers.models import PromiseEvent
from profiles.workers.promise_actions import say_what_became
from tests.factories import (
    make_page,
    make_promise,
    make_share,
    make_supporter,
    make_user,
    put_beside,
)
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db

GUARDED = {
    *(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)),
    "profiles_edition_answers",
}


VERBS = ["UPDATE {} SET id = id", "DELETE FROM {}"]
if connection.vendor == "sqlite":  # the other has no such word
    VERBS.append("REPLACE INTO {0} SELECT * FROM {0}")


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def triggers() -> set[str]:
    """Every trigger of ours in the database, as table and verb."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def full_page() -> Profile:
    """A page with a row in each table that is guarded."""
    page = make_page(make_user(), call_me="Ana", important="Tea first.")
    photo_actions.add_photo(profile=page, whole=as_file(corners()), alt="Ana")
    put_beside(page, "important")
    share = make_share(page)
    decided = Decided(mode=Mode.FOR_ME, decided_by="Dr Rees")
    dee = make_user("dee@example.org")
    write_down(
        profile=page,
        supporter=make_supporter(page, dee),
        by=dee,
        about="This page.",
        tried="Time.",
        decided=decided,
    )
    reader = Reader(name="Priya")
    introduce(share=share, reader=reader)
    promise = make_promise(share)
    assert page.owner
    say_what_became(promise=promise, by=page.owner, said=PromiseEvent.Kind.DONE)
    opened = open_through(share, reader=reader, channel=Channel.PAPER)
    assert opened
    review = review_actions.begin(profile=page)
    review_actions.not_now(review=review, page=page, topic=load().topic("important"))
    assert hand_over(opened, reader=reader, code="7KQ3M9XT")
    return page


@pytest.mark.parametrize("table", sorted(GUARDED))
def test_every_table_that_is_only_added_to_has_its_triggers(table):
    assert {f"{table}_only_added_to_{verb}" for verb in ("update", "delete")} <= triggers()


@pytest.mark.usefixtures("full_page")
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_changes_or_removes_a_row_not_even_in_sql(verb):
    taken = []
    for table in sorted(GUARDED):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0], f"this test needs a row in {table}"
        try:
            run(verb.format(table))
        except DatabaseError as refused:
            assert "only ever added to" in str(refused), table
        else:
            taken.append(table)
    assert taken == []


def test_deleting_the_page_lets_them_go_and_leaves_a_stone_that_says_nothing(full_page):
    actions.delete_page(profile=full_page)
    gone = (Answer, AnswerPhoto, ConsentEvent, Edition, Photo, Profile, Share)
    assert not any(model.objects.exists() for model in gone)
    stone = Tombstone.objects.get()
    assert {field.name for field in stone._meta.fields} == {"page", "left_at"}


def test_deleting_one_page_lets_go_of_no_other(full_page):
    other = make_page(call_me="Bo")
    actions.delete_page(profile=full_page)
    with pytest.raises(DatabaseError, match="only ever added to"):
        run("DELETE FROM profiles_answer")
    assert other.answers.count() == 1


def test_a_page_cannot_go_by_another_way(full_page):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        full_page.delete()
    assert full_page.answers.count() == 3
