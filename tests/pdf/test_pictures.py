"""Every picture of every pack is seen on paper, small and without colour."""

import pypdfium2
import pytest
import segno
from PIL import ImageChops
from weasyprint import HTML, draw

from profiles.core.qr import qr_code
from profiles.pdf import drawing, shortcuts
from profiles.pdf.fetcher import AssetFetcher
from profiles.pdf.pictures import DrawnCode
from profiles.pdf.printing import make_pdf_here
from profiles.sheet.sizes import A4, LARGE_PRINT
from profiles.topics.pictures import pictures
from tests.sheet.factories import TYPICAL, make_photo, make_said, make_sheet

MM = 72 / 25.4
A_CELL = 10  # mm
DPI = 200


def in_grey(size: float):
    """Each picture so many millimetres wide, alone on its side, as grey dots."""
    drawings = {f"asset:{code}": each.path.read_bytes() for code, each in pictures().items()}
    assets = {address: (svg, "image/svg+xml") for address, svg in drawings.items()}
    sides = "".join(f'<p><img src="{address}"></p>' for address in assets)
    style = f"@page {{ size: {A_CELL}mm; margin: 0 }} p {{ margin: 0; break-after: page }}"
    style += f"img {{ display: block; width: {size}mm; height: {size}mm }}"
    fetcher = AssetFetcher(assets)
    html = HTML(string=f"<style>{style}</style>{sides}", url_fetcher=fetcher)
    made = pypdfium2.PdfDocument(html.write_pdf())
    assert len(made) == len(assets)
    for code, side in zip(pictures(), made, strict=True):
        yield code, side.render(scale=DPI / 72).to_pil().convert("L")


def test_each_is_written_down_once_and_seen_wherever_it_stands(monkeypatch):
    sheet = make_sheet(photo=make_photo())
    once = make_pdf_here(sheet).pdf
    monkeypatch.setattr(draw, "draw_background_image", shortcuts.usual_image)
    usual = make_pdf_here(sheet).pdf
    forms = [pdf.count(b"/Subtype /Form") for pdf in (once, usual)]
    assert forms[0] < forms[1]
    assert len(once) < len(usual)
    seen = [drawing.first_side(pdf, 1400) for pdf in (once, usual)]
    assert max(most for _, most in ImageChops.difference(*seen).getextrema()) <= 2  # of 255


@pytest.mark.parametrize("size", [5, 8])
def test_each_is_seen_small_and_in_grey(size: int):
    edge = round(size / 25.4 * DPI)
    for code, side in in_grey(size):
        square = side.crop((0, 0, edge, edge)).histogram()
        dark = sum(square[:128]) / edge**2
        assert 0.01 < dark < 0.6, (code, dark)  # lines that hold, and no blot


@pytest.mark.parametrize(
    "address", ["http://localhost/check/00000-00000", "https://a.example/" + "b" * 90]
)
def test_a_qr_code_is_drawn_dot_for_dot(address: str):
    boxes = [list(map(float, row.split()[:4])) for row in DrawnCode(qr_code(address)).rows()]
    drawn = {(x + dot, y) for x, y, dots, _ in boxes for dot in range(int(dots))}
    code = segno.make(address, error="m", micro=False)
    rows = enumerate(code.matrix_iter(border=4))
    assert drawn == {(x, y) for y, row in rows for x, dot in enumerate(row) if dot}
    assert {height for *_, height in boxes} == {1}


@pytest.mark.parametrize("size, is_seen", [(LARGE_PRINT, True), (A4, False)])
def test_whom_to_ring_has_its_picture_where_it_is_no_narrow_cell(size, is_seen):
    phone, star = (
        make_pdf_here(make_sheet(make_said(TYPICAL, picture={"ring_first": code})).on(size)).pdf
        for code in ("1F4DE", "2B50")
    )
    difference = ImageChops.difference(*(drawing.first_side(pdf, 700) for pdf in (phone, star)))
    assert (difference.getbbox() is not None) == is_seen
