"""Saving what somebody said."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from profiles.answers import actions, draft_actions
from profiles.answers.actions import Conflict, Words
from profiles.answers.models import Draft
from profiles.topics.load import load
from tests.factories import make_page, say, texts

pytestmark = pytest.mark.django_db
IMPORTANT = load().topic("important")


def test_every_save_is_a_new_row_and_the_newest_is_current():
    page = make_page(important="Tea.")
    say(page, "important", "Coffee.")
    assert texts(page, "important") == ["Tea.", "Coffee."]
    assert [answer.text for answer in page.answers.current()] == ["Coffee."]


def test_saving_the_same_words_again_adds_nothing():
    page = make_page(important="Tea.")
    say(page, "important", "Tea.")
    assert page.answers.count() == 1


def test_clearing_is_a_row_too_so_the_words_can_come_back():
    page = make_page(important="Tea.")
    cleared = say(page, "important", "")
    assert cleared.is_clear
    assert not page.answers.current().exists()
    assert texts(page, "important") == ["Tea.", ""]


def test_saving_nothing_under_a_new_topic_adds_nothing():
    page = make_page()
    assert say(page, "important", "") is None
    assert not page.answers.exists()


def test_two_windows_that_save_at_once_meet_and_nothing_is_lost():
    page = make_page(important="Tea.")
    actions.save_answer(profile=page, topic=IMPORTANT, words=Words(text="Coffee."), started_from=1)
    with pytest.raises(Conflict) as conflict:
        actions.save_answer(
            profile=page, topic=IMPORTANT, words=Words(text="Milk."), started_from=1
        )
    assert conflict.value.theirs.text == "Coffee."
    assert texts(page, "important") == ["Tea.", "Coffee."]


def test_a_double_press_saves_once_and_is_no_conflict():
    page = make_page(important="Tea.")
    for _ in range(2):
        actions.save_answer(
            profile=page, topic=IMPORTANT, words=Words(text="Coffee."), started_from=1
        )
    assert texts(page, "important") == ["Tea.", "Coffee."]


@pytest.mark.parametrize(
    "choice, now",
    [("mine", "Milk."), ("theirs", "Coffee."), ("both", "Coffee.\nMilk.")],
)
def test_whichever_is_chosen_both_texts_stay(choice, now):
    page = make_page(important="Coffee.")
    actions.settle(
        profile=page,
        topic=IMPORTANT,
        mine=Words(text="Milk."),
        choice=choice,
        started_from=1,
    )
    assert page.answers.current().get().text == now
    history = "\n".join(texts(page, "important"))
    assert "Coffee." in history and "Milk." in history


def test_an_answer_of_4000_letters_is_kept_whole():
    page = make_page(important="x" * 4_000)
    assert page.answers.get().text == "x" * 4_000


@pytest.mark.parametrize(
    "topic, text, reason",
    [
        ("important", "x" * 4_001, "The most we can keep here is 4,000"),
        ("must_know", "a\nb\nc\nd", "You wrote 4 lines"),
        ("important", "a\x00b", "a letter in your words that we cannot keep"),
        ("important", "a\ud800b", "a letter in your words that we cannot keep"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(topic, text, reason):
    page = make_page()
    with pytest.raises(PermissionDenied, match=reason):
        say(page, topic, text)
    assert not page.answers.exists()


def test_saving_lets_go_of_this_windows_half_typed_words_only():
    page = make_page()
    version = draft_actions.save_draft(
        profile=page, topic=IMPORTANT, words=Words(text="Te"), started_from=0, version=""
    )
    actions.save_answer(
        profile=page,
        topic=IMPORTANT,
        words=Words(text="Milk."),
        started_from=0,
        draft_version="another window's",
    )
    assert Draft.objects.get().text == "Te"
    actions.save_answer(
        profile=page,
        topic=IMPORTANT,
        words=Words(text="Tea."),
        started_from=1,
        draft_version=version,
    )
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_lose_nothing():
    page = make_page()
    refused: list[str] = []

    def write(name: int) -> None:
        try:
            for turn in range(5):
                text = f"{name}.{turn}"
                newest = page.answers.about("important").values_list("number", flat=True).first()
                try:
                    actions.save_answer(
                        profile=page,
                        topic=IMPORTANT,
                        words=Words(text=text),
                        started_from=newest or 0,
                    )
                except Conflict:
                    refused.append(text)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = texts(page, "important")
    assert len(kept) == len(set(kept))
    assert sorted(kept + refused) == sorted(f"{n}.{t}" for n in range(8) for t in range(5))
