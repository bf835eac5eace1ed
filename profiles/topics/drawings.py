"""Is an SVG file a plain drawing: shapes alone, with no script, and nothing from anywhere else?

It goes to browsers from our own address, and to the program that prints. What is not known to be
harmless is refused, so that the next thing that SVG learns to fetch is refused too.
"""

import re
from typing import Final
from xml.etree import ElementTree

LARGEST: Final = 40_000  # bytes: a page may hold one beside each answer
SVG: Final = "{http://www.w3.org/2000/svg}"
SHAPES: Final = frozenset(
    "svg g defs title desc path circle ellipse line polygon polyline rect clipPath mask "
    "linearGradient radialGradient stop".split()
)
MEMBERS: Final = frozenset(
    "id class version style viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy d points "
    "transform color opacity display visibility overflow preserveAspectRatio pathLength "
    "fill fill-rule fill-opacity clip-rule clip-path mask paint-order vector-effect "
    "stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-dasharray stroke-dashoffset gradientUnits gradientTransform spreadMethod offset "
    "stop-color stop-opacity clipPathUnits maskUnits maskContentUnits".split()
)
OWN_PART: Final = re.compile(r"url\(#[\w.-]+\)")  # such as a gradient in the same file
NAMES_ANOTHER: Final = re.compile(r"url|[\\\"'@<>]|//", re.IGNORECASE)
BEFORE_IT: Final = re.compile(r"\s*(<\?xml\s[^?]*\?>)?", re.ASCII)
ENCODING: Final = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")


def faults(drawing: bytes) -> list[str]:
    """Everything about this file that a plain drawing does not have, each in a few words."""
    if len(drawing) > LARGEST:
        return [f"is larger than {LARGEST // 1000} KB"]
    try:
        text = drawing.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ["is not written in UTF-8"]
    begins = BEFORE_IT.match(text)
    said = ENCODING.search(begins[0]) if begins else None
    if said and said[1].lower() != "utf-8":
        return ["is not written in UTF-8"]
    rest = text[begins.end() :] if begins else text
    if "<!DOCTYPE" in rest or "<!ENTITY" in rest or "<?" in rest:
        return ["has instructions for programs (<! or <?)"]
    try:
        # No entities can be in it: they are told in a DOCTYPE.
        tree = ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError:
        return ["is not whole: it cannot be read as SVG"]
    if tree.tag != f"{SVG}svg":
        return ["is not an SVG drawing"]
    found = {fault: None for element in tree.iter() for fault in _faults_of(element)}
    return [*found, *_shape(tree)]


def _faults_of(element: ElementTree.Element) -> list[str]:
    name = element.tag.removeprefix(SVG)
    if name not in SHAPES:
        return [f"has a <{name.rpartition('}')[2]}>, which is no shape"]
    wrong = [
        f"has {member.rpartition('}')[2]}, which no plain shape needs"
        for member in element.attrib
        if member not in MEMBERS
    ]
    return wrong + [
        f"has {member} that could lead out of the file"
        for member, value in element.attrib.items()
        if member in MEMBERS and NAMES_ANOTHER.search(OWN_PART.sub("", value))
    ]


def _shape(tree: ElementTree.Element) -> list[str]:
    """Pictures stand in squares: any other shape would be squeezed, or stand over its words."""
    try:
        _, _, width, height = map(float, tree.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return ["has no viewBox of four numbers"]
    return [] if width == height > 0 else ["is not as wide as it is tall"]
