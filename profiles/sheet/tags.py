"""Mends two things in the tags that WeasyPrint 70 writes, through its public finisher."""

from collections.abc import Iterator
from typing import Any, Final

TAGS: Final = {"h1": "/H1", "h2": "/H2", "h3": "/H3", "p": "/P", "li": "/LI"}
PX_TO_PT: Final = 0.75


def mend(document: Any, pdf: Any, root: Any) -> None:
    """Give each tag the language of its words, and each picture its place on the paper.

    WeasyPrint writes one language for the whole file, and a picture's place in CSS pixels from
    the top, which is off the paper.
    """
    height = document.pages[0].height
    tags = list(_walk(pdf, pdf.objects[_number(pdf.catalog["StructTreeRoot"])]))
    for tag in tags:
        if tag.get("S") == "/Figure":
            left, top, right, bottom = tag["A"]["BBox"]
            flipped = (left, height - bottom, right, height - top)
            tag["A"]["BBox"][:] = [round(side * PX_TO_PT, 2) for side in flipped]
    said = [tag for tag in tags if tag.get("S") in TAGS.values()]
    for tag, (name, language) in zip(said, _languages(root), strict=True):
        if tag["S"] != TAGS[name]:
            raise ValueError("The tags are not in the order of the page.")
        tag["Lang"] = _string(language)


def _languages(root: Any) -> Iterator[tuple[str, str]]:
    """Every heading, paragraph and line of the page in order, with its language."""

    def walk(element: Any, language: str) -> Iterator[tuple[str, str]]:
        language = element.get("lang", language)
        if element.tag in TAGS:
            yield element.tag, language
        for child in element:
            yield from walk(child, language)

    yield from walk(root, "")


def _walk(pdf: Any, tag: Any) -> Iterator[Any]:
    """This tag and every tag in it, in reading order."""
    yield tag
    kids = tag.get("K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, bytes):
            yield from _walk(pdf, pdf.objects[_number(kid)])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)
