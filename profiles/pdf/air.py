"""What room is left on a page becomes air between its parts: the page fills its paper.

A page is laid out once, at the roomiest step that has room for it. What is left then is less than
one step, or more than the roomiest takes: its blocks are moved down by equal shares of it, and the
foot so comes to stand at the foot. WeasyPrint has no way to ask for that without a second layout.
"""

from collections.abc import Iterator
from typing import Any, Final

from weasyprint.layout import background

from profiles.pdf.boxes import classes_of

PX_TO_PT: Final = 0.75
ABOVE: Final = 0.5  # above the head, in shares
BLOCKS: Final = {"page-head", "part", "pair", "ask", "page-foot"}


def spread(page: Any, spare_pt: float, images: Any) -> None:
    """Move the blocks of this page apart, until this many points more are taken."""
    blocks = list(_blocks(page._page_box))
    gaps = len(blocks) - 1
    if gaps < 1 or spare_pt <= 0:
        return
    share = spare_pt / PX_TO_PT / (gaps + ABOVE)
    for number, block in enumerate(blocks):
        block.translate(0, share * (number + ABOVE))
    # They stood where the blocks stood.
    background.layout_backgrounds(page._page_box, images)


def _blocks(box: Any) -> Iterator[Any]:
    """The blocks of a page, from its head to its foot."""
    if not BLOCKS.isdisjoint(classes_of(box)):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _blocks(child)
