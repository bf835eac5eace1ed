"""A theme's colours as a stylesheet, and the signs that are drawn in them."""

from collections.abc import Iterator, Mapping
from typing import Final

from profiles.sheet.themes import Shades, Theme

EDGE: Final = "0.6mm"
# The boxes of a pair take their colours by what they say, not by where they stand.
HALVES: Final = {"do": "moss", "do_not": "paper"}

TICK: Final = (
    "<circle cx='10' cy='10' r='9' fill='{0}'/><path d='M5 10.5l3.5 3.5L15 7' stroke='#FFFFFF' "
    "stroke-width='2.6' fill='none' stroke-linecap='round' stroke-linejoin='round'/>"
)
CROSS: Final = (
    "<circle cx='10' cy='10' r='9' fill='{0}'/><path d='M6 6l8 8M14 6l-8 8' stroke='#FFFFFF' "
    "stroke-width='2.6' fill='none' stroke-linecap='round'/>"
)
MARK: Final = "<circle cx='10' cy='10' r='9' fill='{0}'/>"


def css(theme: Theme) -> str:
    """The theme as a stylesheet: written out, since looking colours up takes longer."""
    return "\n".join(_rules(theme))


def signs(theme: Theme) -> Mapping[str, bytes]:
    """The signs of a theme, as SVG: a tick, a cross, and the mark of a statement."""
    drawn = {
        "tick": TICK.format(theme.colours["moss"].label),
        "cross": CROSS.format(theme.colours["paper"].label),
        "mark": MARK.format(theme.soft),
    }
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'>{}</svg>"
    return {name: svg.format(sign).encode() for name, sign in drawn.items()}


def _rules(theme: Theme) -> Iterator[str]:
    stroke = f"transparent 60%, {theme.stroke} 60%, {theme.stroke} 92%, transparent 92%"
    yield f".page {{ color: {theme.ink} }}"
    yield f".page .say, .page .said-by, .page-foot {{ color: {theme.soft} }}"
    yield f".page-foot .newest {{ color: {theme.ink} }}"
    yield f".page-foot {{ border-top: .3mm solid {theme.line} }}"
    yield f".page .stroke {{ background: linear-gradient({stroke}) }}"
    yield f".page-photo {{ border-color: {theme.stroke} }}"
    for name, shades in theme.colours.items():
        yield from _part(f".page .in-{name}", shades)
    for topic, name in HALVES.items():
        shades = theme.colours[name]
        half = f".page .half-{topic}"
        yield f"{half} {{ background: {shades.ground}; border: {EDGE} solid {shades.edge} }}"
        yield f"{half} > h2 {{ color: {shades.label} }}"


def _part(part: str, shades: Shades) -> Iterator[str]:
    """A part's ground lies under its whole bar: so no white shows where they meet."""
    yield f"{part} {{ background: {shades.ground} }}"
    yield f"{part} > h2 {{ background: {shades.bar}; color: {shades.on_bar} }}"
    yield f"{part} h3, {part} .number {{ color: {shades.label} }}"
    yield f"{part} .ring {{ border-color: {shades.label} }}"
    if not shades.edge:
        return
    yield f"{part} {{ border: {EDGE} solid {shades.edge} }}"
    if shades.bar == shades.edge:
        # The bar lies over the line on three sides, for the same reason.
        yield f"{part} > h2 {{ margin: -{EDGE} -{EDGE} 0 }}"
    else:
        yield f"{part} > h2 {{ border-bottom: .3mm solid {shades.edge} }}"
