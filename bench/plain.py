"""WeasyPrint as its documentation shows it: one string of HTML, one stylesheet, nothing kept."""

import base64
import zlib
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import pydyf
from weasyprint import HTML

from bench.pages import Page
from profiles.pdf.shortcuts import shortcuts

Made = TypeVar("Made")

CSS = Path(__file__).with_name("plain.css").read_text(encoding="utf-8")
FONTS = Path(__file__).parent.parent / "static" / "fonts"
LARGEST_PT, SMALLEST_PT = 14, 12


def html(
    page: Page, *, fonts: str = "woff2", large_photo: bool = True, print_pt: float = 12
) -> str:
    """The page as one ordinary web page."""
    style = CSS.replace("12pt/1.3", f"{print_pt}pt/1.3")
    for weight in (400, 700, 800):
        font = FONTS / f"atkinson-hyperlegible-next-{weight}.{fonts}"
        style = style.replace(f"FONTS-{weight}", font.as_uri())
    name, photo = escape(page.sheet.name), page.sheet.photo
    picture = ""
    if photo:
        data = base64.b64encode(page.large_photo if large_photo else photo.data).decode()
        picture = f'<img src="data:image/jpeg;base64,{data}" alt="A photo of {name}">'
    sections = "".join(
        f"<section><h2>{escape(title)}</h2><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + "</ul></section>"
        for title, lines in page.blocks
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{style}</style></head><body><header>{picture}<h1>{name}</h1></header>"
        f"<main>{sections}</main><footer><p>Made on 23 November 2026.</p></footer></body></html>"
    )


def as_installed(make: Callable[[Page], Made]) -> Callable[[Page], Made]:
    """With nothing of what our own renderer changes about it, where that is in this process."""

    def made(page: Page) -> Made:
        with shortcuts.left(), patch.object(pydyf, "zlib", zlib):
            return make(page)

    return made


@as_installed
def once(page: Page) -> bytes:
    """One page at 12 points, whether it fits or not."""
    return _pdf(HTML(string=html(page)))


@as_installed
def once_kinder(page: Page) -> bytes:
    """The same with fonts that need no unpacking, and a photo at print size."""
    return _pdf(HTML(string=html(page, fonts="ttf", large_photo=False)))


@as_installed
def searched(page: Page) -> bytes | None:
    """The largest print that fits one page, found by halving; None if none does."""
    low, high, best = 0, (LARGEST_PT - SMALLEST_PT) * 4, None
    while low <= high:
        middle = (low + high) // 2
        document = HTML(string=html(page, print_pt=SMALLEST_PT + middle / 4)).render()
        if len(document.pages) == 1:
            best, low = document, middle + 1
        else:
            high = middle - 1
    return _pdf(best) if best else None


def _pdf(source: Any) -> bytes:
    pdf: bytes = source.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
