"""Which way a line is read, and in what language, told from its letters."""

import pytest

from profiles.sheet.script import direction_of, first_strong, language_of
from profiles.sheet.sheet import SheetAnswer
from tests.sheet.factories import make_sheet


@pytest.mark.parametrize(
    "language, direction",
    [("en", "ltr"), ("cy", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("fa", "rtl"),
     ("ur", "rtl"), ("zh", "ltr"), ("", "ltr")],
)  # fmt: skip
def test_the_direction_of_a_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    "line, direction",
    [("Tea", "ltr"), ("شاي", "rtl"), ("123 شاي", "rtl"), ("תה tea", "rtl"), ("07700 900123", None),
     ("☕!", None), ("", None)],
)  # fmt: skip
def test_a_line_is_read_the_way_of_its_first_letter(line: str, direction: str | None) -> None:
    assert first_strong(line) == direction


@pytest.mark.parametrize(
    "line, answers_language, language",
    [
        ("Tea first.", "en", "en"),
        ("Te yn gyntaf.", "cy", "cy"),
        ("Tea first.", "ar", "en"),
        ("الشاي أولًا", "en", "ar"),
        ("الشاي أولًا", "ur", "ur"),
        ("مجھے چائے پسند ہے", "en", "ur"),
        ("چای را دوست دارم", "en", "fa"),
        ("先喝茶", "en", "zh"),
        ("先喝茶", "ja", "ja"),
        ("お茶が先", "en", "ja"),
        ("茶が先", "en", "ja"),
        ("먼저 차", "en", "ko"),
        ("Сначала чай", "uk", "uk"),
        ("Сначала чай", "en", "ru"),
        ("पहले चाय", "ne", "ne"),
        ("תה קודם", "en", "he"),
        ("07700 900123", "pl", "pl"),
    ],
)
def test_a_line_in_another_script_has_its_own_language(
    line: str, answers_language: str, language: str
) -> None:
    assert language_of(line, answers_language) == language


def test_each_line_of_an_answer_has_its_own_direction() -> None:
    said = SheetAnswer(topic="people", text="My mother:\nأمي سلمى\n07700 900123", language="en")
    (section,) = make_sheet([said]).sections
    marked = section.entries[0].marked_lines
    assert [(line.direction, line.language) for line in marked] == [
        ("ltr", "en"),
        ("rtl", "ar"),
        ("ltr", "en"),
    ]
    assert section.entries[0].reads == "ltr"


def test_a_line_without_letters_goes_the_way_of_its_answer() -> None:
    (section,) = make_sheet(
        [SheetAnswer(topic="people", text="07700 900123", language="ar")]
    ).sections
    assert section.entries[0].reads == section.entries[0].direction == "rtl"
