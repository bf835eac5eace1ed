"""A broken topic file is refused, and the file and the member are named."""

import pytest

from profiles.core.content import BrokenContent
from profiles.topics.load import read_all
from tests.topics.content import copy_of_the_content, say_in, set_member

MEMBERS = """key title question hint prompts good poor picture prsb_section prsb_title
snomed""".split()

LONG_LIST = str([f"Question {number}?" for number in range(6)])

WRONG_VALUES = [
    ("title", '""', "E004 en/calm.toml: title: is empty"),
    ("title", '"   "', "E004 en/calm.toml: title: is empty"),
    ("title", '" Calm"', "E004 en/calm.toml: title: begins or ends with a space"),
    ("title", '"One\\nTwo"', "E004 en/calm.toml: title: must be on one line"),
    ("hint", '"a\\u0007b"', "E004 en/calm.toml: hint: holds a sign nobody can see"),
    ("question", "7", "E004 en/calm.toml: question: must be words in quotes"),
    ("prompts", "[]", "E004 en/calm.toml: prompts: must be a list of 3 to 5"),
    ("prompts", '["One?", "Two?"]', "E004 en/calm.toml: prompts: must be a list of 3 to 5"),
    ("prompts", LONG_LIST, "E004 en/calm.toml: prompts: must be a list of 3 to 5"),
    ("prompts", '"What helps?"', "E004 en/calm.toml: prompts: must be a list of 3 to 5"),
    ("prompts", '["A?", "B?", ""]', "E004 en/calm.toml: prompts: has one that is empty"),
    ("prompts", '["A?", "B?", "A?"]', "E004 en/calm.toml: prompts: says one thing twice"),
    ("good", '["Only one."]', "E004 en/calm.toml: good: must be a list of 2"),
    ("good", '["One.", "Two.", "Three."]', "E004 en/calm.toml: good: must be a list of 2"),
    ("good", '["One.", 2]', "E004 en/calm.toml: good: has one that must be words in quotes"),
    ("poor", '""', "E004 en/calm.toml: poor: is empty"),
    ("picture", '"1F4A9"', "E004 en/calm.toml: picture: is no picture we have: '1F4A9'"),
    ("picture", '["2615"]', "E004 en/calm.toml: picture: is no picture we have: ['2615']"),
    ("most_lines", "0", "E004 en/calm.toml: most_lines: must be a whole number above 0"),
    ("most_lines", "3.0", "E004 en/calm.toml: most_lines: must be a whole number above 0"),
    ("most_lines", "true", "E004 en/calm.toml: most_lines: must be a whole number above 0"),
    ("starts_private", '"yes"', "E004 en/calm.toml: starts_private: must be true or false"),
    ("retired", "1", "E004 en/calm.toml: retired: must be true or false"),
    ("colour", '"blue"', "E002 en/calm.toml: colour: is unknown"),
    ("part", '"help"', "E002 en/calm.toml: part: is unknown"),
    ("key", '"pain"', "E005 en/calm.toml: key: must be 'calm', like the file"),
    ("prsb_section", "8", "E006 en/calm.toml: prsb_section: must be 1 to 7"),
]


def what_is_wrong(content, language="en"):
    with pytest.raises(BrokenContent) as caught:
        read_all(content, language)
    return [f"{problem.code} {problem}" for problem in caught.value.problems]


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_that_is_missing_is_named(tmp_path, member):
    content = copy_of_the_content(tmp_path)
    set_member(content / "en/calm.toml", member, None)
    assert what_is_wrong(content) == [f"E003 en/calm.toml: {member}: is missing"]


@pytest.mark.parametrize(("member", "value", "problem"), WRONG_VALUES)
def test_a_member_that_is_wrong_is_named_with_the_reason(tmp_path, member, value, problem):
    content = copy_of_the_content(tmp_path)
    set_member(content / "en/calm.toml", member, value)
    assert what_is_wrong(content) == [problem]


@pytest.mark.parametrize("member", ["prsb_title", "snomed"])
def test_the_section_title_and_code_must_be_those_of_the_standard(tmp_path, member):
    content = copy_of_the_content(tmp_path)
    set_member(content / "en/calm.toml", member, '"My wellbeing"')
    (problem,) = what_is_wrong(content)
    assert problem.startswith("E006 en/calm.toml: prsb_title, snomed: must be 'My wellness'")


def test_a_member_written_twice_is_refused(tmp_path):
    content = copy_of_the_content(tmp_path)
    say_in(content / "en/calm.toml", 'key = "calm"', 'key = "calm"\nkey = "calm"')
    (problem,) = what_is_wrong(content)
    assert problem.startswith("E001 en/calm.toml: cannot be read: ")


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    content = copy_of_the_content(tmp_path)
    (content / "en/calm.toml").write_text("title: What helps me feel calm", encoding="utf-8")
    (problem,) = what_is_wrong(content)
    assert problem.startswith("E001 en/calm.toml: cannot be read: ")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    content = copy_of_the_content(tmp_path)
    (content / "en/calm.toml").write_bytes(b"\xff\xfe")
    (problem,) = what_is_wrong(content)
    assert problem.startswith("E001 en/calm.toml: cannot be read: ")


def test_every_problem_is_told_at_once(tmp_path):
    content = copy_of_the_content(tmp_path)
    set_member(content / "en/calm.toml", "hint", None)
    set_member(content / "en/pain.toml", "poor", '""')
    assert what_is_wrong(content) == [
        "E004 en/pain.toml: poor: is empty",
        "E003 en/calm.toml: hint: is missing",
    ]
