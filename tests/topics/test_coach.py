"""A question back, only for words that could be anyone's, and always from the topic's own file."""

import pytest

from profiles.topics.coach import follow_up
from profiles.topics.load import load, read_all
from tests.topics.content import copy_of_the_content, say_in
from tests.topics.test_read import what_is_wrong

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
        (
            "important",
            "My familly and freinds",
            "What is it exactly, and when? What if you go without?",
        ),
        ("good_day", "When Im happy", "What did you do that day? Who was there?"),
        ("calm", "Some time on my own", "Where do you go? For how long?"),
        ("sleep", "Lamp on", None),
        ("sleep", "Socks on", None),
        ("do", "Talk to me, not my carer", None),
        ("do", "Tell me who you are", None),
        ("yes_no", "I nod for yes", None),
        ("must_know", "No nuts", None),
        ("eating", "Little and often", None),
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


def test_a_file_of_vague_words_that_is_wrong_says_where(tmp_path):
    content = copy_of_the_content(tmp_path)
    say_in(content / "vague.toml", '"a", "an"', '" a", "an"')
    assert what_is_wrong(content) == [
        "E004 vague.toml: en.between: has one that begins or ends with a space"
    ]


IT = "en/yes_no.toml"


@pytest.mark.parametrize(
    "wrong, problem",
    [
        ('coach = "tea"', f"E004 {IT}: coach: must be one or more [[coach]]"),
        ("coach = [1]", f"E004 {IT}: coach: must be one or more [[coach]]"),
        ('[[coach]]\nask = "Which?"\nword = ["tea"]', f"E002 {IT}, coach 1: word: is unknown"),
        ('[[coach]]\nwords = ["tea"]', f"E003 {IT}, coach 1: ask: is missing"),
        ('[[coach]]\nask = ""', f"E004 {IT}, coach 1: ask: is empty"),
        (
            '[[coach]]\nask = "Which?"\n[[coach]]\nask = "When?"\nwords = ["tea"]',
            f"E003 {IT}, coach 1: words: is missing; only the last needs none",
        ),
        (
            '[[coach]]\nask = "Which?"\nwords = []',
            f"E004 {IT}, coach 1: words: must be a list of 1 to 40",
        ),
        (
            '[[coach]]\nask = "Which?"\nwords = ["tea", " cake"]',
            f"E004 {IT}, coach 1: words: has one that begins or ends with a space",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path, wrong, problem):
    assert what_is_wrong(with_questions_back(tmp_path, wrong)) == [problem]


def test_only_the_last_may_go_with_any_short_answer(tmp_path):
    right = '[[coach]]\nask = "Which?"\nwords = ["tea"]\n[[coach]]\nask = "When?"'
    topic = read_all(with_questions_back(tmp_path, right), "en").topic("yes_no")
    assert [each.words for each in topic.coach] == [("tea",), ()]


def with_questions_back(tmp_path, toml):
    """Our topics, of which one asks these questions back and no other."""
    content = copy_of_the_content(tmp_path)
    text = (content / IT).read_text(encoding="utf-8")
    say_in(content / IT, text[text.index("[[coach]]") :], toml)
    return content
