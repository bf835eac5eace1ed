"""What is chosen from a file comes onto the page, and nothing else changes."""

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.imports.actions import ChosenWords, Moved, bring
from profiles.photos import actions as photo_actions
from profiles.topics.load import load
from tests.factories import make_share, say, texts
from tests.imports.bring.files import (
    CHOOSE,
    FILE,
    answer,
    bring_back,
    carried,
    newest,
    portable,
    upload,
)
from tests.imports.pages import make_file, make_photo_member
from tests.photos.photos import as_file, corners
from tests.photos.photos import read as read_photo

pytestmark = pytest.mark.once

# What is shown first


def test_choosing_a_file_changes_nothing(visitor, visitors_page):
    assert upload(visitor, FILE).status_code == 200
    assert visitors_page.answers.count() == 1


def test_what_would_change_is_shown_with_nothing_chosen(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.\nThen we talk.")
    say(visitors_page, "culture", "Dydd Gŵyl Dewi.", picture=load().topic("culture").picture)
    shown = upload(visitor, FILE)
    page = shown.content.decode()
    assert [row["topic"].key for row in shown.context["different"]] == ["important"]
    assert [row["topic"].key for row in shown.context["new"]] == ["health"]
    assert [topic.key for topic in shown.context["same"]] == ["culture"]
    assert [topic.key for topic in shown.context["not_in_it"]] == ["call_me"]
    assert "checked" not in re.sub(r"<head.*?</head>", "", page, flags=re.DOTALL)


def test_what_is_in_one_text_alone_is_marked_by_a_word(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.\nThen we talk.")
    page = " ".join(upload(visitor, FILE).content.decode().split())
    marked = re.findall(r'data-only>(.*?) <span class="tag"', page)
    assert [line for line in marked if "first" in line] == ["Tea first.", "Coffee first."]
    assert "Said by my sister Dee" in page


def test_one_button_chooses_all_from_the_file_and_saves_nothing_yet(visitor, visitors_page):
    data = portable(answer("important", "Coffee."), photo=make_photo_member())
    shown = visitor.post(CHOOSE, carried(upload(visitor, data)) | {"all": "yes"})
    form = shown.context["form"]
    assert (form["words-important"].value(), form["photo"].value()) == ("file", True)
    assert shown.status_code == 200
    assert visitors_page.answers.count() == 1


def test_those_who_see_it_at_once_are_named(anas_browser, anas_page):
    make_share(anas_page, topics=["important"], reader_name="Priya")
    page = upload(anas_browser, FILE).content.decode()
    assert page.count("You share this with: Priya. They see at once what you bring") == 1


def test_what_does_not_come_along_is_told(visitor):
    data = json.dumps(make_file(answers=[answer("calm", "Sit near.", picture="spaceship")]))
    page = upload(visitor, data.encode()).content.decode()
    assert "The whole name in the file: Jo Bright." in page
    assert "Who helped to write it: Amir (brother)." in page
    assert "answers, number 1, picture: we do not have that picture." in page


def test_words_that_cannot_stand_here_are_shown_with_the_reason_and_cannot_be_chosen(visitor):
    data = portable(answer("must_know", "One.\nTwo.\nThree.\nFour."), answer("calm", "Sit near."))
    shown = upload(visitor, data)
    assert "Choose the 3 that matter most" in shown.content.decode()
    assert "words-must_know" not in shown.context["form"].fields


def test_a_file_that_says_the_same_leaves_nothing_to_choose(visitor, visitors_page):
    say(visitors_page, "important", "Tea.", picture="2615")
    data = portable(answer("important", "Tea.\n\n", picture="drinks"))
    assert (
        "All that is in the file is on the page already" in upload(visitor, data).content.decode()
    )


def test_a_file_of_an_old_name_says_the_same_as_the_page(visitor, visitors_page):
    old = "Jean. Rhymes with bean.\nNot Jeanie."
    say(visitors_page, "call_me", old, picture="1F44B")
    for text in (
        old,
        "Jean\nRhymes with bean.\nNot Jeanie.",
        "Jean.\nRhymes with bean.\nNot Jeanie.",
    ):
        shown = upload(visitor, portable(answer("call_me", text)))
        assert [topic.key for topic in shown.context["same"]] == ["call_me"]


# What was chosen


def test_a_name_of_one_long_line_is_brought_as_it_stands(visitor, visitors_page):
    line = "Jean. Rhymes with bean. " + "And nothing else, ever. " * 20
    bring_back(visitor, portable(answer("call_me", line)), "call_me")
    assert texts(visitors_page, "call_me") == ["Jo", line.strip()]
    assert visitors_page.name == "Jean"


def test_what_was_chosen_comes_as_new_rows_and_the_words_before_stay(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.")
    done = bring_back(visitor, FILE, "important", only_me="leave")
    assert done.url == reverse("door:page")
    assert texts(visitors_page, "important") == ["Tea first.", "Coffee first.\nThen we talk."]
    row = newest(visitors_page, "important")
    assert (row.said_by, row.picture) == ("my sister Dee", "2615")
    assert not visitors_page.answers.about("culture").exists()


def test_who_said_it_and_the_language_come_along(visitor, visitors_page):
    bring_back(visitor, FILE, "culture", only_me="no")
    assert newest(visitors_page, "culture").language == "cy"


def test_a_language_tag_that_is_too_long_to_keep_loses_its_end(visitor, visitors_page):
    data = portable(answer("calm", "坐近一点。", language="zh-Hant-TW-private"))
    bring_back(visitor, data, "calm", only_me="no")
    assert newest(visitors_page, "calm").language == "zh-Hant-TW"


def test_where_the_file_names_no_picture_the_one_that_is_there_stays(visitor, visitors_page):
    say(visitors_page, "calm", "Sit near.", picture="1F436")
    bring_back(visitor, portable(answer("calm", "Sit far.")), "calm")
    assert newest(visitors_page, "calm").picture == "1F436"


def test_a_blank_in_the_file_takes_nothing_off(visitor, visitors_page):
    say(visitors_page, "calm", "Sit near.")
    shown = upload(visitor, portable(answer("calm", "  \n"), answer("do", "Ask me.")))
    assert "words-calm" not in shown.context["form"].fields


@pytest.mark.parametrize("who, kept", [("no", False), ("yes", True)])
def test_for_what_is_new_the_person_says_who_may_see_it(visitor, visitors_page, who, kept):
    bring_back(visitor, FILE, "culture", only_me=who)
    assert newest(visitors_page, "culture").only_me is kept


def test_what_starts_private_comes_in_as_private(visitor, visitors_page):
    bring_back(visitor, FILE, "health", only_me="no")
    assert newest(visitors_page, "health").only_me is True


@pytest.mark.parametrize("said_of_what_is_new", ["no", "yes"])
def test_for_what_was_there_the_setting_stays(visitor, visitors_page, said_of_what_is_new):
    say(visitors_page, "important", "Tea first.", only_me=True)
    say(visitors_page, "health", "Well.", only_me=False)
    bring_back(visitor, FILE, "important", "health", only_me=said_of_what_is_new)
    assert newest(visitors_page, "important").only_me is True
    assert newest(visitors_page, "health").only_me is False


def test_without_saying_who_may_see_it_nothing_new_comes(visitor, visitors_page):
    asked = bring_back(visitor, FILE, "culture")
    assert asked.status_code == 422
    assert "Choose who may see what is new" in asked.content.decode()
    assert asked.context["form"]["words-culture"].value() == "file"
    assert visitors_page.answers.count() == 1


def test_choosing_nothing_is_asked_about(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.")
    asked = bring_back(visitor, FILE, only_me="leave")
    assert asked.status_code == 422
    assert "Choose at least one thing from the file" in asked.content.decode()


def test_only_where_both_say_something_is_there_a_choice(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.")
    page = upload(visitor, FILE).content.decode()
    assert re.findall(r'type="radio" name="words-(\w+)"', page) == ["important"] * 2
    assert "Leave out what is new" in page
    bring_back(visitor, FILE, only_me="no")
    assert texts(visitors_page, "important") == ["Tea first."]
    assert newest(visitors_page, "culture").text == "Dydd Gŵyl Dewi."
    assert newest(visitors_page, "health").only_me is True


@pytest.mark.parametrize("only_me, open_after", [(True, False), (False, True)])
def test_what_was_kept_in_the_file_is_kept_whatever_is_said_of_the_rest(
    visitor, visitors_page, only_me, open_after
):
    data = portable(answer("story", "I was in a home.", only_me=only_me), answer("calm", "Sit."))
    bring_back(visitor, data, "story", "calm", only_me="no")
    assert newest(visitors_page, "story").only_me is not open_after
    assert newest(visitors_page, "calm").only_me is False


def test_what_was_kept_in_the_file_does_not_open_where_others_see(anas_browser, anas_page):
    say(anas_page, "important", "Tea first.")
    make_share(anas_page, topics=["important"], reader_name="Priya")
    data = portable(answer("important", "I was in a home.", only_me=True))
    page = upload(anas_browser, data).content.decode()
    assert "Only you will see this" in page
    assert "They see at once" not in page
    bring_back(anas_browser, data, "important")
    assert newest(anas_page, "important").text == "I was in a home."
    assert newest(anas_page, "important").only_me is True


def test_a_file_opens_nothing_that_is_kept_here(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.", only_me=True)
    bring_back(visitor, portable(answer("important", "Milk.", only_me=False)), "important")
    assert newest(visitors_page, "important").only_me is True


def test_words_come_back_where_others_were_taken_off_and_stay_kept(visitor, visitors_page):
    for text in ("Tea first.", ""):
        say(visitors_page, "important", text, only_me=True)
    done = bring_back(visitor, FILE, "important", only_me="no")
    assert done.url == reverse("door:page")
    assert newest(visitors_page, "important").text == "Coffee first.\nThen we talk."
    assert newest(visitors_page, "important").only_me is True


def test_of_what_is_kept_alone_nobody_is_asked_who_may_see_it(visitor):
    shown = upload(visitor, portable(answer("story", "I was in a home.", only_me=True)))
    assert "only_me" not in shown.context["form"].fields


def test_of_what_starts_private_alone_nobody_is_asked_who_may_see_it(visitor, visitors_page):
    shown = upload(visitor, portable(answer("health", "Asthma.")))
    assert "only_me" not in shown.context["form"].fields
    assert visitor.post(CHOOSE, carried(shown)).url == reverse("door:page")
    assert newest(visitors_page, "health").only_me is True


def test_what_is_new_is_not_left_out_with_a_photo_that_was_ticked(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.")
    data = portable(
        answer("important", "Coffee."), answer("calm", "Sit."), photo=make_photo_member()
    )
    bring_back(visitor, data, only_me="leave", photo="on")
    assert visitors_page.photos.count() == 1
    assert texts(visitors_page, "important") == ["Tea first."]
    assert not visitors_page.answers.about("calm").exists()


def test_the_photo_comes_if_it_is_ticked(visitor, visitors_page):
    say(visitors_page, "calm", "Sit far.")
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    bring_back(visitor, data, "calm")
    assert not visitors_page.photos.exists()
    bring_back(visitor, data, photo="on")
    photo = visitors_page.photos.newest()
    photo.profile = visitors_page
    assert photo.alt == "Jo in a red hat"
    assert read_photo(photo.whole).size == (480, 480)


def test_other_words_for_the_same_photo_can_be_chosen(visitor, visitors_page):
    say(visitors_page, "calm", "Sit far.")
    bring_back(visitor, portable(answer("calm", "Sit."), photo=make_photo_member()), photo="on")
    other = make_photo_member() | {"alt": "Jo laughing"}
    bring_back(visitor, portable(answer("calm", "Sit."), photo=other), photo="on")
    photo = visitors_page.photos.newest()
    photo.profile = visitors_page
    assert photo.alt == "Jo laughing"


def test_a_second_press_of_the_button_is_harmless(visitor, visitors_page):
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    sent = carried(upload(visitor, data)) | {"words-calm": "file", "photo": "on", "only_me": "no"}
    first, second = visitor.post(CHOOSE, sent), visitor.post(CHOOSE, sent)
    assert first.url == second.url == reverse("door:page")
    assert (visitors_page.answers.about("calm").count(), visitors_page.photos.count()) == (1, 1)


# When the page has changed meanwhile


def test_if_one_topic_changed_meanwhile_nothing_comes_and_that_one_is_asked_again(
    visitor, visitors_page
):
    sent = carried(upload(visitor, FILE))
    say(visitors_page, "important", "Milk first.")
    chosen = {"words-important": "file", "words-culture": "file", "only_me": "no"}
    again = visitor.post(CHOOSE, sent | chosen)
    assert again.status_code == 409
    form = again.context["form"]
    assert "Nothing has come from the file yet" in again.content.decode()
    assert (form["words-important"].value(), form["words-culture"].value()) == (None, "file")
    assert form["only_me"].value() == "no"
    assert texts(visitors_page, "important") == ["Milk first."]
    assert not visitors_page.answers.about("culture").exists()
    done = visitor.post(CHOOSE, carried(again) | chosen)
    assert done.status_code == 302
    assert texts(visitors_page, "important") == ["Milk first.", "Coffee first.\nThen we talk."]


def test_if_the_photo_changed_meanwhile_it_is_asked_again(visitor, visitors_page):
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    sent = carried(upload(visitor, data)) | {"words-calm": "file", "photo": "on", "only_me": "no"}
    photo_actions.add_photo(profile=visitors_page, whole=as_file(corners()), alt="Jo")
    again = visitor.post(CHOOSE, sent)
    assert again.status_code == 409
    assert "The photo was changed in another window" in again.content.decode()
    assert again.context["form"]["photo"].value() is False
    assert not visitors_page.answers.about("calm").exists()


def test_a_save_in_the_very_moment_undoes_all_of_it(visitors_page, monkeypatch):
    def save_in_between(**kwargs: Any) -> None:
        raise actions.Conflict(newest(visitors_page, "call_me"))

    monkeypatch.setattr("profiles.imports.actions.save_answer", save_in_between)
    chosen = ChosenWords(topic=load().topic("calm"), words=Words(text="Sit."), started_from=0)
    with pytest.raises(Moved) as moved:
        bring(profile=visitors_page, words=[chosen], photo=None)
    assert moved.value.topics == {"calm"}
