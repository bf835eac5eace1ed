"""A picture is looked for beside an answer: without a script, and no half-typed word is lost."""

import re

import pytest

from profiles.answers.models import Answer, Draft
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.pictures import pictures
from tests.factories import make_page, make_user, say, texts
from tests.writing.test_write import WRITE, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAME = write_url(load().topic("call_me"))


def look(browser, words, **others):
    """The page after a press on Look, with this typed."""
    given = typed("Tea at nine, in my", started_from=1, look_for=words, looked_for="", look="yes")
    response = browser.post(WRITE, given | others)
    assert response.status_code == 200
    return response.content.decode()


def test_the_box_to_look_with_stands_beside_the_answer(anas_browser):
    page = anas_browser.get(WRITE).content.decode()
    assert '<label for="id_look_for">Look for a picture' in page
    assert 'name="look"' in page
    assert 'id="found"' not in page


def test_what_suits_is_shown_and_can_be_pressed(anas_browser):
    page = look(anas_browser, "dogs")
    assert "2 pictures for “dogs”" in page
    assert page.index('value="1F436"') < page.index("See all the pictures")
    assert page.index('value="hi-guidedog"') < page.index("See all the pictures")


def test_each_picture_can_still_be_chosen_once(anas_browser):
    for words in ("dogs", "zzzz", ""):
        page = look(anas_browser, words)
        values = re.findall(r'name="picture" value="([^"]*)"', page)
        assert sorted(values) == sorted(["", *pictures()])


def test_half_typed_words_are_in_their_box_and_kept(anas_browser, anas_page):
    page = look(anas_browser, "dogs", picture="2615", only_me="yes")
    assert "Tea at nine, in my</textarea>" in page
    assert re.search(r'value="2615"[^>]*checked', page)
    assert re.search(r'name="only_me" value="yes"[^>]*checked', page)
    draft = Draft.objects.get()
    assert f'name="draft_stamp" value="{draft.version}"' in page
    assert draft.started_from == 1
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]  # nothing was saved


def test_then_it_is_saved_with_the_picture(anas_browser, anas_page):
    look(anas_browser, "dogs")
    given = typed(
        "Tea at nine, in my cup.", started_from=1, picture="1F436",
        draft_stamp=Draft.objects.get().version, look_for="dogs", looked_for="dogs",
    )  # fmt: skip
    assert anas_browser.post(WRITE, given).status_code == 302
    assert texts(anas_page, "important")[-1] == "Tea at nine, in my cup."
    assert Answer.objects.filter(topic="important").latest("number").picture == "1F436"
    assert not Draft.objects.exists()


def test_looking_twice_keeps_one_draft(anas_browser):
    look(anas_browser, "dogs")
    look(anas_browser, "cats", draft_stamp=Draft.objects.get().version)
    assert Draft.objects.count() == 1


def test_words_of_another_window_are_not_typed_over(anas_browser, anas_page):
    look(anas_browser, "dogs")
    page = look(anas_browser, "cats", text="From the other window")  # it knows of no draft
    assert "From the other window</textarea>" in page
    (draft,) = anas_page.drafts.with_profile(anas_page)
    assert draft.text == "Tea at nine, in my"


def test_words_that_cannot_be_kept_are_in_their_box_too(anas_browser):
    long = "far too long " * 10_000
    given = typed(long, started_from=1, look_for="dogs", look="yes")
    response = anas_browser.post(WRITE, given)
    assert response.status_code == 422
    page = response.content.decode()
    assert long.strip() in page
    assert "2 pictures for “dogs”" in page


def test_where_there_is_none_it_says_so_kindly(anas_browser):
    page = look(anas_browser, "submarine")
    assert "We have no picture for “submarine” yet." in page
    assert "Your words are good without one, too." in page
    assert "See all the pictures" in page


def test_a_slip_is_asked_about(anas_browser):
    page = look(anas_browser, "teath")
    assert "We do not know “teath”. Is it one of these?" in page


def test_nothing_to_look_for_changes_nothing(anas_browser, anas_page):
    page = look(anas_browser, "  ")
    assert 'id="found"' not in page
    assert "Tea at nine, in my</textarea>" in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><b>', "\u202edogs", "d\0ogs"])
def test_what_was_typed_is_shown_as_words(anas_browser, words):
    page = look(anas_browser, words)
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_far_more_than_a_word_is_cut(anas_browser):
    page = look(anas_browser, "dog " * 5_000)
    assert f"pictures for “{('dog ' * 15).strip()}" in page


@pytest.mark.parametrize(
    "more, saves",
    [
        ({"enter": "yes", "look_for": "dogs", "looked_for": ""}, False),
        ({"enter": "yes", "look_for": "dogs", "looked_for": "cats"}, False),
        ({"enter": "yes", "look_for": "dogs", "looked_for": "dogs"}, True),
        ({"enter": "yes", "look_for": "", "looked_for": ""}, True),
        ({"look_for": "dogs", "looked_for": ""}, True),  # Save was pressed, and not Enter
        ({"later": "yes", "look_for": "dogs", "looked_for": ""}, True),
    ],
)
def test_enter_saves_unless_a_word_for_a_picture_was_typed(anas_browser, anas_page, more, saves):
    response = anas_browser.post(WRITE, typed("Coffee.", started_from=1, **more))
    assert (response.status_code == 302) == saves
    assert (texts(anas_page, "important")[-1] == "Coffee.") == saves


def test_a_name_that_is_half_typed_stays_as_it_is(anas_browser, anas_page):
    say(anas_page, "call_me", "Ana")
    given = typed(
        "Like banana",
        called="Ana-M",
        started_from=anas_page.answers.about("call_me").first().number,
    )
    page = anas_browser.post(NAME, given | {"look_for": "hello", "look": "yes"}).content.decode()
    assert 'value="Ana-M"' in page
    assert "Like banana</textarea>" in page
    assert 'value="1F44B"' in page


def test_in_the_check_it_stays_in_the_check(anas_browser):
    given = typed("Coffee.", started_from=1, look_for="dogs", look="yes")
    page = anas_browser.post(f"{WRITE}?check=yes", given).content.decode()
    assert "2 pictures for “dogs”" in page


def test_where_no_page_is_open_nothing_is_looked_for(client):
    assert client.post(WRITE, typed("Tea", look_for="dogs", look="yes")).status_code != 200


def test_a_stranger_looks_on_their_own_page_alone(client, anas_page):
    ben = make_user("ben@example.org")
    client.force_login(ben)
    make_page(ben, call_me="Ben")
    client.post(WRITE, typed("Mine", look_for="dogs", look="yes"))
    assert not anas_page.drafts.exists()
