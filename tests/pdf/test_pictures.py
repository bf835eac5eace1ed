"""Every picture of every pack is seen on paper, small and without colour."""

import pypdfium2
import pytest
from weasyprint import HTML

from profiles.pdf.fetcher import AssetFetcher
from profiles.topics.pictures import pictures

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


@pytest.mark.parametrize("size", [5, 8])
def test_each_is_seen_small_and_in_grey(size: int):
    edge = round(size / 25.4 * DPI)
    for code, side in in_grey(size):
        square = side.crop((0, 0, edge, edge)).histogram()
        dark = sum(square[:128]) / edge**2
        assert 0.01 < dark < 0.6, (code, dark)  # lines that hold, and no blot
