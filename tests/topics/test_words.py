"""The words of the topics: short, plain, and asked of the person."""

import re

import pytest

from profiles.topics.load import load
from profiles.topics.pictures import pictures
from profiles.topics.topic import Topic

TOPICS = list(load().by_key.values())

every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)


def sentences(topic: Topic) -> list[str]:
    words = [topic.question, topic.hint, *topic.prompts, *topic.good, topic.poor]
    return [sentence for text in words for sentence in re.split(r"(?<=[.?!])\s+", text)]


@every_topic
def test_a_question_and_its_prompts_are_questions(topic):
    assert all(text.endswith("?") for text in (topic.question, *topic.prompts))


@every_topic
def test_hints_and_examples_are_whole_sentences(topic):
    assert topic.hint.endswith(".")
    assert all(good.endswith(".") for good in topic.good)


@every_topic
def test_a_sentence_has_at_most_twenty_words(topic):
    assert max(len(sentence.split()) for sentence in sentences(topic)) <= 20


@every_topic
def test_a_title_is_short_and_in_the_persons_own_voice(topic):
    assert len(topic.title) <= 30
    assert not re.search(r"\byour\b", topic.title, re.IGNORECASE)


@every_topic
def test_a_good_example_says_more_than_the_poor_one(topic):
    assert min(map(len, topic.good)) > len(topic.poor)


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("school_work", "find hard"),
        ("equipment", "charger"),
        ("plans", "care plan"),
        ("appreciate", "good at"),
        ("people", "Where do you live, and who with"),
        ("people", "how old you are"),
        ("good_day", "usual day, and at what time"),
        ("senses", "Who may hug you"),
        ("medicines", "must never be late"),
        ("eating", "after you eat"),
        ("bad_day", "frightens you"),
        ("communicate", "get wrong about what you understand"),
        ("communicate", "words just as they are said"),
        ("access", "How long may a visit last"),
    ],
)
def test_what_real_pages_had_no_place_for_is_asked(key, asked):
    assert any(asked in prompt for prompt in load().topic(key).prompts)


def test_no_two_topics_ask_the_same():
    questions = [topic.question for topic in TOPICS]
    titles = [topic.title for topic in TOPICS]
    assert len(set(questions)) == len(set(titles)) == len(TOPICS)


def test_a_topic_is_not_titled_like_its_part():
    assert not {part.title for part in load().parts} & {topic.title for topic in TOPICS}


def test_a_label_is_a_few_plain_words():
    labels = [each.label for each in pictures().values()]
    assert max(len(words.split()) for words in labels) <= 5
    assert all(words[0].isupper() and not words.endswith(".") for words in labels)
