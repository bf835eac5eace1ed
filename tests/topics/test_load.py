"""The topics, as they are loaded from their files."""

import pytest

from profiles.topics.load import load, read_all
from profiles.topics.prsb import SECTIONS
from tests.topics.content import copy_of_the_content, say_in

KEYS = """call_me must_know ring_first not_contact health appreciate important people culture goals
story interests communicate yes_no access senses pain good_day bad_day calm do do_not washing
eating moving equipment school_work sleep plans medicines""".split()


def test_every_permanent_key_is_asked_in_its_order():
    assert list(load().by_key) == KEYS


FIRST_KEYS = """call_me must_know ring_first not_contact health appreciate important people culture
goals story interests communicate yes_no access senses pain good_day bad_day calm do do_not washing
eating moving sleep medicines""".split()


def test_what_people_said_under_the_first_keys_is_still_found():
    assert [key for key in KEYS if key in FIRST_KEYS] == FIRST_KEYS


def test_the_parts_hold_the_topics_in_the_same_order():
    assert [part.key for part in load().parts] == ["name", "safe", "like", "matters", "help"]
    assert [topic.key for part in load().parts for topic in part.topics] == KEYS


def test_a_topic_knows_its_part():
    assert all(topic.part == part.key for part in load().parts for topic in part.topics)


def test_topics_and_parts_are_found_by_key():
    assert load().topic("do_not").title == "Please do not"
    assert load().part("like").title == "What people like about me"


@pytest.mark.parametrize("find", [load().part, load().topic, load().next_after])
def test_a_key_that_is_not_there_is_a_key_error(find):
    with pytest.raises(KeyError):
        find("shoe_size")


def test_the_next_topic_may_be_in_the_next_part():
    assert [load().next_after(key) for key in KEYS] == [*map(load().topic, KEYS[1:]), None]


def test_only_two_topics_start_private():
    private = [key for key, topic in load().by_key.items() if topic.starts_private]
    assert private == ["not_contact", "health"]


def test_only_what_you_must_know_is_kept_to_three_lines():
    limits = {key: topic.most_lines for key, topic in load().by_key.items() if topic.most_lines}
    assert limits == {"must_know": 3}


def test_every_section_of_about_me_has_a_topic():
    assert {topic.prsb_section for topic in load().by_key.values()} == set(SECTIONS)


def test_loading_twice_reads_the_files_once():
    assert load("en") is load("en")


def test_topics_cannot_be_changed():
    with pytest.raises(TypeError):
        load().by_key["call_me"] = load().topic("pain")  # type: ignore[index]


def test_a_retired_topic_is_kept_and_never_asked(tmp_path):
    content = copy_of_the_content(tmp_path)
    say_in(content / "en/people.toml", 'key = "people"', 'key = "people"\nretired = true')
    topics = read_all(content, "en")
    assert topics.topic("people") in topics.part("matters").topics
    assert topics.topic("people") not in topics.part("matters").asked
    assert topics.next_after("important") == topics.topic("culture")


def test_a_good_answer_may_have_more_than_one_line():
    assert any("\n" in good for good in load().topic("call_me").good)
