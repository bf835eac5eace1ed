"""Is what an engine made the page that was asked for? Checked before its time counts."""

import re
import unicodedata

import pypdfium2

from bench.engines import Engine
from bench.pages import Page


class NotThePage(Exception):
    """The engine made something else, so its time says nothing."""


def check(engine: Engine, page: Page, pdf: bytes | None, *, may_refuse: bool) -> None:
    """Raise NotThePage unless every word is there, tagged, and on one page if that is promised."""
    if pdf is None:
        if not (may_refuse and engine.fits_one_page):
            raise NotThePage(f"{engine.name} made nothing")
        return
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not pypdfium2.raw.FPDFCatalog_IsTagged(document):
            raise NotThePage(f"{engine.name} made a page without tags")
        if engine.fits_one_page and len(document) != 1:
            raise NotThePage(f"{engine.name} made {len(document)} pages")
        found = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()
    letters = _letters(found)
    lost = [line for _, lines in page.blocks for line in lines if _letters(line) not in letters]
    if lost:
        raise NotThePage(f"{engine.name} lost {len(lost)} lines, such as: {lost[0]}")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
