"""Whom to ring is filled in row by row, without a script, and kept as lines."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.answers.models import Draft
from tests.factories import say, texts

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PLACE = ["safe", "ring_first"]
WRITE, DRAFT, BOTH = (reverse(f"writing:{name}", args=PLACE) for name in ("write", "draft", "both"))
DEE, AMIR = "Dee, my sister, 01632 960 114, day or night", "Amir, next door, 07700 900358"
USUAL = {"text": "", "picture": "", "only_me": "no", "started_from": 0, "draft_stamp": ""}


def typed(*rows, **others):
    boxes = {
        f"ring-{at}-{part}": value
        for at, row in enumerate(rows)
        for part, value in zip(("name", "who", "number", "when"), row, strict=False)
    }
    return USUAL | boxes | others


def rows_on(answer):
    return [[box.value() or "" for box in row] for row in answer.context["form"].rows]


def as_shown(answer, **others):
    """What the browser sends, of a page as it was opened."""
    return {box.html_name: box.value() or "" for box in answer.context["form"]} | others


def test_there_are_three_rows_and_a_box_for_more(visitor):
    answer = visitor.get(WRITE)
    assert rows_on(answer) == [[""] * 4] * 3
    assertContains(answer, "<h1", count=1)
    assertContains(answer, "Person 3")
    assertNotContains(answer, "further down")
    visitor.post(WRITE, USUAL | {"text": "Ring Dee. She knows."})
    assertContains(visitor.get(WRITE), '<a class="reach" href="#id_text">What you wrote in another')
    assertContains(answer, 'name="text"')


def test_who_can_be_among_them_is_said_once(visitor):
    assertContains(visitor.get(WRITE), "Your doctor can be among them", count=1)


def test_other_questions_have_none(visitor):
    answer = visitor.get(reverse("writing:write", args=["matters", "people"]))
    assert rows_on(answer) == []
    assertNotContains(answer, "ring_order")


def test_rows_are_kept_as_lines(visitor, visitors_page):
    dee, amir = DEE.split(", "), AMIR.split(", ")
    assert visitor.post(WRITE, typed(dee, amir)).status_code == 302
    assert texts(visitors_page, "ring_first") == [f"{DEE}\n{AMIR}"]


def test_they_are_read_back_with_an_empty_one_more(visitor, visitors_page):
    say(visitors_page, "ring_first", f"{DEE}\n{AMIR}\n{DEE}\n{AMIR}")
    rows = rows_on(visitor.get(WRITE))
    assert rows[0] == ["Dee", "my sister", "01632 960 114", "day or night"]
    assert rows[1] == ["Amir", "next door", "07700 900358", ""]
    assert len(rows) == 5 and rows[4] == [""] * 4


def test_lines_in_other_words_stand_whole_in_the_box(visitor, visitors_page):
    text = f"My sister Dee: 07700 900123. Any time.\n{AMIR}\nPlease text."
    say(visitors_page, "ring_first", text)
    answer = visitor.get(WRITE)
    assert answer.context["form"]["text"].value() == (
        "My sister Dee: 07700 900123. Any time.\nPlease text."
    )
    assert visitor.post(WRITE, as_shown(answer)).status_code == 302
    assert texts(visitors_page, "ring_first") == [text]  # nothing was changed, so nothing is added


def test_a_window_from_before_there_were_rows_still_saves(visitor, visitors_page):
    visitor.post(WRITE, USUAL | {"text": f"{AMIR}\nPlease text."})
    assert texts(visitors_page, "ring_first") == [f"{AMIR}\nPlease text."]


def test_a_number_stands_as_it_was_typed(visitor, visitors_page):
    visitor.post(WRITE, typed(["Dee", "", "+44 (0)7700-900 123 ext. 4"]))
    assert texts(visitors_page, "ring_first") == ["Dee, +44 (0)7700-900 123 ext. 4"]
    assert rows_on(visitor.get(WRITE))[0][2] == "+44 (0)7700-900 123 ext. 4"


def test_a_row_without_a_number_is_not_lost(visitor, visitors_page):
    visitor.post(WRITE, typed(["Dee", "my sister"], AMIR.split(", ")))
    assert texts(visitors_page, "ring_first") == [f"Dee, my sister\n{AMIR}"]
    answer = visitor.get(WRITE)
    assert answer.context["form"]["text"].value() == "Dee, my sister"
    visitor.post(WRITE, as_shown(answer))
    assert texts(visitors_page, "ring_first") == [f"Dee, my sister\n{AMIR}"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ring-1-name": "D" * 201}, "Use 200 letters or fewer"),
        ({"ring-1-name": "Dee\x07"}, "There is a letter in your words that we cannot keep"),
        ({"text": "x" * 3_990}, "The most we can keep here is 4,000"),
        ({"only_me": ""}, "Choose who may see this"),
    ],
)
def test_a_refused_page_gives_every_word_back(visitor, visitors_page, wrong, says):
    sent = typed(DEE.split(", "), ["Amir"], ["Cem"], ["Dan"]) | wrong
    answer = visitor.post(WRITE, sent)
    assertContains(answer, says, status_code=422)
    form = answer.context["form"]
    assert {name: form[name].value() for name in sent} == sent | {"started_from": "0"}
    assert texts(visitors_page, "ring_first") == []


@pytest.mark.parametrize("order", ["x", "rrrrmmmm", "mr" * 1_000, "r" * 9_000, "\x00"])
def test_an_order_that_was_made_up_loses_no_line(visitor, visitors_page, order):
    sent = typed(DEE.split(", "), AMIR.split(", "), text="Please text.", ring_order=order)
    answer = visitor.post(WRITE, sent)
    if answer.status_code == 302:
        (text,) = texts(visitors_page, "ring_first")
        assert sorted(text.splitlines()) == sorted([DEE, AMIR, "Please text."])
    else:
        assert rows_on(answer)[0] == DEE.split(", ")


def test_half_typed_rows_are_kept_and_come_back(visitor, visitors_page):
    kept = visitor.post(DRAFT, typed(DEE.split(", "), ["Ami"]))
    assert kept.status_code == 200
    assert Draft.objects.get().text == f"{DEE}\nAmi"
    answer = visitor.get(WRITE)
    assert rows_on(answer)[0] == DEE.split(", ")
    assert answer.context["form"]["text"].value() == "Ami"


def test_what_is_wrong_in_a_row_is_said_while_typing(visitor):
    kept = visitor.post(DRAFT, typed(["D" * 201]))
    assertContains(kept, "Use 200 letters or fewer", status_code=422)


def test_two_windows_lose_no_row(visitor, visitors_page):
    say(visitors_page, "ring_first", DEE)
    first = visitor.get(WRITE)
    say(visitors_page, "ring_first", f"{DEE}\n{AMIR}")
    sent = as_shown(first) | {"ring-1-name": "Cem", "ring-1-number": "999"}
    assert visitor.post(WRITE, sent).url == BOTH
    assertContains(visitor.get(BOTH), "Cem, 999")
    draft = Draft.objects.get()
    sent = {"choice": "both", "started_from": 2, "draft_stamp": draft.version}
    visitor.post(BOTH, sent)
    assert texts(visitors_page, "ring_first")[-1] == f"{DEE}\n{AMIR}\n{DEE}\nCem, 999"
    assert len(rows_on(visitor.get(WRITE))) == 5


def test_a_form_that_got_too_old_gives_the_rows_back(visitor):
    browser = Client(enforce_csrf_checks=True)
    sent = typed(DEE.split(", "), text="Please text.") | {"csrfmiddlewaretoken": "old"}
    answer = browser.post(WRITE, sent, headers={"sec-fetch-site": "same-origin"})
    for words in (*DEE.split(", "), "Please text."):
        assertContains(answer, words, status_code=403)
