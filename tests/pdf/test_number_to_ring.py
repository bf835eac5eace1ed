"""The number to ring: as large as its column has room for, in one row, and never off the paper."""

import pytest

from profiles.pdf.printing import make_pdf_here
from profiles.sheet.catalogue import layouts
from profiles.sheet.sizes import A4, BEDSIDE, SIZES
from tests.pdf.reading import print_sizes, text_of
from tests.sheet.factories import make_sheet

NUMBERS = ("07700 900123", "+44 7700 900123", "07700 900123 900", "999")
OFFERED = [(each, SIZES[key]) for each in layouts().values() for key in each.sizes]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("urgent", [{"must_know": "No nuts."}, {}], ids=["urgent", ""])
def test_a_short_page_for_the_bedside_has_its_number_on_the_paper(number, urgent) -> None:
    said = {"call_me": "Jo", **urgent, "ring_first": f"Dee, {number}"}
    made = make_pdf_here(make_sheet(said).on(BEDSIDE))  # which proves that all is on the paper
    assert number in text_of(made.pdf)  # in one row, or the line would end within it


def test_a_number_with_no_room_in_a_row_is_broken_and_never_smaller_than_the_print() -> None:
    said = {"call_me": "Jo", "must_know": "No nuts.", "ring_first": "07700 900123 " * 6}
    made = make_pdf_here(make_sheet(said).on(A4))
    assert min(print_sizes(made.pdf) - {A4.foot_pt}) >= made.print_pt


@pytest.mark.parametrize(
    ("layout", "size"), OFFERED, ids=[f"{layout.key} {size.key}" for layout, size in OFFERED]
)
def test_a_short_page_has_its_number_on_the_paper_in_every_size(layout, size) -> None:
    said = {"call_me": "Jo", "must_know": "No nuts.", "ring_first": "Dee, 07700 900123"}
    text = text_of(make_pdf_here(make_sheet(said, layout=layout).on(size)).pdf)
    assert "07700 900123" in text
