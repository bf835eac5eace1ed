"""The right letters are on the paper, by their ink: the text of a PDF can be right and print wrong.

With two font files of one family and weight, WeasyPrint 70 draws the glyphs of one with the numbers
of the other, and says nothing. Each letter is compared with the same letter drawn from the font by
another engine.
"""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont, features

from profiles.pdf.printing import assets, make_pdf_here, render_job_for
from profiles.pdf.renderer import Renderer
from profiles.sheet.sheet import SheetAnswer
from tests.pdf.reading import letter_boxes, painted
from tests.sheet.factories import make_sheet

WELSH = "â ê î ô û ŵ ŷ Ŵ Ŷ á ë ï"
POLISH = "ą ć ę ł ń ó ś ź ż Ł Ż Ś"
OTHERS = "č š ž ș ț ğ ı ö ß ñ ç å"
ARABIC = "أخبرني قبل أن تتأخر"

SECOND_FILE = """
@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: 400; src: url(asset:font-401) }
"""
SCALE = 8
SIDE = 48
SAME = 0.06  # of the ink's square: two engines smooth an edge differently
DIFFERENT = 0.12


def square(ink: Image.Image) -> bytes:
    """Dark ink alone, drawn to one size."""
    dark = ink.point(lambda level: 255 if level < 128 else 0)
    box = dark.getbbox()
    assert box, "there is no ink"
    return dark.crop(box).resize((SIDE, SIDE), Image.Resampling.BILINEAR).tobytes()


def difference(one: bytes, other: bytes) -> float:
    """How much of the ink differs: 0 for the same letter, 1 for black against white."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 255 / SIDE**2


def drawn(text: str, font: Path | bytes) -> bytes:
    """This text, drawn from a font by FreeType alone."""
    source = io.BytesIO(font) if isinstance(font, bytes) else str(font)
    face = ImageFont.truetype(source, 160)
    image = Image.new("L", (200 + 160 * len(text), 400), 255)
    ImageDraw.Draw(image).text((100, 100), text, font=face, fill=0)
    return square(image)


def printed(pdf: bytes, letters: str) -> list[bytes]:
    """The ink of each of these letters, where PDFium says the letter stands."""
    page = painted(pdf, SCALE)
    boxes = letter_boxes(pdf)
    text = "".join(letter for letter, _ in boxes)
    start = text.index(letters)
    found = []
    for letter, (left, bottom, right, top) in boxes[start : start + len(letters)]:
        if letter != " ":
            height = page.height / SCALE
            box = (left - 0.3, height - top - 0.3, right + 0.3, height - bottom + 0.3)
            found.append(square(page.crop(tuple(round(side * SCALE) for side in box))))  # type: ignore[arg-type]
    return found


def differences(pdf: bytes, letters: str, font: bytes) -> list[float]:
    wanted = [drawn(letter, font) for letter in letters.split()]
    return [difference(*pair) for pair in zip(printed(pdf, letters), wanted, strict=True)]


@pytest.mark.parametrize("topic, weight", [("sleep", 400), ("must_know", 700)])
@pytest.mark.parametrize("letters", [WELSH, POLISH, OTHERS])
def test_each_letter_is_drawn_as_the_font_draws_it(letters: str, topic: str, weight: int) -> None:
    pdf = make_pdf_here(make_sheet([SheetAnswer(topic=topic, text=letters, picture="")])).pdf
    assert max(differences(pdf, letters, assets().fonts[weight])) < SAME


def test_the_name_is_drawn_in_the_right_letters() -> None:
    pdf = make_pdf_here(make_sheet({"call_me": "Llŷr Ŵyn"})).pdf
    ink = printed(pdf, "Llŷr")
    assert difference(ink[2], drawn("ŷ", assets().fonts[800])) < SAME


def test_a_different_letter_is_told_apart() -> None:
    font = assets().fonts[400]
    pairs = [("ŵ", "w"), ("ŷ", "y"), ("ł", "l"), ("ż", "ź"), ("ę", "e"), ("č", "c"), ("ș", "s")]
    assert min(difference(drawn(a, font), drawn(b, font)) for a, b in pairs) > SAME


def test_a_font_in_two_files_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trap itself: this is how web fonts are packaged, and the check above must fail on it."""
    monkeypatch.setattr("profiles.pdf.proof.check", lambda *page, **more: None)
    font = assets().fonts[400]
    first, second = without(font, range(0x100, 0x250)), without(font, range(0x21, 0x100))
    paper = SECOND_FILE + assets().paper
    trap = Renderer(
        replace(assets(), fonts=assets().fonts | {400: first, 401: second}, paper=paper)
    )
    for letters in ("y š ž ș ț ğ ö ß", "ł ń ó ś ź ż Ł Ż Ś"):
        page = trap.print(
            render_job_for(make_sheet([SheetAnswer(topic="sleep", text=letters, picture="")]))
        )
        wrong = [letter for letter in differences(page.pdf, letters, font) if letter > SAME]
        if wrong:
            return
    pytest.fail("every letter was right")


def without(font: bytes, codes: range) -> bytes:
    """This font without these letters."""
    opened = TTFont(io.BytesIO(font))
    keep = set(opened.getBestCmap()) - set(codes)
    maker = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"]))
    maker.populate(unicodes=keep)
    maker.subset(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def noto_arabic() -> Path:
    """Where the system keeps the font that Arabic is printed in."""
    ask = ["fc-match", "-f", "%{file}", "Noto Sans Arabic:style=Regular"]
    return Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow cannot join Arabic letters")
@pytest.mark.skipif(not shutil.which("fc-match"), reason="there is no fontconfig here")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_arabic_letters_are_joined_and_run_from_the_right(language: str) -> None:
    said = SheetAnswer(topic="sleep", text=ARABIC, picture="", language=language)
    pdf = make_pdf_here(make_sheet([said])).pdf
    boxes = [box for letter, box in letter_boxes(pdf) if "؀" <= letter <= "ۿ"]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    page = painted(pdf, SCALE)
    height = page.height / SCALE
    crop = (left - 1, height - top - 1, right + 1, height - bottom + 1)
    ink = square(page.crop(tuple(round(side * SCALE) for side in crop)))  # type: ignore[arg-type]
    assert difference(ink, drawn(ARABIC, noto_arabic())) < SAME
    assert difference(ink, drawn(ARABIC[::-1], noto_arabic())) > DIFFERENT
    assert right > page.width / SCALE - 60  # at the right edge of the column
