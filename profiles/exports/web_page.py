"""The page as one web page that needs nothing else: no other file, and no network."""

import base64
from collections.abc import Iterator
from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from profiles.core import static_files
from profiles.sheet.sheet import Sheet
from profiles.topics.pictures import pictures

WEIGHTS = (400, 700, 800)


def web_page(sheet: Sheet) -> str:
    """The page with its style, type, pictures and photo inside it."""
    # Our own stylesheets, fonts and pictures: nobody's words are in it.
    style = mark_safe("\n".join(_style(sheet)))  # noqa: S308
    photo = _data("image/jpeg", sheet.photo.data) if sheet.photo else ""
    return render_to_string(
        "exports/web_page.html", {"sheet": sheet, "style": style, "photo_address": photo}
    )


def _style(sheet: Sheet) -> Iterator[str]:
    yield from map(_font, WEIGHTS)
    yield static_files.read("css/tokens.css").decode()
    for name in ("layouts/sheet.css", sheet.layout.stylesheet):
        # What those set for screens alone, since the PDF has its own, is for paper here as well.
        yield static_files.read(name).decode().replace("@media screen", "@media all")
    yield static_files.read("layouts/web-page.css").decode()
    yield from map(_picture, sorted({entry.picture for entry in sheet.entries} - {""}))


@cache
def _font(weight: int) -> str:
    font = _data(
        "font/woff2", static_files.read(f"fonts/atkinson-hyperlegible-next-{weight}.woff2")
    )
    family = "Atkinson Hyperlegible Next"
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url({font}) }}'


@cache
def _picture(code: str) -> str:
    picture = _data("image/svg+xml", pictures()[code].path.read_bytes())
    return f".picture-{code} {{ background-image: url({picture}) }}"


def _data(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
