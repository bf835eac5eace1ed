"""What a worker and a person both mention: whole words, and no more than both can see."""

import pytest

from profiles.workers.interests import MOST, in_both


@pytest.mark.parametrize(
    "enjoys, lines, both",
    [
        (
            "Gardening, and Rovers.",
            ["gardening first", "The ROVERS on Saturday"],
            "Gardening Rovers",
        ),
        ("Rovers, gardening", ["Gardening and Rovers"], "Rovers gardening"),
        ("tomatoes", ["growing tomato"], ""),
        ("art, tea", ["art and tea"], ""),  # too short to mean much
        ("I love working with people", ["I love people. Work with me."], ""),
        ("walks walks Walks", ["Walks"], "walks"),
        ("Straße", ["STRASSE"], "Straße"),
        ("cafe\u0301s", ["caf\u00e9s"], "caf\u00e9s"),
        ("أحب الحدائق", ["الحدائق جميلة"], "الحدائق"),
        ("বাগানে ফুল", ["আমি বাগানে বসি"], "বাগানে"),
        ("", ["gardening"], ""),
        ("gardening", [], ""),
        ("rugby2026", ["rugby"], "rugby"),
        ("don’t panic", ["panic"], "panic"),
    ],
)
def test_whole_words_that_stand_in_both(enjoys, lines, both):
    assert " ".join(in_both(enjoys, lines)) == both


def test_a_word_inside_another_is_not_the_same():
    assert in_both("garden", ["gardening"]) == ()


def test_it_is_one_line():
    many = " ".join(f"interest{letter}" for letter in "abcdefghij")
    assert len(in_both(many, [many])) == MOST
