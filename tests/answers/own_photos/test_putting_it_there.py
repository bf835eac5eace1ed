"""A photo of one’s own is put beside an answer, waits with the words, and goes with them."""

from dataclasses import replace

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from profiles.answers import actions, draft_actions
from profiles.answers.actions import Conflict, Words
from profiles.core.append_only import NeverChanges
from profiles.pages import actions as page_actions
from profiles.photos.models import AnswerPhoto
from profiles.topics.load import load
from tests.answers.own_photos.photographed import (
    IMPORTANT,
    draft_of,
    put,
    save_draft_as_answer,
    shown,
    stands,
)
from tests.factories import (
    make_page,
    put_beside,
    say,
    texts,
)
from tests.keys import change_the_key

pytestmark = pytest.mark.django_db


def test_it_is_sealed_as_words_are_and_opens_for_its_page_alone(anas):
    put_beside(anas, "important", "CNRY-cup")
    with connection.cursor() as cursor:
        cursor.execute("SELECT whole, data, alt FROM profiles_answerphoto")
        [row] = cursor.fetchall()
    assert not any(b"CNRY" in bytes(each) or b"\xff\xd8\xff" in bytes(each) for each in row)
    photo = AnswerPhoto.objects.get()
    assert photo.alt == "CNRY-cup" and len(photo.whole) <= 40_000 and len(photo.data) <= 6_000


def test_a_new_key_for_everybodys_keys_changes_nothing_of_it(anas, settings):
    put_beside(anas, "important")
    change_the_key(settings)
    photo = AnswerPhoto.objects.get()
    assert photo.alt == "A blue cup" and photo.whole.startswith(b"\xff\xd8\xff")


def test_it_is_never_changed_and_goes_only_with_its_page(anas):
    put_beside(anas, "important")
    photo = AnswerPhoto.objects.get()
    for change in (photo.save, photo.delete, AnswerPhoto.objects.all().delete):
        with pytest.raises(NeverChanges):
            change()
    anas.answer_photos.all().let_go_of_unsaved()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM profiles_answerphoto")


def test_deleting_the_page_takes_it_along(anas):
    put_beside(anas, "important")
    put(anas)
    actions.freeze_if_changed(anas)
    page_actions.delete_page(profile=anas)
    assert not AnswerPhoto.objects.exists()


def test_it_waits_with_the_words_until_they_are_saved(anas):
    put(anas)
    assert shown(anas) == "" and draft_of(anas).text == "Tea first."
    saved = save_draft_as_answer(anas)
    assert saved and shown(anas) == "My blue cup" and not anas.drafts.exists()


def test_a_photo_can_come_before_any_words(anas):
    put(anas, "people", "Biscuit")
    [draft] = anas.drafts.about("people").with_profile(anas)
    assert (draft.text, draft.photo.alt, draft.started_from) == ("", "Biscuit", 0)
    kept = draft_actions.save_draft(
        profile=anas,
        topic=load().topic("people"),
        words=Words.typed(draft),
        started_from=0,
        version=draft.version,
    )
    assert kept and anas.drafts.about("people").get().photo_id  # typing on does not lose it


def test_what_was_half_typed_stays_beside_it(anas):
    words = Words(text="Tea with milk.", only_me=True)
    draft_actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    before = draft_of(anas).version
    put(anas)
    draft = draft_of(anas)
    assert (draft.text, draft.only_me, draft.photo.alt) == ("Tea with milk.", True, "My blue cup")
    assert draft.version != before  # so that no other window types over it


def test_older_words_make_room_for_it_and_are_not_lost(anas):
    words = Words(text="Tea with milk.")
    draft_actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    say(anas, "important", "Coffee.")
    put(anas)
    draft = draft_of(anas)
    assert draft.text == "Coffee." and draft.started_from == stands(anas).number
    assert "Tea with milk." in texts(anas, "important")
    assert save_draft_as_answer(anas)


