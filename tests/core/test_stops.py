"""A sentence that quotes words ends with one stop, and never with none."""

import pytest
from django.template.loader import render_to_string

from profiles.core.stops import ended
from profiles.sharing.decided import Decided, Mode
from profiles.templatetags.words import full_stop

WORDS = {
    "Dee": "Dee.",
    "I looked at the door.": "I looked at the door.",
    "because …": "because …",
    "because ...": "because ...",
    "Stop!": "Stop!",
    "Why?": "Why?",
    "“No.”": "“No.”",
    "(by hand.)": "(by hand.)",
    "“No”": "“No”.",
    "我不要。": "我不要。",
    "لماذا؟": "لماذا؟",
    "नहीं।": "नहीं।",
    "St. Mary": "St. Mary.",
    "No. ": "No. ",
    "": ".",
}


@pytest.mark.parametrize(("words", "right"), WORDS.items())
def test_words_end_once(words: str, right: str) -> None:
    assert ended(words) == right
    assert words + full_stop(words) == right


def test_a_thought_that_trails_off_has_three_dots_and_no_fourth() -> None:
    class Thought:
        hint = {"words": "refuses", "why": "It blames.", "instead": "does not do it, because …"}

    drawn = render_to_string("components/kind_words.html", {"thoughts": [Thought]})
    assert "Perhaps: does not do it, because …</li>" in " ".join(drawn.split())


def test_what_was_decided_for_somebody_is_told_with_one_stop_each() -> None:
    decided = Decided(
        mode=Mode.FOR_ME,
        decided_by="Rosa Tay, M.D.",
        authority="best_interests",
        reference="Court ref. 12.",
        asked="Her sister.",
        person_showed="She pushed it away!",
        can_object="Turning her head. Or “no.”",
    )
    for sentence in decided.sentences:
        assert sentence[-1] in ".!”"
        assert not sentence.endswith(("..", "!.", ".”."))
    assert decided.sentences[0] == "It was decided in best interests, by Rosa Tay, M.D."
