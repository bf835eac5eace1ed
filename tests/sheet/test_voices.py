"""Whose words a page holds: told once where one voice said most of it."""

from dataclasses import replace

import pytest

from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.exports.web_page import web_page
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import BEDSIDE, CARD
from profiles.sheet.voices import Voice, told_at_the_line, voice_of_most
from tests.sheet.factories import make_sheet

MUM = "my mum"
CHECKED = "my mum, and checked with me"
TOPICS = ("must_know", "ring_first", "important", "people", "calm", "sleep", "eating", "health")


def said(*voices: str, name: str = "") -> Sheet:
    """A page with a name and an answer in each of these voices."""
    answers = [
        SheetAnswer(topic=topic, text="Tea.", said_by=by)
        for topic, by in zip(TOPICS, voices, strict=False)
    ]
    return make_sheet([SheetAnswer(topic="call_me", text="Jo", said_by=name), *answers])


def told(sheet: Sheet) -> list[str]:
    """What stands at each answer, in the order in which it was said, and at the name."""
    entries = {entry.topic: entry for entry in sheet.entries}
    topics = [topic for topic in (*TOPICS, "call_me") if topic in entries]
    return [sheet.said_here(entries[topic]) for topic in topics]


@pytest.mark.parametrize(
    ("voices", "most"),
    [
        ([], None),
        ([""], None),
        (["", "", MUM], None),
        ([MUM], None),  # one answer: told where it stands
        ([MUM, MUM], Voice(MUM)),
        ([MUM, MUM, ""], Voice(MUM)),
        ([MUM, MUM, MUM, "", ""], None),  # more than half is not yet most
        ([MUM, MUM, "Dad", "Dad"], None),
        ([MUM, "", "Dad"], None),
        ([CHECKED, CHECKED, CHECKED], Voice(MUM, is_checked=True)),
        ([CHECKED, CHECKED, MUM, ""], Voice(MUM, is_checked=True)),
        ([CHECKED, MUM, MUM, ""], Voice(MUM)),
        ([CHECKED, MUM], Voice(MUM)),  # as many: what claims less
        ([", and checked with me"] * 3, None),
    ],
)
def test_most_of_a_page_is_two_answers_of_three(voices, most) -> None:
    assert voice_of_most(voices) == most


def test_the_head_tells_it_and_only_other_voices_stand_at_their_lines() -> None:
    sheet = said(MUM, MUM, MUM, MUM, "my dad", "")
    assert sheet.voice == Voice(MUM)
    assert told(sheet) == ["", "", "", "", "my dad", "me", ""]


def test_without_one_voice_for_most_of_it_each_line_tells_its_own() -> None:
    sheet = said(MUM, MUM, "", "", "my dad")
    assert sheet.voice is None
    assert told(sheet) == [MUM, MUM, "", "", "my dad", ""]


def test_what_was_not_checked_is_not_told_as_checked() -> None:
    assert told(said(CHECKED, CHECKED, CHECKED, MUM)) == ["", "", "", MUM, ""]
    assert told(said(MUM, MUM, MUM, CHECKED)) == ["", "", "", CHECKED, ""]


def test_a_name_alone_is_no_answer_but_more_words_with_it_are() -> None:
    assert told(said(MUM, MUM, name="my dad")) == ["", "", "my dad"]
    assert said(MUM, name=MUM).voice is None
    more = SheetAnswer(topic="call_me", text="Jo\nNever Joseph.")
    others = [SheetAnswer(topic=topic, text="Tea.", said_by=MUM) for topic in TOPICS[:3]]
    assert told(make_sheet([more, *others]))[-1] == "me"


def test_a_name_that_begins_as_me_does_is_no_own_words() -> None:
    sheet = said(MUM, MUM, MUM, MUM, "mehmet")
    assert "mehmet" in sheet.words()
    assert "Said by mehmet." in web_page(sheet)


def test_a_reader_learns_nothing_of_what_they_do_not_see() -> None:
    """The whole page is mostly Mum's; of this share she said one answer of three."""
    assert said(MUM, MUM, MUM, MUM, "", "").voice
    seen = said(MUM, "", "")
    assert seen.voice is None
    assert "Written by" not in web_page(seen)
    assert "In my own words" not in web_page(seen)


def test_a_small_page_counts_what_stands_on_it() -> None:
    whole = said(MUM, MUM, "", "", "", "")
    assert whole.voice is None
    assert whole.on(CARD).voice == Voice(MUM)
    assert told(whole.on(CARD)) == ["", "", ""]
    assert told(whole.on(BEDSIDE)) == ["", "", "me", ""]


def test_who_helped_is_not_told_twice() -> None:
    sheet = replace(said(CHECKED, CHECKED), helped_by=(MUM, "Sam"))
    assert sheet.helpers == ("Sam",)
    assert "I had help to write this, from <bdi>Sam</bdi>." in web_page(sheet)
    assert replace(said(MUM, ""), helped_by=(MUM, "Sam")).helpers == (MUM, "Sam")
    junior = replace(sheet, helped_by=("Cal Jr.",))
    assert "from <bdi>Cal Jr.</bdi> " in " ".join(web_page(junior).split())


def test_a_sentence_that_ends_with_a_name_ends_once() -> None:
    assert Voice("Cal Jr.").sentence == "Written by Cal Jr."
    assert told_at_the_line("Cal Jr.") == "Said by Cal Jr."


def test_screens_and_web_pages_tell_it_once() -> None:
    page = web_page(said(CHECKED, CHECKED, CHECKED, ""))
    assert page.count("Written by <bdi>my mum</bdi>, and checked with me.") == 1
    assert page.count("In my own words.") == 1
    assert "Said by" not in page


def test_plain_text_tells_it_once() -> None:
    text = plain(replace(said(MUM, MUM, "my dad", MUM, MUM, MUM, ""), helped_by=(MUM,)))
    assert text.count("Written by my mum.") == text.count(MUM) == 1
    assert text.count("(in my own words)") == text.count("(said by my dad)") == 1


def test_the_portable_file_keeps_who_said_each_answer() -> None:
    file = as_portable(replace(said(CHECKED, CHECKED, ""), helped_by=(MUM,)))
    assert [answer["said_by"] for answer in file["answers"]].count(CHECKED) == 2
    assert file["helped_by"] == [{"name": MUM}]
