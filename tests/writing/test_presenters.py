"""What the list of parts says about each part."""

import pytest

from profiles.answers.models import Answer
from profiles.topics.load import load
from profiles.writing.presenters import part_row


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "Nothing here yet"),
        ("Maggie.", "Maggie."),
        ("Maggie.\nNot Margaret.", "Maggie, and 1 more thing"),
        ("{count} %s.\nTwo.\nThree.", "{count} %s, and 2 more things"),
    ],
)
def test_a_part_gives_a_taste_of_what_it_says(text, note):
    said = {"call_me": Answer(topic="call_me", text=text)} if text else {}
    assert part_row(load().part("name"), said, set())["note"] == note
