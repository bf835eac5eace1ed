"""The sets of colours a page can be printed in. Each part of a page has a colour of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Shades:
    """One colour of a theme: the bar of a part, the words on it, its ground, and its labels."""

    bar: str
    on_bar: str
    ground: str
    label: str
    edge: str = ""  # a line around the part, where it has one


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A set of colours. Whatever is read stands at 7 to 1: see tests/pdf/test_filled_sheet.py."""

    key: str
    title: str
    ink: str
    soft: str  # for second words
    line: str
    stroke: str  # the highlighter under the name, and the ring around the photo
    colours: Mapping[str, Shades]  # a plain dict: it travels to the worker process


def _shades(bar: str, on_bar: str, ground: str, label: str, edge: str = "") -> Shades:
    return Shades(bar=bar, on_bar=on_bar, ground=ground, label=label, edge=edge)


NOTEBOOK: Final = Theme(
    key="notebook",
    title="Notebook",
    ink="#1D2B2A",
    soft="#3D4B48",
    line="#D5DDD9",
    stroke="#F4B83F",
    colours={
        "brick": _shades("#A8201A", "#FFFFFF", "#FDEEEC", "#961A15", "#A8201A"),
        "marigold": _shades("#F4B83F", "#1D2B2A", "#FFF3D6", "#664600"),
        "berry": _shades("#8E2A54", "#FFFFFF", "#FBEDF2", "#832349"),
        "sky": _shades("#24568A", "#FFFFFF", "#EAF2FA", "#1E4A79"),
        "moss": _shades("#2F6331", "#FFFFFF", "#EAF4E6", "#285529", "#2F6331"),
        "paper": _shades("#A8201A", "#FFFFFF", "#FFFFFF", "#961A15", "#A8201A"),
    },
)
SEASIDE: Final = Theme(
    key="seaside",
    title="Seaside",
    ink="#12233A",
    soft="#3A4A5E",
    line="#CBD8E2",
    stroke="#7FD1CB",
    colours={
        "brick": _shades("#9A1F3D", "#FFFFFF", "#FDEDF0", "#8A1A35", "#9A1F3D"),
        "marigold": _shades("#9FD8D2", "#12233A", "#E9F7F5", "#0B5053"),
        "berry": _shades("#1F3F77", "#FFFFFF", "#EDF1FA", "#1F3F77"),
        "sky": _shades("#0B5A5E", "#FFFFFF", "#E6F3F2", "#0A5053"),
        "moss": _shades("#1F5F4A", "#FFFFFF", "#E7F4EE", "#1A513F", "#1F5F4A"),
        "paper": _shades("#9A1F3D", "#FFFFFF", "#FFFFFF", "#8A1A35", "#9A1F3D"),
    },
)
GARDEN: Final = Theme(
    key="garden",
    title="Garden",
    ink="#2A2417",
    soft="#4A4333",
    line="#DDD8C9",
    stroke="#F2A65A",
    colours={
        "brick": _shades("#94300C", "#FFFFFF", "#FCEFE7", "#84290A", "#94300C"),
        "marigold": _shades("#F6C453", "#2A2417", "#FFF6DE", "#634500"),
        "berry": _shades("#2F5B2B", "#FFFFFF", "#EEF5EA", "#2B5327"),
        "sky": _shades("#5A3D7A", "#FFFFFF", "#F3EEF8", "#533770"),
        "moss": _shades("#2F5B2B", "#FFFFFF", "#EEF5EA", "#2B5327", "#2F5B2B"),
        "paper": _shades("#94300C", "#FFFFFF", "#FFFFFF", "#84290A", "#94300C"),
    },
)
_INK: Final = _shades("#FFFFFF", "#000000", "#FFFFFF", "#000000", "#000000")
INK: Final = Theme(
    key="ink",
    title="Black on white, to save ink",
    ink="#000000",
    soft="#333333",
    line="#000000",
    stroke="#BBBBBB",
    colours=dict.fromkeys(NOTEBOOK.colours, _INK),
)
THEMES: Final[Mapping[str, Theme]] = MappingProxyType(
    {theme.key: theme for theme in (NOTEBOOK, SEASIDE, GARDEN, INK)}
)
