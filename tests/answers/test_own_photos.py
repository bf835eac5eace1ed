"""A photo of their own beside an answer goes wherever that answer goes, and nowhere else."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.answers import actions, changes
from profiles.answers.actions import Conflict, Words
from profiles.answers.models import Answer, Draft
from profiles.answers.old_drafts import KEPT_OPEN, close_draft
from profiles.core import crypto
from profiles.core.append_only import NeverChanges
from profiles.door import door
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.photos import images
from profiles.photos.images import MOST_PHOTOS
from profiles.photos.models import AnswerPhoto
from profiles.supporters import suggestion_actions
from profiles.topics.load import load
from tests.at_once import at_once
from tests.factories import (
    make_page,
    make_share,
    make_supporter,
    make_user,
    put_beside,
    say,
    texts,
)
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db

IMPORTANT = load().topic("important")
TOPICS = [key for key in load().by_key if key != "call_me"]


@pytest.fixture
def anas() -> Profile:
    return make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")


def a_photo() -> bytes:
    return images.take_in(as_file(corners()), images.BESIDE)


def put(anas: Profile, topic: str = "important", alt: str = "My blue cup") -> None:
    actions.put_photo(profile=anas, topic=load().topic(topic), whole=a_photo(), alt=alt)


def stands(anas: Profile, topic: str = "important") -> Answer:
    [answer] = anas.answers.newest().filter(topic=topic).with_profile(anas)
    return answer


def shown(anas: Profile, topic: str = "important") -> str:
    """What the photo beside an answer shows, now; "" for none."""
    photo = stands(anas, topic).photo
    return photo.alt if photo else ""


def draft_of(anas: Profile) -> Draft:
    [draft] = anas.drafts.about("important").with_profile(anas)
    return draft


def save_draft_as_answer(anas: Profile) -> Answer | None:
    draft = draft_of(anas)
    return actions.save_answer(
        profile=anas,
        topic=IMPORTANT,
        words=Words.typed(draft),
        started_from=draft.started_from,
        draft_version=draft.version,
    )


def full_of_photos(anas: Profile) -> list[str]:
    """Twelve answers with a photo each; their topics."""
    topics = TOPICS[:MOST_PHOTOS]
    for topic in topics:
        say(anas, topic, "My rosary.")
        put_beside(anas, topic)
    return topics


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
    settings.FIELD_KEYS = {"new": crypto.new_key(), **settings.FIELD_KEYS}
    call_command("rewrap_keys", verbosity=0)
    settings.FIELD_KEYS = {"new": settings.FIELD_KEYS["new"]}
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
    kept = actions.save_draft(
        profile=anas,
        topic=load().topic("people"),
        words=Words.typed(draft),
        started_from=0,
        version=draft.version,
    )
    assert kept and anas.drafts.about("people").get().photo_id  # typing on does not lose it


def test_what_was_half_typed_stays_beside_it(anas):
    words = Words(text="Tea with milk.", only_me=True)
    actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    before = draft_of(anas).version
    put(anas)
    draft = draft_of(anas)
    assert (draft.text, draft.only_me, draft.photo.alt) == ("Tea with milk.", True, "My blue cup")
    assert draft.version != before  # so that no other window types over it


def test_older_words_make_room_for_it_and_are_not_lost(anas):
    words = Words(text="Tea with milk.")
    actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
    say(anas, "important", "Coffee.")
    put(anas)
    draft = draft_of(anas)
    assert draft.text == "Coffee." and draft.started_from == stands(anas).number
    assert "Tea with milk." in texts(anas, "important")
    assert save_draft_as_answer(anas)


def test_thrown_away_with_the_words_it_is_gone(anas):
    put(anas)
    actions.throw_away(profile=anas, topic=IMPORTANT, version=draft_of(anas).version)
    assert not AnswerPhoto.objects.exists()


def test_thrown_away_in_another_window_it_stays_away_and_the_words_are_kept(anas):
    put(anas)
    words = Words.typed(draft_of(anas))
    actions.throw_away(profile=anas, topic=IMPORTANT, version=draft_of(anas).version)
    words = replace(words, text="Tea with milk.")
    actions.save_draft(profile=anas, topic=IMPORTANT, words=words, started_from=1, version="")
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


def test_an_edition_keeps_the_photo_that_stood_then(anas):
    put_beside(anas, "important", "A blue cup")
    first = actions.freeze_if_changed(anas).edition
    put_beside(anas, "important", "A red cup")
    second = actions.freeze_if_changed(anas).edition
    then, now = (door.open_earlier(anas, edition.number) for edition in (first, second))
    assert [sheet.photos["important"].alt for sheet in (then, now)] == ["A blue cup", "A red cup"]
    assert changes.by_edition(anas)[0]["changes"] == ["Changed: What matters most to me"]


def test_bringing_an_edition_back_brings_its_twelve_photos_whatever_has_one_now(anas):
    topics = full_of_photos(anas)
    edition = actions.freeze_if_changed(anas).edition
    for topic in topics:
        say(anas, topic, "Something else.")
    for topic in TOPICS[MOST_PHOTOS : 2 * MOST_PHOTOS]:
        say(anas, topic, "Something else.")
        put_beside(anas, topic, "Another")
    every = tuple(load().by_key.values())
    actions.bring_back_edition(profile=anas, edition=edition, topics=every)
    with_photo = anas.answers.current().with_photo()
    assert {*with_photo.values_list("topic", flat=True)} == {*topics}


def test_there_are_at_most_twelve_on_a_page_and_the_next_is_refused_kindly(anas):
    topics = full_of_photos(anas)
    other = next(topic for topic in TOPICS if topic not in topics)
    say(anas, other, "My dog.")
    with pytest.raises(PermissionDenied, match="12 photos beside your answers already"):
        put_beside(anas, other)
    with pytest.raises(PermissionDenied, match="12 photos"):
        put(anas, other)
    put_beside(anas, topics[0], "Another")  # in place of one that is there
    assert anas.answers.current().with_photo().count() == 12


def test_what_the_person_keeps_to_themself_counts_too(anas):
    topics = full_of_photos(anas)
    say_kept(anas, topics[0])
    other = next(topic for topic in TOPICS if topic not in topics)
    say(anas, other, "My dog.")
    with pytest.raises(PermissionDenied):
        put_beside(anas, other)


def test_words_left_half_typed_with_a_thirteenth_are_not_lost(anas):
    put(anas)
    topics = [topic for topic in TOPICS if topic != "important"][:MOST_PHOTOS]
    for topic in topics:
        say(anas, topic, "My rosary.")
        put_beside(anas, topic)
    draft = draft_of(anas)
    Draft.objects.update(saved_at=timezone.now() - KEPT_OPEN)
    assert close_draft(draft)
    assert anas.answers.about("important").with_photo().exists()  # in the history
    assert shown(anas) == "" and anas.answers.current().with_photo().count() == MOST_PHOTOS


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_put_the_twelfth_and_the_thirteenth_put_one():
    anas = make_page(make_user("ana@example.org"), call_me="Ana")
    topics = [topic for topic in TOPICS if topic != "must_know"][: MOST_PHOTOS + 1]
    for topic in topics:
        say(anas, topic, "My rosary.")
    for topic in topics[: MOST_PHOTOS - 1]:
        put_beside(anas, topic)

    def put_another(topic: str) -> bool:
        try:
            put_beside(Profile.objects.get(pk=anas.pk), topic)
        except PermissionDenied:
            return False
        return True

    last = topics[MOST_PHOTOS - 1 :]
    put_in = at_once([lambda topic=topic: put_another(topic) for topic in last])
    assert sorted(put_in) == [False, True]
    assert anas.answers.current().with_photo().count() == MOST_PHOTOS


def test_a_reader_gets_it_with_its_answer_and_never_without(anas):
    say(anas, "people", "Biscuit.")
    put_beside(anas, "people", "CNRY-dog")
    put_beside(anas, "important", "CNRY-cup")
    share = make_share(anas, topics=("important",))
    opened = door.open_through(share, reader=Reader(name="Cal"), channel=Channel.SCREEN)
    assert opened and [photo.alt for photo in opened.sheet.photos.values()] == ["CNRY-cup"]
    assert "CNRY-dog" not in repr(opened.sheet)


def test_kept_again_it_is_hidden_at_once_with_its_words(anas):
    put_beside(anas, "important", "CNRY-cup")
    share = make_share(anas, topics=("important",))
    say_kept(anas, "important")
    opened = door.open_through(share, reader=Reader(name="Cal"), channel=Channel.SCREEN)
    assert opened and not opened.sheet.photos
    assert "CNRY" not in repr(opened.sheet)


def test_a_reader_gets_it_as_small_as_it_is_printed_and_its_person_all_of_it(anas):
    put_beside(anas, "important")
    share = make_share(anas, topics=("important",))
    opened = door.open_through(share, reader=Reader(name="Cal"), channel=Channel.DATA)
    assert opened and opened.sheet.photos["important"].whole == b""
    mine = door.open_for(anas, by=None, channel=Channel.DATA)
    assert mine.photos["important"].whole == stands(anas).photo.whole


def test_a_helper_sees_it_where_they_see_the_words_and_puts_words_beside_it(anas):
    put_beside(anas, "important", "CNRY-cup")
    sister = make_supporter(anas, make_user("sister@example.org"))
    seen = door.open_for_supporter(sister)
    assert seen and seen.photos["important"].alt == "CNRY-cup"
    offered = suggestion_actions.suggest(
        supporter=sister, topic=IMPORTANT, text="Tea with milk.", why=""
    )
    assert offered
    suggestion_actions.use(
        suggestion=offered, by=anas.owner, topic=IMPORTANT, started_from=stands(anas).number
    )
    assert stands(anas).text == "Tea with milk." and shown(anas) == "CNRY-cup"
    say_kept(anas, "important")
    now = door.open_for_supporter(sister)
    assert now and not now.photos and "CNRY" not in repr(now)


def test_of_a_name_no_photo_stands_on_the_page(anas):
    put_beside(anas, "call_me")
    assert not door.to_print(anas).photos


def say_kept(anas: Profile, topic: str) -> None:
    """Keep an answer to oneself, with its photo."""
    now = stands(anas, topic)
    actions.save_answer(
        profile=anas,
        topic=load().topic(topic),
        words=replace(Words.of(now), only_me=True),
        started_from=now.number,
    )