def test_older_words_that_make_room_open_nothing_that_was_kept_since(anas):
    words = Words(text="Tea with milk.")
    draft_actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    say(anas, "important", "Coffee.", only_me=True)
    put(anas)
    assert texts(anas, "important") == ["Tea first.", "Coffee.", "Tea with milk.", "Coffee."]
    assert [*anas.answers.about("important").for_readers().values_list("number", flat=True)] == [1]
    assert draft_of(anas).only_me


def test_thrown_away_with_the_words_it_is_gone(anas):
    put(anas)
    draft_actions.throw_away(profile=anas, topic=IMPORTANT, version=draft_of(anas).version)
    assert not AnswerPhoto.objects.exists()


def test_thrown_away_in_another_window_it_stays_away_and_the_words_are_kept(anas):
    put(anas)
    words = Words.typed(draft_of(anas))
    draft_actions.throw_away(profile=anas, topic=IMPORTANT, version=draft_of(anas).version)
    words = replace(words, text="Tea with milk.")
    draft_actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    assert draft_of(anas).text == "Tea with milk." and draft_of(anas).photo is None
    saved = actions.save_answer(profile=anas, topic=IMPORTANT, words=words, started_from=1)
    assert saved and saved.text == "Tea with milk." and shown(anas) == ""


def test_no_photo_of_another_page_or_another_answer_can_stand_there(anas):
    other = make_page(important="Coffee.")
    say(anas, "people", "Biscuit.")
    for photo in (put_beside(other, "important").photo, put_beside(anas, "people").photo):
        words = Words(text="Tea.", photo_id=photo.pk)
        number = stands(anas).number
        actions.save_answer(profile=anas, topic=IMPORTANT, words=words, started_from=number)
        assert shown(anas) == ""


def test_chosen_anew_before_it_was_saved_the_first_is_gone(anas):
    put(anas)
    put(anas, alt="My red cup")
    assert [photo.alt for photo in AnswerPhoto.objects.all()] == ["My red cup"]


def test_whose_words_they_are_and_who_may_see_them_stays_as_it_is(anas):
    say(anas, "important", "Tea, and then a chat.", said_by="my sister", checked=True)
    put_beside(anas, "important")
    now = stands(anas)
    assert (now.said_by, now.checked) == ("my sister", True)


def test_taken_off_it_is_gone_from_the_page_and_can_be_brought_back(anas):
    put_beside(anas, "important")
    before = stands(anas)
    words = replace(Words.of(before), photo_id=None)
    actions.save_answer(profile=anas, topic=IMPORTANT, words=words, started_from=before.number)
    assert shown(anas) == ""
    number = stands(anas).number
    actions.bring_back(profile=anas, topic=IMPORTANT, answer=before, started_from=number)
    assert shown(anas) == "A blue cup"


def test_with_the_words_it_is_taken_off_and_comes_with_no_others(anas):
    put_beside(anas, "important")
    now = stands(anas)
    blank = replace(Words.of(now), text="")
    actions.save_answer(profile=anas, topic=IMPORTANT, words=blank, started_from=now.number)
    assert stands(anas).is_clear and stands(anas).photo is None
    say(anas, "important", "Coffee.")
    assert shown(anas) == ""


def test_saving_it_again_adds_nothing(anas):
    put_beside(anas, "important")
    now = stands(anas)
    actions.save_answer(profile=anas, topic=IMPORTANT, words=Words.of(now), started_from=now.number)
    assert stands(anas).number == now.number


def test_two_windows_that_change_it_meet(anas):
    put_beside(anas, "important")
    with pytest.raises(Conflict):
        actions.save_answer(
            profile=anas, topic=IMPORTANT, words=Words(text="Tea first."), started_from=1
        )


def test_of_both_texts_together_it_stays(anas):
    put_beside(anas, "important")
    actions.settle(
        profile=anas,
        topic=IMPORTANT,
        mine=Words(text="Coffee."),
        choice="both",
        started_from=stands(anas).number,
    )
    assert shown(anas) == "A blue cup" and "Coffee." in stands(anas).text
