"""Each answer keeps whose words it holds, who wrote them down, and how the person said yes."""

import pytest

from profiles.access.models import Channel
from profiles.answers import actions
from profiles.answers.models import YesBy
from profiles.door import door
from tests.factories import say

pytestmark = pytest.mark.django_db

DEES = {"said_by": "my sister Dee", "checked": True}


def newest(page):
    return page.answers.about("important").with_profile(page)[0]


def test_words_are_the_persons_own_unless_somebody_else_said_them(anas_page):
    assert newest(anas_page).whose == ""
    say(anas_page, "important", "Rovers on a Saturday.", said_by="my sister Dee")
    assert newest(anas_page).whose == "my sister Dee"


def test_words_that_were_checked_with_the_person_say_so(anas_page):
    say(anas_page, "important", "Rovers on a Saturday.", **DEES)
    assert newest(anas_page).whose == "my sister Dee, and checked with me"


def test_another_picture_does_not_change_whose_words_they_are(anas_page):
    say(anas_page, "important", "Rovers on a Saturday.", **DEES)
    say(anas_page, "important", "Rovers on a Saturday.", picture="2615")
    assert (newest(anas_page).picture, newest(anas_page).said_by) == ("2615", "my sister Dee")


def test_whoever_writes_the_words_anew_makes_them_their_own(anas_page):
    say(anas_page, "important", "Rovers on a Saturday.", **DEES)
    say(anas_page, "important", "Rovers, home games.")
    assert newest(anas_page).whose == ""


def test_a_line_that_is_moved_is_still_said_by_who_said_it(anas_page, topic_important):
    say(anas_page, "important", "Rovers.\nTea.", **DEES)
    number = newest(anas_page).number
    actions.change_line(profile=anas_page, topic=topic_important, number=number, line=1, how="up")
    assert (newest(anas_page).text, newest(anas_page).said_by) == ("Tea.\nRovers.", "my sister Dee")


def test_words_that_come_back_are_still_said_by_who_said_them(anas_page, topic_important):
    said = say(anas_page, "important", "Rovers.", language="cy", **DEES)
    say(anas_page, "important", "Tea.")
    actions.bring_back(profile=anas_page, topic=topic_important, answer=said, started_from=3)
    assert (newest(anas_page).said_by, newest(anas_page).language) == ("my sister Dee", "cy")


def test_a_yes_that_was_not_given_before_is_kept_though_the_words_are_the_same(anas_page):
    before = newest(anas_page).number
    say(
        anas_page, "important", newest(anas_page).text, helped_by="Dee", yes_by=YesBy.POINTED,
    )  # fmt: skip
    assert newest(anas_page).number == before + 1
    assert (newest(anas_page).yes_by, newest(anas_page).helped_by) == ("pointed", "Dee")


def test_the_page_says_whose_words_they_are_and_who_helped(anas_page):
    say(anas_page, "important", "Rovers on a Saturday.", **DEES)
    say(anas_page, "sleep", "Window open.", helped_by="Sam", yes_by=YesBy.SAID)
    say(anas_page, "health", "Asthma.", helped_by="Kim", yes_by=YesBy.SAID, only_me=True)
    sheet = door.open_for(anas_page, by=anas_page.owner, channel=Channel.SCREEN)
    said = {entry.topic: entry.said_by for entry in sheet.entries}
    assert said["important"] == "my sister Dee, and checked with me"
    assert said["sleep"] == ""
    assert sheet.helped_by == ("Sam",)  # who helped with what nobody is shown is not shown either


def test_the_same_words_said_again_by_nobody_new_add_nothing(anas_page):
    say(anas_page, "important", "Rovers.", **DEES)
    number = newest(anas_page).number
    say(anas_page, "important", "Rovers.")
    assert newest(anas_page).number == number


def test_words_are_in_the_language_of_the_page_unless_they_say_another(anas_page):
    say(anas_page, "important", "Te yn gyntaf.", language="cy")
    say(anas_page, "sleep", "Window open.")
    languages = dict(anas_page.answers.current().values_list("topic", "language"))
    assert (languages["important"], languages["sleep"]) == ("cy", "en")
