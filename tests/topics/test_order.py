"""The order file says which topics stand where, and is read as strictly as they are."""

import pytest

from tests.topics.content import copy_of_the_content, say_in
from tests.topics.test_read import what_is_wrong

WRONG_ORDERS = [
    ('topics = ["call_me"]', "topics = []", "E004 order.toml, part 1: topics: must be a list of 1"),
    ('picture = "2B50"', "", "E003 order.toml, part 3: picture: is missing"),
    ('picture = "2B50"', 'picture = "nothing"', "E004 order.toml, part 3: picture: is no picture"),
    ('key = "like"', 'key = "like"\ncolour = "red"', "E002 order.toml, part 3: colour: is unknown"),
    ('title.en = "My name"', 'title.cy = "Fy enw"', "E004 order.toml, part 1: title: has no 'en'"),
    ('title.en = "My name"', 'title.en = ""', "E004 order.toml, part 1: title.en: is empty"),
    ('title.en = "My name"', 'title = "My name"', "E004 order.toml, part 1: title: has no 'en'"),
    ('key = "like"', 'key = "safe"', "E007 order.toml: key: 'safe' is there twice"),
    ('"yes_no"', '"people"', "E007 order.toml: topics: 'people' is there twice"),
    ('"yes_no"', '"shoe_size"', "E001 en/shoe_size.toml: cannot be read: there is no such file"),
    ('"yes_no", ', "", "E008 en/yes_no.toml: key: 'yes_no' is not in order.toml"),
]


@pytest.mark.parametrize(("old", "new", "problem"), WRONG_ORDERS)
def test_a_broken_order_is_refused_with_the_reason(tmp_path, old, new, problem):
    content = copy_of_the_content(tmp_path)
    say_in(content / "order.toml", old, new)
    assert what_is_wrong(content)[0].startswith(problem)


@pytest.mark.parametrize("text", ["parts = []", 'parts = "all"', "parts = [1, 2]"])
def test_an_order_without_parts_is_refused(tmp_path, text):
    content = copy_of_the_content(tmp_path)
    (content / "order.toml").write_text(text, encoding="utf-8")
    assert what_is_wrong(content) == ["E004 order.toml: parts: must be one or more [[parts]]"]


def test_no_order_at_all_is_refused(tmp_path):
    content = copy_of_the_content(tmp_path)
    (content / "order.toml").unlink()
    assert what_is_wrong(content) == [
        "E001 order.toml: cannot be read: there is no such file",
    ]


def test_a_language_we_do_not_have_is_refused(tmp_path):
    problems = what_is_wrong(copy_of_the_content(tmp_path), language="cy")
    assert problems[0] == "E004 order.toml, part 1: title: has no 'cy'"
