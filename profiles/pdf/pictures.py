"""Our pictures, ready for paper: each is drawn once in the life of a renderer, and then copied. A
QR code, which is on one page alone, is drawn as its rows of dots.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from weasyprint.images import SVGImage

ROW = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")  # of a path: to where, or how far
OTHER_PARTS = ("XObject", "Pattern", "Shading")


class DrawnOnce:
    """One of our pictures. Drawing the pictures anew took a third of the time of a full page."""

    def __init__(self, svg: bytes) -> None:
        # Our own files, checked against their source; never somebody's upload.
        tree = ElementTree.fromstring(svg)  # noqa: S314
        self._image = SVGImage(tree, None, None, None)
        self._sizes: dict[tuple[Any, ...], Any] = {}
        self._drawn: dict[tuple[float, float], tuple[bytes, Mapping[str, Any]]] = {}

    def get_intrinsic_size(self, *asked: Any) -> Any:
        """The picture's own size, as WeasyPrint asks for it: for each of the few print sizes."""
        if (size := self._sizes.get(asked)) is None:
            size = self._sizes[asked] = self._image.get_intrinsic_size(*asked)
        return size

    def put_behind(self, stream: Any, layer: Any, style: Any) -> None:
        """Draw it behind a box, where this layer has its place, as it stands elsewhere on the page:
        it is written down once a size.
        """
        (left, top), (across, down, _, _) = layer.position, layer.positioning_area
        with stream.artifact(), stream.stacked():
            if not layer.unbounded:
                stream.rectangle(*layer.painting_area)
                stream.clip()
                stream.end()
            stream.transform(e=across + left, f=down + top)
            stream.draw_x_object(self._name_on(stream, layer.size, style))

    def _name_on(self, stream: Any, size: tuple[float, float], style: Any) -> str:
        """What it is called on this page, in this size."""
        names: dict[Any, str] = vars(stream._resources).setdefault("drawn_once", {})
        if (self, *size) not in names:
            group = stream.add_group(0, 0, *size)
            self.draw(group, *size, style)
            names[self, *size] = group.id
        return names[self, *size]

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Put the picture in a group of its own."""
        states = stream._resources["ExtGState"]
        if drawn := self._drawn.get((width, height)):
            stream.stream.append(drawn[0])
            states.update(drawn[1])
            return
        before = len(stream.stream)
        self._image.draw(stream, width, height, style)
        if not any(stream._resources[part] for part in OTHER_PARTS):
            operators = b"\n".join(_bytes(item) for item in stream.stream[before:])
            self._drawn[width, height] = operators, dict(states)


class DrawnCode:
    """A QR code, as `core.qr` writes it. WeasyPrint takes a tenth of a page's time to draw one."""

    def __init__(self, svg: bytes) -> None:
        tree = ElementTree.fromstring(svg)  # noqa: S314  # ours, as above
        self._dots = int(tree.get("viewBox", "").split()[-1])
        self._rows = tree[-1].get("d", "")
        self._image = SVGImage(tree, None, None, None)
        self.get_intrinsic_size = self._image.get_intrinsic_size

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw each row of dots as a black box, on a white one."""
        stream.transform(a=width / self._dots, d=height / self._dots)
        stream.stream.append(b"1 1 1 rg 0 0 %d %d re f 0 0 0 rg" % (self._dots, self._dots))
        stream.stream += self.rows()
        stream.fill()

    def rows(self) -> Iterator[bytes]:
        """Each row as a box: where it begins, how long it is, and that it is one dot high."""
        across = down = 0.0
        for kind, far, further in ROW.findall(self._rows):
            if kind == "h":
                yield f"{across:g} {down - 0.5:g} {far} 1 re".encode()
            elif kind == "M":
                across = down = 0.0
            across, down = across + float(far), down + float(further or 0)


def _bytes(item: Any) -> bytes:
    return item if isinstance(item, bytes) else str(item).encode("ascii")
