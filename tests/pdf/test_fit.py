"""The fullness row, in words that judge nothing."""

import pytest

from profiles.pdf.fit import HOW_FULL, DoesNotFit, Fit
from profiles.pdf.printing import measure_here
from tests.sheet.factories import FEW, TYPICAL, full_page, make_sheet


def make_fit(lines_left: int = 0, lines_over: int = 0, filled: int = 6) -> Fit:
    return Fit(lines_left=lines_left, lines_over=lines_over, filled=filled, print_pt=12)


@pytest.mark.parametrize(
    "fit, sentence",
    [
        (
            make_fit(lines_left=9, filled=6),
            "Your page is just over half full. There is room for about 9 more lines.",
        ),
        (
            make_fit(lines_left=1, filled=9),
            "Your page is nearly full. There is room for about 1 more line.",
        ),
        (
            make_fit(lines_left=40, filled=0),
            "Your page is nearly empty. There is room for about 40 more lines.",
        ),
        (make_fit(filled=10), "Your page is full. There is no room for another line."),
        (
            make_fit(lines_over=4, filled=10),
            "Your page is 4 lines too long. Choose what to shorten.",
        ),
        (
            make_fit(lines_over=1, filled=10),
            "Your page is 1 line too long. Choose what to shorten.",
        ),
    ],
)
def test_the_sentence(fit: Fit, sentence: str) -> None:
    assert fit.sentence == sentence


def test_the_row_has_ten_blocks() -> None:
    assert make_fit(filled=3).blocks == (True,) * 3 + (False,) * 7
    assert len(HOW_FULL) == 11


def test_a_page_that_does_not_fit_says_so_in_a_sentence() -> None:
    assert str(DoesNotFit(make_fit(lines_over=2))) == make_fit(lines_over=2).sentence


def test_a_blank_page_has_no_block_filled() -> None:
    fit = measure_here(make_sheet({}))
    assert fit.filled == 0
    assert fit.lines_over == 0
    assert fit.lines_left > 35


def test_the_first_words_fill_the_first_block() -> None:
    for first in ({"important": "Tea."}, {"call_me": "Jo"}):
        assert measure_here(make_sheet(first)).filled == 1


def test_more_words_leave_less_room() -> None:
    left = [measure_here(make_sheet(words)).lines_left for words in ({}, FEW, TYPICAL, full_page())]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == 4


def test_the_longest_answers_are_named_longest_first() -> None:
    words = TYPICAL | {"story": "Long ago. " * 60, "sleep": "At ten. " * 40}
    longest = measure_here(make_sheet(words)).longest
    assert [topic for topic, lines in longest][:2] == ["story", "sleep"]
    assert [lines for topic, lines in longest] == sorted((n for _, n in longest), reverse=True)


@pytest.mark.parametrize("extra", [3, 9])
def test_there_really_is_room_for_as_many_lines_as_it_says(extra: int) -> None:
    fit = measure_here(make_sheet(TYPICAL))
    fuller = TYPICAL | {"sleep": TYPICAL["sleep"] + "\nAnd a glass of water." * extra}
    assert measure_here(make_sheet(fuller)).lines_left == pytest.approx(
        fit.lines_left - extra, abs=1
    )


@pytest.mark.parametrize("too_many", [2, 7, 25])
def test_taking_out_as_many_lines_as_it_says_makes_it_fit(too_many: int) -> None:
    def with_lines(count: int) -> dict[str, str]:
        return TYPICAL | {"sleep": "\n".join(f"Line {at}." for at in range(count))}

    fits = measure_here(make_sheet(with_lines(1))).lines_left
    fit = measure_here(make_sheet(with_lines(fits + too_many)))
    assert fit.lines_over == pytest.approx(too_many, abs=2)
    assert measure_here(make_sheet(with_lines(fits + too_many - fit.lines_over - 1))).fits
    assert not measure_here(make_sheet(with_lines(fits + too_many - fit.lines_over + 2))).fits
