"""How many photos stand on a page; and who sees them."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.answers import actions, changes
from profiles.answers.actions import Words
from profiles.answers.models import Draft
from profiles.answers.old_drafts import KEPT_OPEN, close_draft
from profiles.door import door
from profiles.pages.models import Profile
from profiles.photos.images import MOST_PHOTOS
from profiles.supporters import suggestion_actions
from profiles.topics.load import load
from tests.answers.own_photos.photographed import (
    IMPORTANT,
    TOPICS,
    draft_of,
    full_of_photos,
    put,
    shown,
    stands,
)
from tests.at_once import at_once
from tests.factories import (
    make_page,
    make_share,
    make_supporter,
    make_user,
    put_beside,
    say,
)

pytestmark = pytest.mark.django_db


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
    with pytest.raises(PermissionDenied, match="12 photos beside answers already"):
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
