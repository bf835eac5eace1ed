"""Where a name ends, in a line that says more. No word is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.core.names import letters, name_in, split_name, with_name_alone


@pytest.mark.parametrize(
    "name",
    [
        "Jo", "Dr. Ali", "J. R.", "J.R.", "Anne-Marie", "Mr. T", "Mr. T.", "St. John", "ST. JOHN",
        "Dr. J. R. Smith", "Ms. Patel", "Prof. Ng", "Prof. Dr. Ng", "Mary J. Blige", "Mary J.",
        "O'Neil", "D’Angelo", "Dr.", "Sir", "Sra. García", "J.-P. Sartre", "John Smith Jr.",
        "Martin Luther King, Jr.", "Ph.D. Sam", "د. علي", "أ.د. علي", "王小明", "👩‍👩‍👧",
        "🌟", "William “Bill” Smith", "(Jo)", "Jo :)", "Jo ;)", "Jean‑Luc", "Jean–Luc", "Nan!",
        "Sam, Jr.", "…", "—",
        "( ) , .", "7", "Ḿ. Ali", "M\u0301. Ali", "Siân", "Llŷr Ŵyn", "Jo <3",
        "ni̇colae", "علی‌رضا", "R2.D2", "jo.smith", "Mary J. Say it slowly",
    ],
)  # fmt: skip
def test_what_is_a_name_and_no_more_stays_whole(name):
    assert split_name(name) == (name, "")


@pytest.mark.parametrize(
    "line, name, more",
    [
        ("Jean. Rhymes with bean.", "Jean", "Rhymes with bean."),
        ("Jean.\tRhymes with bean.\u00a0", "Jean", "Rhymes with bean."),
        ("Sam. Rhymes with ham.", "Sam", "Rhymes with ham."),
        ("Maggie. Only the bank calls me Margaret.", "Maggie", "Only the bank calls me Margaret."),
        ("Jean.. Rhymes", "Jean", "Rhymes"),
        ("Jean… Rhymes", "Jean", "Rhymes"),
        ("Jo (not Joanna)", "Jo", "(not Joanna)"),
        ("Jo(not Joanna)", "Jo", "(not Joanna)"),
        ("Jo [she, her]", "Jo", "[she, her]"),
        ("Jo) not Joanna", "Jo", ") not Joanna"),
        ("Jean-Luc – say Zhon Look", "Jean-Luc", "say Zhon Look"),
        ("Jean-Luc - say Zhon Look", "Jean-Luc", "say Zhon Look"),
        ("Jean-Luc — say Zhon Look", "Jean-Luc", "say Zhon Look"),
        ("Jean-Luc -- say Zhon Look", "Jean-Luc", "say Zhon Look"),
        ("José, say ho-SAY", "José", "say ho-SAY"),
        ("José,say ho-SAY", "José", "say ho-SAY"),
        ("Jo; not Joanna", "Jo", "not Joanna"),
        ("Dr. Ali. Not Doctor.", "Dr. Ali", "Not Doctor."),
        ("Dr. J. R. Smith, or Jim", "Dr. J. R. Smith", "or Jim"),
        ("Mr. T (he)", "Mr. T", "(he)"),
        ("“Jo.” Not Joanna", "“Jo”", "Not Joanna"),
        ("Sam, Jr. Rhymes", "Sam, Jr. Rhymes", ""),
        ("Jo -, x", "Jo", "x"),
        ("Jo.", "Jo", ""),
        ("Jo,", "Jo", ""),
        ("  Jo  ,  x ", "Jo", "x"),
        ("王小明。", "王小明", ""),
        ("王小明。叫我小明。", "王小明", "叫我小明。"),
        ("王小明，叫我小明", "王小明", "叫我小明"),
        ("王小明（小明）", "王小明", "（小明）"),
        ("ليلى، وليس لولا", "ليلى", "وليس لولا"),
        ("ليلى؛ وليس لولا", "ليلى", "وليس لولا"),
        ("ليلى (وليس لولا)", "ليلى", "(وليس لولا)"),
        ("ليلى. وليس لولا", "ليلى", "وليس لولا"),
        ("ليلى \u200f- وليس لولا", "ليلى", "وليس لولا"),
        ("علی۔ علی جان", "علی", "علی جان"),
        ("राम। राम जी", "राम", "राम जी"),
        ("🌟. Star", "🌟", "Star"),
        ("(Jo), not Joanna", "(Jo)", "not Joanna"),
        ("Jo -(not Joanna)", "Jo", "(not Joanna)"),
        ("Jo., not Joanna", "Jo", "not Joanna"),
        ("민. 민수", "민", "민수"),
    ],
)
def test_a_name_ends_where_something_else_begins(line, name, more):
    assert split_name(line) == (name, more)


SIGNS = st.sampled_from(
    [*"Jo DrM.,()-–;:\"'“”…。，،؛ \u200f\u200d1👩é", "Dr.", " - ", "J. ", ", Jr."]
)


@given(st.lists(SIGNS, max_size=20).map("".join))
def test_no_word_is_lost_and_a_name_is_not_split_twice(line):
    name, more = split_name(line)
    assert [x for x in name + more if x.isalnum()] == [x for x in line if x.isalnum()]
    assert split_name(name) == (name, "")


@pytest.mark.parametrize("sign", [*",;.(-:", " -", ".;", ";(", ").", "a. ", "a.", "é-"])
def test_the_oddest_line_is_soon_told_apart(sign):
    for line in (sign * 2_000, f"Jo{sign * 2_000},", f"Jo{sign * 2_000}("):
        name = split_name(line)[0]
        assert split_name(name) == (name, "")


def test_the_other_lines_stand_below_what_the_first_said_besides():
    lines = ["Jean. Rhymes with bean.", "Not love."]
    assert with_name_alone(lines) == ("Jean", "Rhymes with bean.", "Not love.")
    assert (name_in(lines), name_in([]), with_name_alone([])) == ("Jean", "", ())


@pytest.mark.parametrize(
    "text, count",
    [
        ("", 0), ("Jo", 2), ("José", 4), ("Jose\u0301", 4), ("q\u0303\u0301", 1), ("❤️", 1),
        ("👩‍👩‍👧", 1), ("👍🏽", 1), ("🇬🇧", 1), ("🇬🇧🇫🇷", 2), ("🏴󠁧󠁢󠁷󠁬󠁳󠁿", 1), ("1️⃣", 1),
        ("நி", 1), ("王小明", 3), ("علی\u200cرضا", 6), ("한", 1), ("\u1112\u1161\u11ab", 1),
    ],
)  # fmt: skip
def test_letters_are_counted_as_people_see_them(text, count):
    assert letters(text) == count
