"""Half-typed words."""

import pytest

from profiles.answers import draft_actions
from profiles.answers.actions import Words, save_answer
from profiles.answers.draft_actions import DraftMoved
from profiles.answers.models import Draft
from profiles.answers.old_drafts import close_draft
from profiles.topics.load import load
from tests.factories import make_page, say, texts

pytestmark = pytest.mark.django_db
IMPORTANT = load().topic("important")


def type_(page, text, version="", fresh=""):
    return draft_actions.save_draft(
        profile=page,
        topic=IMPORTANT,
        words=Words(text=text),
        started_from=0,
        version=version,
        fresh=fresh,
    )


def test_typing_on_replaces_the_half_typed_words():
    page = make_page()
    version = type_(page, "Te")
    type_(page, "Tea", version)
    assert Draft.objects.get().text == "Tea"


def test_half_typed_words_are_not_an_answer():
    page = make_page()
    type_(page, "Te")
    assert not page.answers.exists()


def test_a_second_window_never_overwrites_the_first():
    page = make_page()
    first = type_(page, "Te")
    type_(page, "Tea", first)
    with pytest.raises(DraftMoved):
        type_(page, "Coffee", first)
    with pytest.raises(DraftMoved):
        type_(page, "Coffee")
    assert Draft.objects.get().text == "Tea"


def test_a_save_whose_answer_never_came_home_is_no_second_window():
    page = make_page()
    first = type_(page, "Te")
    type_(page, "Tea", first)
    later = type_(page, "Tea first.", first)
    assert Draft.objects.get().text == "Tea first."
    assert Draft.objects.get().version == later


def test_nor_is_it_where_the_words_were_changed_in_their_middle_since():
    page = make_page()
    first = type_(page, "Tea first.")
    type_(page, "Tea at 7 first.", first, fresh="lost")
    assert type_(page, "Milk, and tea first.", f"{first} lost", fresh="next") == "next"
    assert (Draft.objects.get().text, Draft.objects.get().version) == (
        "Milk, and tea first.",
        "next",
    )


def test_a_draft_that_comes_late_takes_nothing_from_what_was_typed_since():
    page = make_page()
    first = type_(page, "Tea first.")
    type_(page, "Milk, and tea first.", f"{first} late", fresh="next")
    with pytest.raises(DraftMoved):
        type_(page, "Tea at 7 first.", first, fresh="late")
    assert Draft.objects.get().text == "Milk, and tea first."


def test_saving_lets_go_of_a_draft_whose_answer_never_came_home():
    page = make_page()
    type_(page, "Tea at 7.", fresh="lost")
    save_answer(
        profile=page,
        topic=IMPORTANT,
        words=Words(text="Tea at 8."),
        started_from=0,
        draft_version="before lost",
    )
    assert not Draft.objects.exists()


def leave_with(page, text, version="", **also):
    draft_actions.keep_aside(
        profile=page,
        topic=IMPORTANT,
        words=Words(text=text, **also),
        started_from=0,
        version=version,
    )


def test_who_leaves_while_a_draft_is_on_its_way_keeps_all_words_once():
    page = make_page()
    type_(page, "Tea")  # and its version never came back
    leave_with(page, "Tea first.")
    assert Draft.objects.get().text == "Tea first."
    assert not page.answers.exists()


def test_so_does_who_changed_the_middle_of_words_that_are_on_their_way():
    page = make_page()
    type_(page, "Tea at 7.", fresh="sent")
    leave_with(page, "Tea at 8.", "before sent")
    assert Draft.objects.get().text == "Tea at 8."
    assert not page.answers.exists()


@pytest.mark.parametrize(("text", "also"), [("Coffee.", {}), ("Tea first.", {"only_me": True})])
def test_who_leaves_takes_nothing_from_another_window(text, also):
    page = make_page()
    type_(page, "Tea")
    leave_with(page, text, **also)
    assert Draft.objects.get().text == text
    assert "Tea" in texts(page, "important")


def test_words_that_make_room_are_kept_to_oneself_where_those_on_the_page_are():
    page = make_page()
    say(page, "important", "Asthma.", only_me=True)
    type_(page, "Tablets.")
    leave_with(page, "Coffee.", only_me=True)
    assert texts(page, "important") == ["Asthma.", "Tablets.", "Asthma."]
    assert not page.answers.for_readers().exists()


def test_old_words_of_a_private_topic_open_nothing_when_they_are_put_away():
    page, health = make_page(), load().topic("health")
    draft_actions.save_draft(
        profile=page, topic=health, words=Words(text="Asthma.", only_me=True), started_from=0,
        version="",
    )  # fmt: skip
    assert close_draft(page.drafts.get())
    assert texts(page, "health") == ["Asthma.", ""]
    assert not page.answers.for_readers().exists()


def test_words_that_are_typed_on_are_not_put_away_as_old():
    page = make_page()
    version = type_(page, "Tea")
    old = page.drafts.get()
    type_(page, "Tea first.", version)
    assert not close_draft(old)
    assert page.drafts.get().text == "Tea first."
    assert not page.answers.exists()


def test_a_save_that_overtakes_the_autosave_leaves_nothing_half_typed():
    page = make_page(important="Tea.")
    assert type_(page, "Tea.") == ""
    assert not Draft.objects.exists()


def test_the_database_holds_no_half_typed_words():
    from django.db import connection

    type_(make_page(), "CNRY")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM profiles_draft")
        assert b"CNRY" not in bytes(cursor.fetchone()[0])
