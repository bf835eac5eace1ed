"""What a change in a life touches first is read as strictly as the topics are."""

import pytest

from profiles.topics.load import load
from tests.topics.content import copy_of_the_content, say_in
from tests.topics.test_read import what_is_wrong

WRONG_CHANGES = [
    ('key = "moved"', "", "E003 changes.toml, change 1: key: is missing"),
    ('key = "moved"', 'key = "moved"\nwhen = 1', "E002 changes.toml, change 1: when: is unknown"),
    ('key = "moved"', 'key = "hospital"', "E007 changes.toml: key: 'hospital' is there twice"),
    (
        'title.en = "I have moved"',
        'title.en = ""',
        "E004 changes.toml, change 1: title.en: is empty",
    ),
    ('"sleep"', '"shoe_size"', "E009 changes.toml, change 1: topics: 'shoe_size' is no topic"),
    ('"sleep"', '"must_know"', "E004 changes.toml, change 1: topics: says one thing twice"),
]


@pytest.mark.parametrize("old, new, problem", WRONG_CHANGES)
def test_a_broken_change_is_refused_with_the_reason(tmp_path, old, new, problem):
    content = copy_of_the_content(tmp_path)
    say_in(content / "changes.toml", old, new)
    assert what_is_wrong(content)[0].startswith(problem)


@pytest.mark.parametrize("text", ["changes = []", 'changes = "all"', "changes = [1]"])
def test_no_change_at_all_is_refused(tmp_path, text):
    content = copy_of_the_content(tmp_path)
    (content / "changes.toml").write_text(text, encoding="utf-8")
    assert what_is_wrong(content) == ["E004 changes.toml: changes: must be one or more [[changes]]"]


WRONG_READERS = [
    ('key = "home"', 'key = "school"', "E007 readers.toml: key: 'school' is there twice"),
    ('"sleep"', '"shoe_size"', "E009 readers.toml, reader 1: topics: 'shoe_size' is no topic"),
    ('title.en = "a hospital"', "", "E003 readers.toml, reader 1: title: is missing"),
]


@pytest.mark.parametrize("old, new, problem", WRONG_READERS)
def test_a_broken_kind_of_reader_is_refused_with_the_reason(tmp_path, old, new, problem):
    content = copy_of_the_content(tmp_path)
    say_in(content / "readers.toml", old, new)
    assert what_is_wrong(content)[0].startswith(problem)


@pytest.mark.parametrize("reader", load().readers, ids=lambda reader: reader.key)
def test_every_kind_of_reader_sees_what_is_urgent_and_nothing_that_starts_private(reader):
    topics = load()
    assert {"must_know", "yes_no", "ring_first"} <= {*reader.topics}
    assert not [key for key in reader.topics if topics.topic(key).starts_private]


@pytest.mark.parametrize("key", ["moved", "hospital"])
def test_what_it_touches_comes_first_and_no_topic_is_left_out(key):
    topics = load()
    change = topics.change(key)
    in_order = [topic.key for topic in topics.touched_first(key)]
    assert tuple(in_order[: len(change.topics)]) == change.topics
    assert sorted(in_order) == sorted(topics.by_key)


@pytest.mark.parametrize("key", ["", "won the lottery"])
def test_without_a_change_they_come_in_their_usual_order(key):
    topics = load()
    assert [topic.key for topic in topics.touched_first(key)] == list(topics.by_key)
