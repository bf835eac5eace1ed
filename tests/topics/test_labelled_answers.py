"""A question back is mostly asked of an answer that could be anyone's, and seldom of another."""

import tomllib
from pathlib import Path

import pytest

from profiles.topics.coach import follow_up
from profiles.topics.load import load

ANSWERS = Path(__file__).parent / "answers"
MOST_WRONGLY = 5  # percent
LEAST_RIGHTLY = 60
WITH_COACH = {key for key, topic in load().by_key.items() if topic.coach}


def labelled(name):
    return tomllib.loads((ANSWERS / f"{name}.toml").read_text(encoding="utf-8"))


def asked(answers, label):
    """Which answers with this label are asked about, and of how many."""
    texts = [(load().topic(key), text) for key, said in answers.items() for text in said[label]]
    return [text for topic, text in texts if follow_up(topic, text)], len(texts)


@pytest.mark.parametrize("name", ["labelled", "held_out"])
def test_the_question_comes_where_people_would_ask(name):
    answers = labelled(name)
    wrongly, somebodys = asked(answers, "somebodys")
    rightly, anyones = asked(answers, "anyones")
    print(f"{name}: wrongly asked {100 * len(wrongly) / somebodys:.1f} %: {wrongly}")
    print(f"{name}: rightly asked {100 * len(rightly) / anyones:.1f} %")
    assert 100 * len(wrongly) / somebodys <= MOST_WRONGLY, wrongly
    assert 100 * len(rightly) / anyones >= LEAST_RIGHTLY


def test_the_labelled_answers_are_about_every_topic_with_a_question_back():
    answers = labelled("labelled")
    assert set(answers) == WITH_COACH
    assert sum(len(said["anyones"]) for said in answers.values()) >= 100
    assert sum(len(said["somebodys"]) for said in answers.values()) >= 100
