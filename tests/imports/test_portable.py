"""The portable file: what goes in comes out, and what is wrong is named."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.exports.portable import as_portable
from profiles.imports.checking import MOST_BYTES, SCHEMA, NotAProfile
from profiles.imports.portable import read, to_sheet
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load
from tests.drawn import times
from tests.imports.pages import JOS_PHOTO, make_file, make_photo_member, make_sheet
from tests.sheet.factories import ONE_PAGE

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)


def sheet_from(file: dict[str, Any] | bytes, **options: Any) -> Sheet:
    return to_sheet(read(file), layout=ONE_PAGE, made_on=TODAY, **options)


def lines_of(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {entry.topic: entry.lines for entry in sheet.entries}


def refusal(file: dict[str, Any] | bytes) -> str:
    with pytest.raises(NotAProfile) as caught:
        read(file)
    return str(caught.value)


def answer(**changes: Any) -> dict[str, Any]:
    return {"topic": "calm", "text": "Sit near me."} | changes


# What comes out


def test_jos_file_reads_as_it_always_has():
    file = json.dumps(as_portable(make_sheet()), indent=2, ensure_ascii=False) + "\n"
    assert file == (GOLDEN / "jo.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", load().by_key)
def test_each_topic_goes_into_a_file_and_comes_back(key):
    file = as_portable(make_sheet(SheetAnswer(topic=key, text="Jo"), full_name=""))
    assert as_portable(sheet_from(file, topics=[key]))["answers"] == file["answers"] != []


def test_what_is_not_on_the_page_is_not_in_the_file():
    file = as_portable(make_sheet(SheetAnswer(topic="calm", text="Sit near me."), full_name=""))
    assert [answer["topic"] for answer in file["answers"]] == ["calm"]
    assert file["person"] == {}


def test_whatever_can_stand_on_a_page_is_a_file_we_can_read():
    long = "Dee " * 20
    topics = [topic for topic in ONE_PAGE.topics if topic != "call_me"]
    sheet = make_sheet(
        SheetAnswer(topic="call_me", text="Jo " * 1_300),
        *(
            SheetAnswer(topic=topic, text="Tea.", said_by=f"{long}, and checked with me")
            for topic in topics
        ),
        helped_by=[f"Helper {number}" for number in range(27)],
        full_name="",
    )
    portable = read(json.dumps(as_portable(sheet)).encode())
    assert to_sheet(portable, layout=ONE_PAGE, made_on=TODAY, topics=topics).name == sheet.name


def test_who_helped_can_be_read_again_with_who_they_are():
    helper = {"name": "Amir " * 15 + "Khan", "role": "brother of my sister " * 3}
    written = as_portable(sheet_from(make_file(helped_by=[helper])))
    assert len(written["helped_by"][0]["name"]) > 130
    assert as_portable(sheet_from(written))["helped_by"] == written["helped_by"]


def test_a_name_from_a_file_cannot_turn_the_words_around_it():
    portable = read(make_file(answers=[answer(said_by="\u202eDee")]))
    assert portable.answers[1].said_by == "Dee"


def test_the_photo_goes_with_it():
    portable = read(as_portable(make_sheet(photo=JOS_PHOTO)))
    assert portable.photo
    assert portable.photo.alt == "Jo in a red hat"
    assert portable.photo.data.startswith(b"\xff\xd8")


def test_words_of_a_photo_that_are_too_long_keep_no_page_out():
    long = SheetPhoto(data=JOS_PHOTO.data, alt=f"A photo of {'Jo' * 200}")
    portable = read(as_portable(make_sheet(photo=long)))
    assert portable.photo and portable.photo.alt == "A photo of Jo"


# There and back

ANY_LETTER = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
# What turns words, joins letters, ends lines, stands for something in a file, or is no letter.
ODD = st.sampled_from(
    ["\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\u200d", "\ufeff", "\t", "  ", "\xa0",
     "\r\n", "\n", "\x0b", "\x1c", "\x85", "\u2028", "\x01", "\x7f", "\ufffe", "e\u0301",
     "👨\u200d👩\u200d👧", "- ", "* ", "# ", "1. ", "<b>", "&amp;", "\\u0041", '"', "שלום", "الشاي",
     "07700 900123", "Jo", ". ", ", ", "("]
)  # fmt: skip
TEXT = st.text(ANY_LETTER, max_size=60) | st.lists(ODD | ANY_LETTER, max_size=9).map("".join)
TOPICS = st.sampled_from([topic for topic in ONE_PAGE.topics if topic != "call_me"])
SAID = st.builds(
    SheetAnswer,
    topic=TOPICS,
    text=TEXT,
    picture=st.sampled_from(["", "2615", "1F436"]),
    said_by=st.sampled_from(["", "my sister Dee"]),
    language=st.sampled_from(["en", "cy", "ar", "zh-Hant"]),
    only_me=st.booleans(),
)


# Drawing words takes longer than their check allows on a machine with much to do.
@settings(max_examples=times(40), suppress_health_check=[HealthCheck.too_slow])
@given(
    TEXT.filter(str.strip),
    st.lists(SAID, unique_by=lambda said: said.topic),
    st.sampled_from(["", "Jo Bright"]),
)
def test_a_page_comes_back_as_it_went(name: str, answers: list[SheetAnswer], full_name: str):
    sheet = make_sheet(
        SheetAnswer(topic="call_me", text=name), *answers, full_name=full_name, edition=None
    )
    file = json.dumps(as_portable(sheet)).encode()
    assert sheet_from(file, topics=ONE_PAGE.topics) == sheet


# What is read


def test_the_example_in_the_design_makes_a_page():
    sheet = sheet_from(make_file(photo=make_photo_member()))
    assert sheet.name == "Jo"
    assert sheet.full_name == "Jo Bright"
    assert lines_of(sheet) == {"call_me": ("Jo",), "important": ("Tea first.", "Then we talk.")}
    assert sheet.entries[1].picture == "2615"
    assert sheet.helped_by == ("Amir (brother)",)
    assert sheet.updated_on == date(2026, 11, 23)


def test_only_format_and_answers_are_needed():
    assert sheet_from({"format": "tell-it-once/1", "answers": []}).is_empty


def test_a_blank_answer_stays_off_the_page():
    assert sheet_from({"format": "tell-it-once/1", "answers": [answer(text=" \n")]}).is_empty


def test_a_file_saved_by_windows_notepad_is_read():
    file = "﻿" + json.dumps(make_file(answers=[answer(text="One.\r\nTwo.")]))
    assert lines_of(sheet_from(file.encode()))["calm"] == ("One.", "Two.")


@pytest.mark.parametrize(
    ("person", "call_me", "lines", "full_name"),
    [
        ({"name": "Jo Bright", "call_me": "Jo"}, None, ("Jo",), "Jo Bright"),
        ({"name": "Jo Bright"}, None, ("Jo Bright",), ""),
        ({"call_me": "Jo"}, "Jo\nNot Josephine.", ("Jo", "Not Josephine."), ""),
        ({"call_me": "Jo"}, "Not Josephine.", ("Jo", "Not Josephine."), ""),
        ({"name": "Jo Bright"}, "Jo", ("Jo",), "Jo Bright"),
        ({"call_me": "Jo"}, "Jo (not Joanna)", ("Jo", "(not Joanna)"), ""),
        ({"call_me": "Jo. Like go."}, "Jo. Like go.\nHe.", ("Jo", "Like go.", "He."), ""),
        ({}, "Jo", ("Jo",), ""),
        ({"call_me": "\u200fJo"}, "\u200fJo\nHe.", ("\u200fJo", "He."), ""),
        ({"name": "Jo\u00a0 Bright"}, "Jo\u00a0 Bright", ("Jo\u00a0 Bright",), ""),
    ],
)
def test_no_name_is_lost_and_none_is_told_twice(
    person: dict[str, str], call_me: str | None, lines: tuple[str, ...], full_name: str
):
    answers = [answer(topic="call_me", text=call_me)] if call_me else []
    sheet = sheet_from(make_file(person=person, answers=answers))
    assert lines_of(sheet)["call_me"] == lines
    assert sheet.full_name == full_name


def test_topics_that_start_private_are_left_out_unless_named():
    file = make_file(answers=[answer(), answer(topic="health"), answer(topic="not_contact")])
    assert set(lines_of(sheet_from(file))) == {"call_me", "calm"}
    assert set(lines_of(sheet_from(file, topics=["health", "calm"]))) == {
        "call_me",
        "calm",
        "health",
    }


def test_what_was_kept_is_left_out_unless_named_and_kept_in_the_next_file():
    file = make_file(person=None, answers=[answer(), answer(topic="story", only_me=True)])
    assert "story" not in lines_of(sheet_from(file))
    named = as_portable(sheet_from(file, topics=["story", "calm"]))
    kept = {said["topic"]: said.get("only_me") for said in named["answers"]}
    assert kept == {"story": True, "calm": None}


def test_a_name_that_was_kept_is_left_out():
    file = make_file(person={"call_me": "Jo"}, answers=[answer(topic="call_me", only_me=True)])
    assert sheet_from(file).is_empty


def test_a_picture_from_elsewhere_is_left_out_and_said():
    portable = read(make_file(answers=[answer(picture="spaceship")]))
    assert portable.answers[1].picture is None
    assert portable.notes == ("answers, number 1, picture: we do not have that picture.",)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, "1F6CB"),
        ({"picture": ""}, ""),
        ({"picture": "drinks"}, "2615"),
        ({"picture": "2615"}, "2615"),
    ],
)
def test_without_a_picture_the_topics_own_is_used(given: dict[str, str], shown: str):
    sheet = sheet_from(make_file(answers=[answer(**given)]))
    assert sheet.entries[1].picture == shown


def test_a_photo_without_words_gets_the_name():
    person = {"call_me": "Jo (not Joanna)"}
    portable = read(make_file(person=person, photo=make_photo_member(alt="")))
    assert portable.photo and portable.photo.alt == "A photo of Jo"


# What is refused


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (make_file(format=None), "format: this is missing."),
        (
            make_file(format="tell-it-once/2"),
            "format: this has to be “tell-it-once/1”, and it is “tell-it-once/2”.",
        ),
        (make_file(answers=None), "answers: this is missing."),
        (make_file(answers={}), "answers: this has to be a list."),
        (make_file(answers=[answer(), answer(topic="x")]),
         "answers, number 2, topic: we do not know the topic “x”."),
        (make_file(answers=[answer(topic=["x"])]),
         "answers, number 1, topic: we do not know the topic “[\"x\"]”."),
        (make_file(answers=[answer(), answer()]),
         "answers, number 2, topic: “calm” is there twice."),
        (make_file(answers=[{"topic": "calm"}]), "answers, number 1, text: this is missing."),
        (make_file(answers=[answer(text=5)]), "answers, number 1, text: this has to be text."),
        (make_file(answers=[answer(text="a" * 4001)]),
         "answers, number 1, text: this is 4,001 letters long. The most is 4,000."),
        (make_file(answers=[answer(text="a\0b")]),
         "answers, number 1, text: this holds something that is not a letter. Type it again."),
        (make_file(answers=[answer(text="\ud83d")]),
         "answers, number 1, text: this holds something that is not a letter. Type it again."),
        (make_file(answers=[answer(only_me="yes")]),
         "answers, number 1, only_me: this has to be true or false."),
        (make_file(answers=[answer(said_by="x" * 121)]),
         "answers, number 1, said_by: this is 121 letters long. The most is 120."),
        (make_file(answers=[answer(language="English!")]),
         "answers, number 1, language: “English!” is not a language tag, like en or cy."),
        (make_file(language="en\n"), "language: “en�” is not a language tag, like en or cy."),
        (make_file(answers=[answer()] * 101), "answers: there are 101 here. The most is 100."),
        (make_file(person={"age": 4}), "person, age: we do not know the name “age”."),
        (make_file(mood="fine"), "mood: we do not know the name “mood”."),
        (make_file(updated_on="2026-02-30"),
         "updated_on: “2026-02-30” is not a day, like 2026-11-23."),
        (make_file(updated_on="20261123"), "updated_on: “20261123” is not a day, like 2026-11-23."),
        (make_file(helped_by=[{}]), "helped_by, number 1, name: this is missing."),
        (make_file(photo={"media_type": "image/jpeg"}), "photo, data: this is missing."),
        (make_file(photo=make_photo_member(media_type="text/html")),
         "photo, media_type: “text/html” is not a kind of photo we can read. Use image/jpeg."),
        (make_file(photo=make_photo_member(data="")), "photo, data: this is empty."),
        (make_file(photo=make_photo_member(data="%%%")),
         "photo, data: this is not base64, so we cannot read the photo."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(file: dict[str, Any], sentence: str):
    assert refusal(file) == sentence


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "This file is not JSON: it goes wrong at line 1, letter 1."),
        (b"\xff\xfe\x00", "This file is not text. We need a tell-it-once/1 file."),
        (b"{]", "This file is not JSON: it goes wrong at line 1, letter 2."),
        (b"[]", "The whole file: this has to be members with names."),
        (b"NaN", "This file holds a number we cannot read."),
        (b'{"format": ' + b"9" * 5000 + b"}", "This file holds a number we cannot read."),
        (b"[" * 100_000, "This file is nested too deeply. The most is 20 levels."),
        (b"[" * 30 + b"]" * 30, "This file is nested too deeply. The most is 20 levels."),
        (b"[" + b"{}," * 600_000 + b"{}]", "There is far more in this file than a page can hold."),
        (b"[" + b"0," * 20_000 + b"0]", "There is far more in this file than a page can hold."),
        (b" " * (MOST_BYTES + 1), "This file is too big. The most is 20 MB."),
        (
            b'{"format": "tell-it-once/1", "answers": [{"topic": "calm", "text": "", "text": ""}]}',
            "answers, number 1: “text” is there twice.",
        ),
        (
            b'{"format": "tell-it-once/1", "answers": [], "\\ud83d": 1}',
            "�: we do not know the name “�”.",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else "",
)
def test_bytes_that_are_no_profile_get_a_sentence(file: bytes, sentence: str):
    assert refusal(file) == sentence


def test_a_photo_that_is_no_picture_is_refused_with_its_place():
    said = refusal(make_file(photo=make_photo_member(data="bm90IGEgcGhvdG8=")))
    assert said.startswith("photo, data: ")


# The schema


def test_the_schema_knows_exactly_our_topics():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["$defs"]["answer"]["properties"]["topic"]["enum"]) == set(load().by_key)


def test_an_answer_of_4000_characters_is_read():
    assert read(make_file(answers=[answer(text="é" * 4000)]))
