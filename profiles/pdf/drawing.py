"""Draws finished pages as pictures: one alone, or several side by side, as they lie on a table."""

import io
from collections.abc import Sequence
from typing import Any, Final

import pypdfium2
from PIL import Image

WIDTH: Final = 700  # of a page that is drawn alone, in dots
QUALITY: Final = 82
COLOURS: Final = 255


def alone(pdf: bytes) -> bytes:
    """The first side of this, as a WebP whose letters are sharp.

    Of few colours and without loss, it is smaller than one that blurs them, and as soon written.
    """
    drawn = _first_side(pdf, WIDTH).quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    return _webp(drawn.convert("RGB"), lossless=True, quality=20, method=1)


def album(pdfs: Sequence[bytes], width: int) -> bytes:
    """The first side of each of these, so many dots wide, beside each other in one WebP."""
    drawn = [_first_side(pdf, width) for pdf in pdfs]
    sheet = Image.new("RGB", (width * len(drawn), max(each.height for each in drawn)), "white")
    for at, each in enumerate(drawn):
        sheet.paste(each, (at * width, 0))
    return _webp(sheet, quality=QUALITY)


def _webp(picture: Image.Image, **how: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", **how)
    return written.getvalue()


def _first_side(pdf: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = width / page.get_width()
        drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        # A dot more or less by rounding, where room is kept for it to the dot.
        return drawn.crop((0, 0, width, round(scale * page.get_height())))
    finally:
        document.close()
