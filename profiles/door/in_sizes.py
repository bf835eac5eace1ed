"""One page in other sizes: as many as its layout comes in, each a way to print it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from profiles.sheet.catalogue import layouts
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import SIZES, Size


@dataclass(frozen=True, kw_only=True)
class WayToPrint:
    """One more size that a page can be printed in, where, and what has no place on it."""

    size: Size
    address: str
    left_out: tuple[str, ...]  # titles of answers
    besides: tuple[str, ...]  # titles of those that it has only where there is room


def layout_asked_for(request: HttpRequest) -> str:
    """The layout that an address names; "" for the page's own. Raises Http404 if there is none."""
    key = request.GET.get("layout", "")
    if key and key not in layouts():
        raise Http404
    return key


def in_size(sheet: Sheet, key: str) -> Sheet:
    """This page in the size of this name; in its own, if none is named.

    Raises Http404 for a size that its layout does not come in.
    """
    if not key:
        return sheet
    if key not in sheet.layout.sizes:
        raise Http404
    return sheet.on(SIZES[key])


def other_sizes(sheet: Sheet, address: str) -> Iterator[WayToPrint]:
    """The other sizes of its layout, each with the address at which it is printed."""
    for key in sheet.layout.sizes:
        if key != sheet.size.key:
            printed = sheet.on(SIZES[key])
            yield WayToPrint(
                size=printed.size,
                address=f"{address}?size={key}",
                left_out=printed.left_out,
                besides=tuple(entry.title for entry in printed.besides),
            )
