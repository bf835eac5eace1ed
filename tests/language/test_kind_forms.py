"""A form that offers a thought about its words: once, and it never blocks."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from profiles.language.forms import KindWords


class Note(KindWords):
    thinks_about = ("note", "place")
    name = forms.CharField()
    note = forms.CharField(required=False)
    place = forms.CharField(required=False, max_length=20)


def note(text: str, **others: str) -> Note:
    return Note({"name": "A client", "note": text} | others)


def drawn(form: KindWords, **values: Any) -> str:
    page = Template("{% load fields %}{% kind_words form send=send %}")
    return page.render(Context({"form": form, "send": ""} | values))


def test_kind_words_go_at_the_first_press():
    form = note("I will knock first.")
    assert form.is_valid()
    assert not drawn(form).strip()


def test_words_that_hurt_come_back_once_with_no_error():
    form = note("A client rang.")
    assert not form.is_valid()
    assert not form.errors
    assert [thought.hint.words for thought in form.thoughts] == ["client"]


def test_the_second_press_sends_them_as_they_are():
    form = note("A client rang.", as_it_is="yes")
    assert form.is_valid()
    assert form.cleaned_data["note"] == "A client rang."


def test_only_the_boxes_that_people_read_are_thought_about():
    assert note("", name="A service user").is_valid()
    assert not note("", place="Client house").is_valid()


def test_what_stood_there_before_is_left_alone():
    said = {"name": "Jo", "note": "A client", "place": ""}
    assert Note(said, initial={"note": "A client"}).is_valid()


def test_what_is_wrong_is_said_first_and_alone():
    form = note("A client", place="x" * 21)
    assert not form.is_valid()
    assert form.errors and not form.thoughts
    assert not drawn(form).strip()


def test_the_same_words_are_shown_once():
    assert len(note("The client, a client and the client.").thoughts) == 1


def test_a_page_that_was_only_opened_shows_nothing():
    assert not Note().is_valid()
    assert not Note().thoughts
    assert not drawn(Note()).strip()


def test_the_hints_are_shown_with_two_ways_on():
    page = drawn(note("A client rang."))
    assert "A thought about your words" in page
    assert "“client”" in page and "Perhaps: the person’s name." in page
    assert '<a class="button" data-kind="plain" href="#id_note">Change my words</a>' in page
    assert 'name="as_it_is" value="yes">Send as it is</button>' in page


def test_a_page_can_say_in_its_own_words_how_to_go_on():
    assert ">Go on as it is</button>" in drawn(note("A client"), send="Go on as it is")


def test_who_has_decided_is_not_asked_again_when_something_else_is_wrong():
    page = drawn(note("A client", as_it_is="yes", place="x" * 21))
    assert page.strip() == '<input type="hidden" name="as_it_is" value="yes">'


@pytest.mark.parametrize("text", ["<script>client</script>", "client\u202e", "<b>client’s"])
def test_typed_words_never_become_markup(text):
    assert "<script>" not in drawn(note(text))
    assert "<b>" not in drawn(note(text))
