"""How what was said is arranged into a page."""

import pytest

from profiles.sheet.catalogue import layouts
from profiles.sheet.sheet import SheetAnswer
from profiles.topics.load import load
from tests.sheet.factories import FEW, ONE_PAGE, TYPICAL, make_sheet


def test_every_topic_has_one_place_on_the_page() -> None:
    asked = [topic.key for topic in load("en").by_key.values() if not topic.retired]
    assert sorted(ONE_PAGE.topics) == sorted(asked)
    assert len(set(ONE_PAGE.topics)) == len(ONE_PAGE.topics)


def test_every_layout_is_found_by_its_key_and_has_a_place_for_every_topic() -> None:
    asked = sorted(topic.key for topic in load("en").by_key.values() if not topic.retired)
    for key, layout in layouts().items():
        assert key == layout.key
        assert sorted(layout.topics) == asked


def test_the_name_is_the_first_line_of_what_to_call_me() -> None:
    sheet = make_sheet({"call_me": "Jo\nRhymes with go"})
    assert sheet.name == "Jo"
    assert sheet.called
    assert sheet.called.lines == ("Jo", "Rhymes with go")


def test_of_an_old_first_line_only_the_name_is_the_name_and_the_rest_stands_below() -> None:
    sheet = make_sheet({"call_me": "Jean. Rhymes with bean.\nNot Jeanie."})
    assert sheet.name == "Jean"
    assert sheet.called
    assert sheet.called.lines == ("Jean", "Rhymes with bean.", "Not Jeanie.")


def test_nothing_said_is_an_empty_page() -> None:
    sheet = make_sheet({})
    assert sheet.is_empty
    assert (sheet.name, sheet.called, sheet.strip, sheet.sections) == ("", None, (), ())


def test_a_part_with_nothing_in_it_is_left_out() -> None:
    assert [section.key for section in make_sheet(FEW).sections] == ["matters"]


def test_the_strip_opens_keep_me_safe_and_is_not_repeated() -> None:
    sheet = make_sheet(TYPICAL | {"health": "I have epilepsy."})
    assert [entry.topic for entry in sheet.strip] == ["must_know", "yes_no", "ring_first"]
    safe, *others = sheet.parts
    assert [entry.topic for entry in safe.urgent] == ["must_know", "yes_no"]
    assert [entry.topic for entry in safe.ring] == ["ring_first"]
    assert [entry.topic for entry in safe.entries] == ["health"]
    again = {entry.topic for part in others for entry in part.every_entry}
    assert not {"must_know", "yes_no", "ring_first"} & again


def test_what_to_do_and_what_not_stand_in_boxes_of_their_own_after_their_part() -> None:
    sheet = make_sheet({"call_me": "Jo", "calm": "Tea.", "do": "Knock.", "do_not": "Do not shout."})
    (helps,) = sheet.parts
    assert [entry.topic for entry in helps.entries] == ["calm"]
    assert [entry.topic for entry in helps.pair] == ["do", "do_not"]
    (alone,) = make_sheet({"do": "Knock."}).parts
    assert (alone.has_box, [entry.topic for entry in alone.pair]) == (False, ["do"])


@pytest.mark.parametrize(
    "said, reads",
    [({}, "ltr"), ({"a": 2, "e": 1}, "rtl"), ({"a": 1, "e": 2}, "ltr"), ({"a": 1, "e": 1}, "ltr")],
)
def test_a_page_is_set_out_as_most_of_it_is_read(said: dict[str, int], reads: str) -> None:
    topics = iter(["important", "people", "goals"])
    words = {"a": "الشاي أولا", "e": "Tea first"}
    answers = [
        SheetAnswer(topic=next(topics), text=words[key], language={"a": "ar", "e": "en"}[key])
        for key, count in said.items()
        for _ in range(count)
    ]
    assert make_sheet(answers).reads == reads


def test_entries_are_in_reading_order() -> None:
    topics = [entry.topic for entry in make_sheet(TYPICAL).entries]
    assert topics == [topic for topic in ONE_PAGE.topics if topic in topics]


def test_blank_lines_and_blank_answers_say_nothing() -> None:
    sheet = make_sheet({"important": "\n\nTea first.\r\n\r\n  Then we talk.  \n", "people": " \n "})
    assert [entry.lines for entry in sheet.entries] == [("Tea first.", "Then we talk.")]


def test_a_picture_is_the_topics_own_unless_another_or_none_was_chosen() -> None:
    said = [
        SheetAnswer(topic="important", text="Tea."),
        SheetAnswer(topic="people", text="Dee.", picture="2615"),
        SheetAnswer(topic="story", text="Hull.", picture=""),
    ]
    pictures = {entry.topic: entry.picture for entry in make_sheet(said).entries}
    own = load("en").topic("important").picture
    assert pictures == {"important": own, "people": "2615", "story": ""}


def test_who_said_it_is_kept_unless_it_was_the_person() -> None:
    said = [
        SheetAnswer(topic="important", text="Tea.", said_by="me"),
        SheetAnswer(topic="people", text="Dee.", said_by="my sister Dee"),
    ]
    assert [entry.said_by for entry in make_sheet(said).entries] == ["", "my sister Dee"]


def test_words_are_every_word_somebody_said() -> None:
    sheet = make_sheet({"call_me": "Jo", "important": "Tea first."}, full_name="Joanna Bright")
    assert list(sheet.words()) == ["Jo", "Tea", "first.", "Joanna", "Bright"]


def test_unknown_topics_are_an_error() -> None:
    try:
        make_sheet([SheetAnswer(topic="nonsense", text="x")])
    except KeyError as error:
        assert "nonsense" in str(error)
    else:
        raise AssertionError("nothing was raised")
