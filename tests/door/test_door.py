"""The door: what comes through it, and what it writes down."""

import pytest

from profiles.access.models import Channel, Look
from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.core.append_only import NeverChanges
from profiles.door import door
from profiles.pages import actions as page_actions
from tests.factories import make_page, make_user, say

pytestmark = pytest.mark.django_db


def words_of(sheet):
    return [line for entry in sheet.entries for line in entry.lines]


def test_a_sheet_holds_the_words_that_stand_now():
    page = make_page(call_me="Jo", important="Tea.")
    say(page, "important", "Coffee.")
    sheet = door.open_for(page, by=None, channel=Channel.SCREEN)
    assert words_of(sheet) == ["Jo", "Coffee."]


def test_what_is_only_for_the_person_stays_out():
    page = make_page(call_me="Jo")
    say(page, "health", "CNRY", only_me=True)
    assert words_of(door.open_for(page, by=None, channel=Channel.PAPER)) == ["Jo"]


def test_the_person_can_take_everything_with_them():
    page = make_page(call_me="Jo")
    say(page, "health", "CNRY", only_me=True)
    sheet = door.open_for(page, by=None, channel=Channel.DATA, everything=True)
    assert "CNRY" in words_of(sheet)


def test_nor_is_it_in_an_earlier_edition():
    page = make_page(call_me="Jo")
    say(page, "health", "CNRY", only_me=True)
    door.open_for(page, by=None, channel=Channel.SCREEN)
    assert words_of(door.open_earlier(page, 1)) == ["Jo"]


@pytest.mark.parametrize("only_me, said", [(False, ["Jo", "Tea."]), (True, ["Jo"])])
def test_only_what_readers_get_is_measured_while_somebody_writes(only_me, said):
    page = make_page(call_me="Jo")
    say(page, "health", "CNRY", only_me=True)
    typed = Words(text="Tea.", only_me=only_me)
    assert words_of(door.rehearse(page, topic="important", words=typed)) == said


def test_half_typed_words_never_come_through(topic_important):
    page = make_page(call_me="Jo")
    draft_actions.save_draft(
        profile=page, topic=topic_important, words=Words(text="CNRY"), started_from=0, version=""
    )
    assert words_of(door.open_for(page, by=None, channel=Channel.SCREEN)) == ["Jo"]


def test_opening_freezes_an_edition_once():
    page = make_page(call_me="Jo")
    for _ in range(2):
        sheet = door.open_for(page, by=None, channel=Channel.SCREEN)
    assert sheet.edition == 1
    assert page.editions.count() == 1


def test_the_persons_own_look_is_not_written_down():
    ana = make_user()
    door.open_for(make_page(ana), by=ana, channel=Channel.SCREEN)
    assert not Look.objects.exists()


def test_a_keepers_look_is_written_down_and_never_changes():
    amir = make_user("amir@example.org")
    page = page_actions.start_page(for_someone=True, language="en", user=amir)
    door.open_for(page, by=amir, channel=Channel.PAPER)
    look = Look.objects.get()
    assert (look.profile, look.happened, look.edition.number) == (page, "pdf", 1)
    with pytest.raises(NeverChanges):
        look.delete()


def test_an_earlier_edition_says_what_it_said():
    page = make_page(important="Tea.")
    door.open_for(page, by=None, channel=Channel.SCREEN)
    say(page, "important", "Coffee.")
    assert words_of(door.open_earlier(page, 1)) == ["Tea."]
    assert door.open_earlier(page, 2) is None


def test_a_rehearsal_is_shown_to_nobody_and_freezes_nothing():
    page = make_page(important="Tea.")
    sheet = door.rehearse(page, topic="important", words=Words(text="Tea.\nToast."))
    assert words_of(sheet) == ["Tea.", "Toast."]
    assert not page.editions.exists()


def test_each_answer_keeps_its_language():
    page = page_actions.start_page(for_someone=False, language="cy", user=None)
    say(page, "important", "Te yn gyntaf.")
    sheet = door.open_for(page, by=None, channel=Channel.SCREEN)
    assert [entry.language for entry in sheet.entries] == ["cy"]
