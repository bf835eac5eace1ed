"""One part: a row for each topic, and the mode in which its lines are put in order."""

import re

import pytest
from django.urls import reverse

from profiles.answers.models import Answer
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.writing.presenters import MovedLine, first_words
from tests.factories import make_share, say, texts

pytestmark = pytest.mark.django_db
PART = reverse("writing:part", args=["matters"])
LINE = reverse("writing:line", args=["matters", "important"])


def press(browser, line, do, number=1):
    """Press a button of a line, and see where it leads."""
    return browser.post(LINE, {"number": number, "line": line, "do": do}).url


def shown(browser, address=PART):
    return browser.get(address).content.decode()


def with_keyboard(page):
    """The buttons that have the keyboard when the page opens."""
    return re.findall(r"<button[^>]* autofocus>(.*?)<span", page)


def test_what_is_said_comes_first_and_blanks_after(anas_browser):
    page = anas_browser.get(PART)
    assert [row["topic"].key for row in page.context["said"]] == ["important"]
    text = page.content.decode()
    assert text.index('id="important"') < text.index("You could also say") < text.index('"people"')
    assert load().topic("people").question in text


def test_a_part_of_blanks_alone_has_nothing_to_put_in_order(visitor):
    page = shown(visitor)
    assert "You could say" in page
    assert "What you have said" not in page
    assert "Put in order" not in page


def test_a_keeper_is_told_of_what_they_have_said(anas_browser):
    Profile.objects.update(for_someone=True)
    page = shown(anas_browser)
    assert "What they have said" in page
    assert "They could also say" in page


def test_half_typed_words_under_a_blank_are_told(visitor):
    draft = {"text": "My sis", "picture": "", "only_me": "no", "started_from": 0, "draft_stamp": ""}
    visitor.post(reverse("writing:draft", args=["matters", "people"]), draft)
    page = visitor.get(PART)
    assert [row["topic"].key for row in page.context["blank"] if row["draft"]] == ["people"]
    assert page.content.decode().count("Some words not saved yet") == 1


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([], ""),
        (["Tea first.", "Then we talk."], "Tea first. Then we talk."),
        (["Tea", "Milk", "Sugar"], "Tea · Milk · Sugar"),
        (["Is it tea?", "شاي؟", "No"], "Is it tea? شاي؟ No"),
        (["a" * 119, "b"], "a" * 119 + "…"),
        (["a" * 130], "a" * 119 + "…"),
        (["Tea. " * 24], "Tea. " * 24),
    ],
)
def test_a_row_holds_no_more_words_than_it_has_room_for(lines, row):
    assert first_words(lines) == row
    assert len(first_words([*lines, "More words. " * 90])) <= 120


@pytest.mark.parametrize(
    ("line", "do", "after", "told", "button"),
    [
        (0, "down", "b\na\nc", "Moved to 2 of 3", "Move down"),
        (2, "up", "a\nc\nb", "Moved to 2 of 3", "Move up"),
        (1, "down", "a\nc\nb", "Moved to 3 of 3", "Move up"),
        (1, "up", "b\na\nc", "Moved to 1 of 3", "Move down"),
    ],
)
def test_after_a_move_the_keyboard_stays_on_the_line(
    anas_browser, anas_page, line, do, after, told, button
):
    say(anas_page, "important", "a\nb\nc")
    page = shown(anas_browser, press(anas_browser, line, do, number=2))
    assert texts(anas_page, "important")[-1] == after
    assert re.findall(r'role="status">([^<]*)<', page) == [told]
    assert with_keyboard(page) == [button]


def test_where_the_name_stands_first_the_places_are_counted_below_it(visitor, visitors_page):
    say(visitors_page, "call_me", "Jean\nRhymes with bean.\nNot Jeanie.")
    address = reverse("writing:line", args=["name", "call_me"])
    where = visitor.post(address, {"number": 2, "line": 1, "do": "down"}).url
    page = shown(visitor, where)
    assert "Moved to 2 of 2" in page
    assert with_keyboard(page) == ["Move up"]


def test_a_move_is_not_told_once_the_answer_is_another(anas_browser, anas_page):
    say(anas_page, "important", "a\nb")
    where = press(anas_browser, 0, "down", number=2)
    say(anas_page, "important", "c\nd")
    page = shown(anas_browser, where)
    assert "Moved to" not in page
    assert not with_keyboard(page)


def test_a_press_in_an_old_window_moves_nothing_and_tells_of_no_move(anas_browser, anas_page):
    say(anas_page, "important", "a\nb")
    where = press(anas_browser, 0, "down", number=1)
    assert texts(anas_page, "important")[-1] == "a\nb"
    assert "Moved to" not in shown(anas_browser, where)


@pytest.mark.parametrize(
    "moved",
    ["important", "important.1.0.left", "important.1.-1.up", "important.x.0.up", "a.b.c.d.e",
     "important.1.999999999999.up", f"important.1.{'9' * 5_000}.up", "important..0.up", "...", "³"],
)  # fmt: skip
def test_a_move_that_was_made_up_is_not_told(anas_browser, moved):
    page = anas_browser.get(PART, {"order": "yes", "moved": moved})
    assert page.status_code == 200
    assert "Moved to" not in page.content.decode()


def test_what_an_address_says_of_a_move_is_read_back():
    moved = MovedLine("important", 3, 1, "up")
    assert MovedLine.read(moved.as_asked) == moved


@pytest.mark.parametrize("order", ["?order=yes&undo=important.1", "?undo=important.1"])
def test_what_was_taken_off_can_be_put_back_also_when_nothing_is_left(
    anas_browser, anas_page, order
):
    press(anas_browser, 1, "remove")
    press(anas_browser, 0, "remove", number=2)
    assert not anas_page.answers.current().filter(topic="important").exists()
    page = shown(anas_browser, f"{PART}{order}")
    assert page.count("That line was removed.") == 1
    back = re.search(r'action="([^"]*/earlier/1/)"', page)[1]
    assert anas_browser.post(back, {"order": "yes"}).url == f"{PART}?order=yes#important"
    assert texts(anas_page, "important")[-1] == "Tea first.\nThen we talk."


def test_taking_off_stays_where_it_was_pressed(anas_browser):
    assert press(anas_browser, 0, "remove") == f"{PART}?order=yes&undo=important.1#important"


def test_in_order_mode_blanks_are_left_out_and_the_way_out_is_said(anas_browser):
    page = shown(anas_browser, f"{PART}?order=yes")
    assert 'id="important"' in page
    assert 'id="people"' not in page
    assert "Back to What matters to me" in page


def test_many_readers_are_counted_before_they_are_named(anas_browser, anas_page):
    for name in ("Ward 4", "Priya", "Dr Rees"):
        make_share(anas_page, reader_name=name)
    assert "Shared with 3: Dr Rees; Priya; Ward 4<" in shown(anas_browser)


def test_no_row_keeps_score(anas_browser):
    page = shown(anas_browser)
    assert not re.search(r"\b(Done|Started|Not started|%)\b", page)
    assert Answer.objects.exists()
