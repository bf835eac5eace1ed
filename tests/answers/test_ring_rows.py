"""Whom to ring: rows to fill in, and lines that stay as they are."""

import pytest
from django.http import QueryDict
from hypothesis import example, given, settings
from hypothesis import strategies as st

from profiles.answers.forms import tidied
from profiles.answers.models import lines_under
from profiles.answers.ring_rows import MOST, RING, InRows, Row
from profiles.topics.load import load
from profiles.writing.forms import WriteForm
from tests.drawn import times

WHEN = "day or night. If she's out, try Amir next door."
DEE = f"My sister Dee, 01632 960 114, {WHEN}"
TOPIC = load().topic(RING)

ROWS = [
    (DEE, ("My sister Dee", "", "01632 960 114", WHEN)),
    ("Dee, my sister, 07700 900123, any time", ("Dee", "my sister", "07700 900123", "any time")),
    ("Dr Ali, my doctor, at the surgery, (01632) 960-114", (
        "Dr Ali", "my doctor, at the surgery", "(01632) 960-114", "",
    )),
    ("Ana, +44 7700 900 123", ("Ana", "", "+44 7700 900 123", "")),
    ("Ward 4, the nurse, 01632 960114 ext 22, at night", (
        "Ward 4", "the nurse", "01632 960114 ext 22", "at night",
    )),
    ("999", ("", "", "999", "")),
    ("07700 900123, only texts", ("", "", "07700 900123", "only texts")),
    ("Dee, 01632 960 114, 01632 960 115", ("Dee", "", "01632 960 114", "01632 960 115")),
    ("Dee, 01632 960 114.", ("Dee", "", "01632 960 114.", "")),
    ("دينا, أختي, 07700 900123", ("دينا", "أختي", "07700 900123", "")),
    ("دينا, ٠٧٧٠٠ ٩٠٠١٢٣", ("دينا", "", "٠٧٧٠٠ ٩٠٠١٢٣", "")),
]  # fmt: skip
NO_ROWS = [
    "My sister Dee: 07700 900123. Any time, day or night.",
    "Text my son Callum on 07700 900 358. He is deaf, so please don't ring.",
    "Please text, don't ring.",
    "Dee",
    "Dee,my sister,07700 900123",
    "Dee,  my sister, 07700 900123",
    " Dee, 07700 900123",
    "Dee, , 07700 900123",
    "Dee, 07700 900123, ",
    "Dee, 07700  900123",
    "Dee, 07700\u00a0900123",
    "Dee, \u202a07700 900123\u202c",
    "Dee, at 12, or 13",
    "Dee, 12 High Street",
    "Dee\x07, 07700 900123",
    f"{'Dee ' * 60}, 07700 900123",
    ", 07700 900123",
    "",
]


@pytest.mark.parametrize(("line", "boxes"), ROWS)
def test_a_line_with_a_number_between_commas_is_read_into_a_row(line, boxes):
    row = Row.read(line)
    assert (row.name, row.who, row.number, row.when) == boxes
    assert row.line == line


@pytest.mark.parametrize("line", NO_ROWS)
def test_any_other_line_is_none(line):
    assert Row.read(line) is None


def test_lines_that_are_no_rows_stand_below_and_keep_their_place():
    text = f"Please text first.\n{DEE}\nAmir knows too.\nAna, 999"
    in_rows = InRows.of(text)
    assert [row.number for row in in_rows.rows] == ["01632 960 114", "999"]
    assert in_rows.more == "Please text first.\nAmir knows too."
    assert in_rows.text == text


def test_a_new_row_comes_after_what_was_there_and_before_new_lines():
    was = InRows.of(f"Please text first.\n{DEE}")
    rows = (*was.rows, Row(name="Ana", number="999"))
    now = InRows(rows=rows, more=f"{was.more}\nAnd be kind.", order=was.order)
    assert now.text == f"Please text first.\n{DEE}\nAna, 999\nAnd be kind."


def test_an_empty_row_takes_its_line_off_and_no_other():
    was = InRows.of(f"{DEE}\nPlease text.\nAna, 999")
    now = InRows(rows=(Row(), was.rows[1]), more=was.more, order=was.order)
    assert now.text == "Please text.\nAna, 999"


def test_words_without_a_row_stay_to_the_letter():
    text = "Please text.\n\n  Not before nine."
    assert InRows.of(text).text == text


def test_very_many_lines_are_not_all_made_rows():
    text = "\n".join(f"Ana, 999 {number}" for number in range(500))
    assert len(InRows.of(text).rows) == MOST
    assert InRows.of(text).text == text


def sent_back(text: str) -> WriteForm:
    """The question, opened with these words and sent as it is."""
    shown = WriteForm(topic=TOPIC, initial={"text": text, "only_me": "no", "started_from": 0})
    data = QueryDict(mutable=True)
    for field in shown:
        value = field.value()
        data[field.html_name] = "" if value is None else str(value).replace("\n", "\r\n")
    return WriteForm(data, topic=TOPIC)


PIECES = st.one_of(
    st.sampled_from(["Dee", "my sister", "07700 900123", "999", "", " ", "any time", "+44 (0)7"]),
    st.text(max_size=8),
)
LINES = st.one_of(
    st.lists(PIECES, max_size=5).map(", ".join),
    st.sampled_from([DEE, *NO_ROWS, *(line for line, _ in ROWS)]),
    st.text(max_size=20),
)


@settings(max_examples=times(150))
@given(st.lists(LINES, max_size=20).map("\n".join))
@example(f"\n\n{DEE}\n\n\nHello,\n\n{DEE}")
@example("Ana, 999\x0bBen, 999\x85Cem, 999\u2028Dee")
@example("Ana, 999\r\nBen\rCem, 112")
def test_whatever_is_stored_is_opened_and_saved_with_the_same_lines(typed):
    stored = tidied(typed.replace("\x00", ""))
    form = sent_back(stored)
    if not form.is_valid():  # such words are not saved today either
        assert not WriteForm(_plain(stored), topic=load().topic("sleep")).is_valid()
        return
    assert lines_under(RING, form.words().text) == lines_under(RING, stored)


def _plain(text: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"text": text, "picture": "", "only_me": "no", "started_from": "0"})
    return data


@settings(max_examples=times(100))
@given(st.lists(st.tuples(*[st.text(max_size=12)] * 4), min_size=1, max_size=4))
def test_whatever_is_typed_into_rows_is_kept_and_read_again(rows):
    data = _plain("")
    for at, row in enumerate(rows):
        for part, value in zip(("name", "who", "number", "when"), row, strict=True):
            data[f"ring-{at}-{part}"] = value
    form = WriteForm(data, topic=TOPIC)
    if not form.is_valid():
        return
    text = form.words().text
    for names in form.ring_rows.names[: len(rows)]:
        for name in names.values():
            assert form.cleaned_data[name] in text
    again = sent_back(text)
    assert again.is_valid()
    assert lines_under(RING, again.words().text) == lines_under(RING, text)
