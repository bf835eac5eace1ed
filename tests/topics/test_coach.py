"""A question back, only for words that could be anyone's, and always from the topic's own file."""

import pytest

from profiles.topics.coach import follow_up
from profiles.topics.load import load
from profiles.topics.read import follow_ups

WITH_COACH = [topic for topic in load().by_key.values() if topic.coach]


@pytest.mark.parametrize(
    "topic, text, asked",
    [
        ("important", "Tea.", "Which tea? How do you like it?"),
        ("important", "I like tea", "Which tea? How do you like it?"),
        ("important", "TEA", "Which tea? How do you like it?"),
        ("important", "TEA PLEASE", "Which tea? How do you like it?"),
        ("important", "My Mum", "Who in your family? What do you like to do together?"),
        ("important", "Tea, strong, two sugars.", None),
        ("important", "Tea, cake, a good book.", None),
        ("important", "Tea with two spoons.", None),
        ("important", "My Mum and Dee", None),
        ("important", "أحب الشاي", None),
        ("important", "茶", None),
        ("must_know", "Nuts close my throat.", None),
        ("important", "Tea at 4.", None),
        ("important", "Tea with Dee.", None),
        ("important", "Tea, because it wakes me.", None),
        ("important", "", None),
        ("important", "Teamwork and a very long list of all of the things that I enjoy most", None),
        ("appreciate", "Kind and caring.", "What did you do that somebody thanked you for?"),
    ],
)
def test_it_is_asked_only_where_the_words_say_little(topic, text, asked):
    found = follow_up(load().topic(topic), text)
    assert (found.ask if found else None) == asked


@pytest.mark.parametrize("topic", load().by_key.values(), ids=lambda topic: topic.key)
def test_our_own_good_examples_need_no_question(topic):
    assert [follow_up(topic, good) for good in topic.good] == [None, None]


@pytest.mark.parametrize("topic", WITH_COACH, ids=lambda topic: topic.key)
def test_our_own_poor_examples_lead_to_one(topic):
    assert follow_up(topic, topic.poor)


@pytest.mark.parametrize("topic", WITH_COACH, ids=lambda topic: topic.key)
def test_each_question_is_short_and_is_a_question(topic):
    for each in topic.coach:
        assert each.ask.endswith("?")
        assert each.ask.count("?") <= 2
        assert len(each.ask.split()) <= 16


@pytest.mark.parametrize("topic", WITH_COACH, ids=lambda topic: topic.key)
def test_every_word_that_asks_can_be_met(topic):
    for each in topic.coach:
        for word in each.words:
            assert follow_up(topic, word) is not None


@pytest.mark.parametrize(
    "value, fault",
    [
        ("tea", "[[coach]]"),
        ([{"ask": "Which?", "word": ["tea"]}], "unknown"),
        ([{"words": ["tea"]}], "no right question"),
        ([{"ask": "Which?"}, {"ask": "When?", "words": ["tea"]}], "only the last"),
        ([{"ask": "Which?", "words": []}], "a list of"),
        ([{"ask": "Which?", "words": ["tea"]}, {"ask": "When?"}], ""),
    ],
)
def test_a_file_that_is_wrong_says_where(value, fault):
    said = follow_ups(value)
    assert fault in said if fault else said == ""
