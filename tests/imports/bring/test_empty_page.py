"""A file comes back to a page on which nothing was ever written: one page, and one press."""

import json
import re

import pytest
from django.urls import reverse

from profiles.answers.actions import Words
from profiles.answers.draft_actions import save_draft
from profiles.pages.models import Profile
from profiles.topics.load import load
from tests.factories import say, texts
from tests.imports.bring.files import BRING, CHOOSE, FILE, answer, carried, newest, portable, upload
from tests.imports.pages import make_file, make_photo_member

PAGE = reverse("door:page")


@pytest.fixture
def started(client, db):
    """Somebody's browser, on their new page."""
    client.post(reverse("pages:start"), {"who": "me", "language": "en", "bring": "yes"})
    return client


def test_it_asks_who_may_see_it_with_nothing_ticked(started):
    page = started.get(BRING).content.decode()
    assert "Who may see what is new?" in page
    assert not re.search(r"<input[^>]*\bchecked\b", page)


@pytest.mark.parametrize("who, kept", [("no", False), ("yes", True)])
def test_one_press_brings_all_of_it(started, who, kept):
    data = portable(
        answer("calm", "Sit near."), answer("health", "Asthma."), photo=make_photo_member()
    )
    assert upload(started, data, only_me=who).url == PAGE
    page = Profile.objects.get()
    assert newest(page, "calm").only_me is kept
    assert newest(page, "health").only_me is True  # what starts private stays private
    assert page.photos.count() == 1


def test_without_saying_who_nothing_comes_and_the_file_is_not_asked_for_again(started):
    asked = upload(started, FILE)
    assert asked.status_code == 422
    assert "Choose who may see what is new" in asked.content.decode()
    assert not Profile.objects.get().answers.exists()
    assert started.post(CHOOSE, carried(asked) | {"only_me": "no"}).url == PAGE
    assert texts(Profile.objects.get(), "culture") == ["Dydd Gŵyl Dewi."]


def test_of_what_starts_private_alone_nobody_has_to_say(started):
    assert upload(started, portable(answer("health", "Asthma."))).url == PAGE


def test_nobody_can_leave_out_what_they_were_not_asked_about(started):
    assert upload(started, FILE, only_me="leave").status_code == 422
    assert not Profile.objects.get().answers.exists()


def test_what_could_not_come_is_told_with_its_words(started):
    too_many = answer("must_know", "One.\nTwo.\nThree.\nFour.")
    told = upload(started, portable(too_many, answer("calm", "Sit near.")), only_me="no")
    said = told.content.decode()
    assert "It is on the page now" in said
    assert "Choose the 3 that matter most" in said
    assert "Four." in said
    assert texts(Profile.objects.get(), "calm") == ["Sit near."]


def test_what_a_page_does_not_take_is_told(started):
    data = json.dumps(make_file(answers=[answer("calm", "Sit near.")])).encode()
    said = upload(started, data, only_me="no").content.decode()
    assert "The whole name in the file: Jo Bright." in said
    assert "Who helped to write it: Amir (brother)." in said


def test_a_second_press_is_harmless(started):
    for _ in range(2):
        said = upload(started, FILE, only_me="no")
    assert "All that is in the file is on the page already" in said.content.decode()
    assert texts(Profile.objects.get(), "culture") == ["Dydd Gŵyl Dewi."]


def test_a_file_that_is_refused_leaves_what_was_ticked(started):
    asked = started.post(BRING, {"only_me": "yes"})
    assert asked.status_code == 422
    assert re.search(r'<input[^>]*value="yes"[^>]*\bchecked\b', asked.content.decode())


def typed(page):
    words = Words(text="Sit")
    save_draft(profile=page, topic=load().topic("calm"), words=words, started_from=0, version="")


def cleared(page):
    say(page, "calm", "Sit.")
    say(page, "calm", "")


@pytest.mark.parametrize("begun", [typed, cleared])
def test_where_something_was_ever_written_it_is_shown_first(started, begun):
    begun(Profile.objects.get())
    assert "You see what would change first." in started.get(BRING).content.decode()
    assert "Nothing has changed yet." in upload(started, FILE, only_me="no").content.decode()
