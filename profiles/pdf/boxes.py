"""Where each answer stands on a page: a press on the picture of it leads to its question."""

from collections.abc import Collection, Iterator
from typing import Any

from profiles.core.names import CALL_ME
from profiles.pdf.fit import Box

SIDE = 1000  # of the sheet, whatever its paper: boxes are told in thousandths of it


def boxes_on(page: Any, topics: Collection[str]) -> dict[str, Box]:
    """The box of each of these topics that stands on this page; the whole head is the name's."""
    named = {f"{kind}-{topic}": topic for kind in ("entry", "half") for topic in topics}
    named["page-head"] = CALL_ME
    found: dict[str, Box] = {}
    for box in _from_outside_in(page._page_box):
        for name in classes_of(box):
            if name in named:
                found.setdefault(named[name], _in_thousandths(box, page))
    return found


def _from_outside_in(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _from_outside_in(child)


def classes_of(box: Any) -> list[str]:
    """The classes of the element that this box of a layout is made from."""
    element = getattr(box, "element", None)
    return element.get("class", "").split() if element is not None else []


def _in_thousandths(box: Any, page: Any) -> Box:
    left, top = box.border_box_x(), box.border_box_y()
    sides = (
        (left, page.width),
        (top, page.height),
        (left + box.border_width(), page.width),
        (top + box.border_height(), page.height),
    )
    left, top, right, bottom = (max(0, min(SIDE, round(SIDE * at / whole))) for at, whole in sides)
    return left, top, right - left, bottom - top
