"""The stamp on paper: whole, readable by a scanner, and on the page that keeps its promise."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from profiles.door.stamp import WIDEST_NAME, stamped, with_room_for_its_foot
from profiles.pdf.printing import make_pdf_here, measure_here
from tests.pdf.reading import tags_of, text_of
from tests.sheet.factories import FEW, TYPICAL, full_page, make_photo, make_sheet
from tests.verapdf import validate

pytestmark = pytest.mark.once  # how a page looks is the same on every database

CODE, DAY = "7KQ3M9XT", date(2027, 2, 25)
NAMES = [
    "Priya",
    "Priya, Sunrise Home Care",
    "a" * 80,
    "W" * 80,
    "أميرة",
    "နေကောင်းလား",
    "Ward 4 – “the blue one”",
    "Zoë & Łukasz <b>",
    "😀 Priya",
]


def with_stamp(words=TYPICAL, made_for="Priya, Sunrise Home Care", **more):
    return stamped(make_sheet(words, **more), code=CODE, made_for=made_for, check_by=DAY)


@pytest.mark.parametrize("made_for", NAMES)
def test_whoever_it_is_made_for_the_page_is_one_page_and_whole(made_for):
    made = make_pdf_here(with_stamp(made_for=made_for))
    assert made.pages == 1
    assert "7KQ3-M9XT at testserver/check" in " ".join(text_of(made.pdf).split())


MANY = dict([*full_page(330).items()][:20])


@pytest.mark.parametrize("words", [FEW, TYPICAL, MANY], ids=["few", "typical", "many"])
@pytest.mark.parametrize("photo", [None, make_photo()], ids=["no photo", "photo"])
def test_it_is_pdf_ua(words, photo):
    [report] = validate(make_pdf_here(with_stamp(words, photo=photo)).pdf)
    assert report.passed, report


@pytest.mark.parametrize("topics", range(18, 28, 2))
def test_what_the_fullness_row_promises_holds_once_it_is_shared(topics):
    words = dict([*full_page(330).items()][:topics])
    fit = measure_here(with_room_for_its_foot(make_sheet(words)))
    if not fit.lines_over:
        assert make_pdf_here(with_stamp(words)).pages == 1
    assert bool(fit.lines_over) == (topics > 25)  # so both sides of the edge are tried


WIDE = [
    WIDEST_NAME,
    " ".join(["W" * 19] * 4),
    "W" * 80 + ", " + "W" * 120,  # a worker who asked: their name, and where they work
    "😀" * 80,
    "漢" * 202,
    "﷽" * 80,
    "نصيرة الدين " * 16,
    "ทีมดูแล" * 28,
    "နေကောင်းလား" * 18,
    "ༀམཎི" * 50,
]


@pytest.fixture(scope="module")
def just_full():
    """A page for which there is no more room, as its person is told."""
    words = dict([*full_page(330).items()][:16])
    spare = measure_here(with_room_for_its_foot(make_sheet(words, edition=None))).lines_left
    words["sleep"] = "\n".join([words.get("sleep", "Tea."), *["Tea."] * (spare - 1)])
    fit = measure_here(with_room_for_its_foot(make_sheet(words, edition=None)))
    assert fit.fits
    assert fit.lines_left < 3
    return words


@pytest.mark.parametrize("made_for", WIDE)
def test_a_page_that_fits_still_fits_whoever_it_is_for(just_full, made_for):
    today = date(2040, 9, 20)
    sheet = make_sheet(just_full, edition=10_000, checked_on=today)
    sheet = replace(sheet, made_on=today, updated_on=today)
    made = make_pdf_here(stamped(sheet, code="WWWWWWWW", made_for=made_for, check_by=today))
    assert made.pages == 1


def test_a_scanner_reads_the_address_from_the_printed_page(tmp_path):
    drawn = picture(make_pdf_here(with_stamp()).pdf, tmp_path, dots_an_inch=100)
    [code] = zxingcpp.read_barcodes(drawn)
    assert code.text == "http://testserver/check/7KQ3-M9XT/"


def test_the_qr_code_is_large_enough_for_a_cheap_printer(tmp_path):
    drawn = picture(make_pdf_here(with_stamp()).pdf, tmp_path, dots_an_inch=150)
    [code] = zxingcpp.read_barcodes(drawn)
    width = code.position.top_right.x - code.position.top_left.x
    assert width / 150 * 25.4 > 20  # millimetres, without the quiet zone: 0.7 a module


def test_a_screen_reader_is_told_where_the_code_leads():
    figures = [tag.alt for tag in tags_of(make_pdf_here(with_stamp()).pdf) if tag.kind == "Figure"]
    assert figures == ["QR code: it opens testserver/check/7KQ3-M9XT"]


def picture(pdf: bytes, folder: Path, dots_an_inch: int) -> Image.Image:
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dots_an_inch), "-png", "page.pdf", "page"]
    subprocess.run(command, check=True, cwd=folder)
    return Image.open(next(folder.glob("page*.png")))


def test_there_is_as_much_room_before_a_page_has_its_number_as_after() -> None:
    """A question is measured before it is saved, and the page after: both say the same."""
    before, after = (with_room_for_its_foot(make_sheet(edition=number)) for number in (None, 3))
    assert before == after
