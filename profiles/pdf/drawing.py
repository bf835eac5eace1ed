"""Draws finished pages as pictures: one alone, or several side by side, as they lie on a table."""

import io
from collections.abc import Sequence
from typing import Any, Final

import pypdfium2
from PIL import Image

WIDTH: Final = 700  # of a page that is drawn alone, in dots
QUALITY: Final = 82
COLOURS: Final = 192  # at most 256
LOOKED_AT: Final = 2  # they are chosen by one dot of so many across and down
EFFORT: Final = 6  # of 9, to make it small: 9 takes eight times as long, for a thirtieth less


def alone(pdf: bytes) -> bytes:
    """The first side of this, as a PNG whose letters are sharp.

    Of few colours and without loss, it is smaller than one that blurs them, and sooner written.
    """
    drawn = first_side(pdf, WIDTH)
    some = (drawn.width // LOOKED_AT, drawn.height // LOOKED_AT)
    colours = drawn.resize(some, Image.Resampling.NEAREST).quantize(
        COLOURS, method=Image.Quantize.FASTOCTREE
    )
    few = drawn.quantize(palette=colours, dither=Image.Dither.NONE)
    return _written(few, "PNG", compress_level=EFFORT)


def album(pdfs: Sequence[bytes], width: int) -> bytes:
    """The first side of each of these, so many dots wide, beside each other in one WebP."""
    drawn = [first_side(pdf, width) for pdf in pdfs]
    sheet = Image.new("RGB", (width * len(drawn), max(each.height for each in drawn)), "white")
    for at, each in enumerate(drawn):
        sheet.paste(each, (at * width, 0))
    return _written(sheet, "WEBP", quality=QUALITY)


def _written(picture: Image.Image, kind: str, **how: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def first_side(pdf: bytes, width: int) -> Image.Image:
    """The first side of this, so many dots wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = width / page.get_width()
        drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        # A dot more or less by rounding, where room is kept for it to the dot.
        return drawn.crop((0, 0, width, round(scale * page.get_height())))
    finally:
        document.close()
