"""What the list of parts says about each part."""

import pytest

from profiles.answers.models import Answer
from profiles.topics.load import load
from profiles.writing.presenters import part_row


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("", "Nothing here yet", 0),
        ("Maggie.", "Maggie.", 1),
        ("Maggie.\nNot Margaret.", "Maggie. Not Margaret.", 1),
        ("{count} %s.\nTwo.\nThree.", "{count} %s. Two. Three.", 1),
        ("M" * 500, "M" * 119 + "…", 1),
    ],
)
def test_a_part_gives_the_first_of_what_it_says(text, words, count):
    said = {"call_me": Answer(topic="call_me", text=text)} if text else {}
    row = part_row(load().part("name"), said, set())
    assert (row["words"], row["count"]) == (words, count)


def test_what_is_half_typed_is_no_answer():
    row = part_row(load().part("name"), {}, {"call_me"})
    assert (row["words"], row["count"]) == ("Some words not saved yet", 0)
