"""The paper's copy of the words: the same words, without what would hurt the renderer."""

import pytest

from profiles.door.stamp import stamped
from profiles.pdf.fit import TooHard
from profiles.pdf.printing import make_pdf_here
from profiles.pdf.sanitise import (
    BREAK,
    LONGEST_RUN,
    MOST_EMOJI,
    MOST_MARKS,
    characters,
    clean,
    sanitised,
    with_ink,
)
from profiles.sheet.sheet import SheetAnswer
from tests.pdf.reading import painted, text_of
from tests.sheet.factories import TODAY, TYPICAL, make_photo, make_sheet


@pytest.mark.parametrize(
    "text, cleaned",
    [
        ("Tea first.", "Tea first."),
        ("Mae’r dŵr yn oer", "Mae’r dŵr yn oer"),
        ("tab\there", "tab here"),
        ("line\u2028here, and\x85here", "line here, and here"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("half\ud800 a letter", "half a letter"),
        ("\u202eesrever\u202c", "esrever"),
        ("\u2066inside\u2069", "inside"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffmark", "mark"),
        ("no\ufffeletter\uffff", "noletter"),
        ("👨‍👩‍👧 and ❤️", "👨‍👩‍👧 and ❤️"),
        ("نص\u200fعربي", "نص\u200fعربي"),
        ("   ", ""),
    ],
)
def test_only_what_has_no_ink_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_digit_is_drawn_as_one_unless_it_is_a_whole_keycap() -> None:
    assert clean("room 1\ufe0f, 2\ufe0e\ufe0f and 3\ufe0f\u20e3") == "room 1, 2 and 3\ufe0f\u20e3"


def test_ascii_with_ink_needs_no_second_look() -> None:
    for sign in filter(str.isprintable, map(chr, range(128))):
        assert clean(f"a{sign}a") == with_ink(f"a{sign}a") == f"a{sign}a"


def test_marks_are_not_stacked_for_ever() -> None:
    assert clean("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * MOST_MARKS + "b"
    assert clean("السَّلَامُ عَلَيْكُمْ") == "السَّلَامُ عَلَيْكُمْ"


@pytest.mark.parametrize(
    "name",
    ["น" + "้" * 30, "ส" + "็" * 20, "ກ" + "້" * 30, "e" + "\u0301" * 30, "ش" + "ّ" * 30, "ה" + "ֹ" * 30,
     "क" + "॑" * 30, "က" + "့ိံ" * 10, "ཀ" + "ྀ" * 30],
)  # fmt: skip
def test_no_mark_climbs_off_the_paper(name: str) -> None:
    ink = painted(make_pdf_here(make_sheet({"call_me": name, "sleep": name})).pdf, 2)
    edges = [
        (0, 0, ink.width, 12),
        (0, 0, 12, ink.height),
        (ink.width - 12, 0, ink.width, ink.height),
    ]
    assert all(ink.crop(edge).getextrema()[0] > 250 for edge in edges)


@pytest.mark.parametrize(
    "text",
    [
        "⠀", "ㅤ", "ᅟ", "ﾠ", "\u034f", "\u2060", "\u2063", "\U0001d159", "\U0001d173",
        "\u180e", "\u17b5", "\u200d", "\ufe0f", "\U000e0101", "\u3000", "\u00a0",
    ],
)  # fmt: skip
def test_a_sign_without_ink_stops_no_page(text: str) -> None:
    said = {
        "call_me": text,
        "important": f"Tea\n{text}\nToast",
        "people": f"D{text}ee",
        "calm": text,
    }
    made = make_pdf_here(make_sheet(said))
    found = text_of(made.pdf)
    assert made.unprintable == ()
    assert all(word in found for word in ("A page about me", "Tea", "Toast", "ee"))


def test_a_very_long_word_may_break_and_loses_no_letter() -> None:
    cleaned = clean("w" * 400)
    assert cleaned.replace(BREAK, "") == "w" * 400
    assert max(map(len, cleaned.split(BREAK))) < LONGEST_RUN


def test_an_ordinary_word_is_left_whole() -> None:
    word = "w" * (LONGEST_RUN - 1)
    assert clean(word) == word
    assert BREAK not in clean("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch a word")


def test_a_joined_picture_is_never_broken() -> None:
    family = "👨‍👩‍👧‍👦"
    assert all(piece.strip("👨👩👧👦‍") == "" for piece in clean(family * 30).split(BREAK))
    assert (family * 3) in clean("x" * 59 + family * 3).replace(BREAK, "")
    assert f"\u200d{BREAK}" not in clean(family * 30)
    assert f"{BREAK}\u200d" not in clean(family * 30)


def test_a_script_without_spaces_is_broken_seldom() -> None:
    assert clean("ชา" * 40).count(BREAK) == 1


def test_every_part_of_a_sheet_is_cleaned() -> None:
    said = [
        SheetAnswer(topic="call_me", text="J\x00o", said_by="D\x00ee"),
        SheetAnswer(topic="must_know", text="\u202ePeanuts"),
        SheetAnswer(topic="important", text="\x00\nTea"),
        SheetAnswer(topic="people", text="\u202e"),
    ]
    sheet = make_sheet(said, photo=make_photo("Jo\x00 smiling"), helped_by=("Am\x00ir",))
    copy = sanitised(stamped(sheet, code="7KQ3M9XT", made_for="Pri\u202eya", check_by=TODAY))
    assert copy.name == "Jo"
    assert copy.called
    assert copy.called.said_by == "Dee"
    assert copy.strip[0].lines == ("Peanuts",)
    assert [entry.lines for section in copy.sections for entry in section.entries] == [("Tea",)]
    assert copy.photo
    assert (copy.photo.alt, copy.helped_by) == ("Jo smiling", ("Amir",))
    assert copy.stamp and copy.stamp.made_for == "Priya"


def test_the_colour_of_a_hand_is_no_emoji_more() -> None:
    hands = "👍🏿" * MOST_EMOJI
    assert sanitised(make_sheet({"important": hands})).entries
    with pytest.raises(TooHard):
        sanitised(make_sheet({"important": f"{hands}👍"}))


def test_the_length_of_a_page_is_all_its_words() -> None:
    assert characters(make_sheet({"important": "Tea first", "people": "Dee"})) == 11
    assert characters(sanitised(make_sheet(TYPICAL))) == characters(make_sheet(TYPICAL))
