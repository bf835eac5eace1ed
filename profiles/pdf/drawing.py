"""Draws finished pages as one picture, side by side, as somebody would see them on a table."""

import io
from collections.abc import Sequence
from typing import Final

import pypdfium2
from PIL import Image

QUALITY: Final = 82


def album(pdfs: Sequence[bytes], width: int) -> bytes:
    """The first side of each of these, so many dots wide, beside each other in one WebP."""
    drawn = [_first_side(pdf, width) for pdf in pdfs]
    sheet = Image.new("RGB", (width * len(drawn), max(each.height for each in drawn)), "white")
    for at, each in enumerate(drawn):
        sheet.paste(each, (at * width, 0))
    written = io.BytesIO()
    sheet.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def _first_side(pdf: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        drawn: Image.Image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        return drawn.crop((0, 0, width, drawn.height))  # a dot more or less by rounding
    finally:
        document.close()
