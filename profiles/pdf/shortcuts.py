"""Shortcuts through WeasyPrint 70.0: the same bytes, sooner. Styles are kept in `kept_styles.py`;
all else that stands on its inside for the sake of speed is here.

Each takes the way that our own pages always go, and leaves every other page to WeasyPrint. A worker
process checks itself when it starts (`renderer.warmed`): it prints a page with and without them,
and goes on without where a byte differs. The number beside each is the processor time of a page of
450 words with all of them, over the time with all but that one: `bin/bench` measures it.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint import draw
from weasyprint.draw import text as draw_text
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text import ffi as text_ffi
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from zlib_ng import zlib_ng

from profiles.pdf.pictures import DrawnOnce
from profiles.pdf.shortcut_list import Shortcut, Shortcuts

MADE_FOR: Final = "70.0"
SIDES: Final = ("top", "right", "bottom", "left")
LENGTHS: Final = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
NO_RADII: Final = {
    f"border_{corner}_radius": (0, 0)
    for corner in ("top_left", "top_right", "bottom_left", "bottom_right")
}
GLYPH: Final = struct.Struct("=Iiii4x")  # which it is, its width, and how far it stands off
TO_THE_END: Final = 2**32 - 1
EFFORT: Final = 6  # of 9, to make a file small


shortcuts: Final = Shortcuts()


def is_made_for_this_weasyprint() -> bool:
    """Is the WeasyPrint that is installed the one whose inside we know?"""
    return bool(weasyprint.__version__ == MADE_FOR)


# What a style says never changes, so that what follows from it is found once, and kept on it.


def _lengths(style: Any) -> dict[str, Any]:
    """Every length of a box of this style, if none depends on what it stands in; else nothing."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return {}
    found = {f"border_{side}_width": style[f"border_{side}_width"] for side in SIDES}
    for name in LENGTHS:
        value = style[name]
        if value == "auto":
            found[name] = 0 if name.startswith("min_") else "auto"
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return {}
    return found


usual_lengths: Final = percent.resolve_percentages


@shortcuts.instead_of(percent, "resolve_percentages", name="lengths")  # 0.93
def resolve_percentages(box: Any, containing_block: Any) -> None:
    """The lengths of a box, found once a style where they are lengths and no parts of others."""
    style = box.style
    if (found := style.__dict__.get("own_lengths")) is None:
        found = style.own_lengths = _lengths(style)
    if found and not isinstance(box, boxes.PageBox):
        box.__dict__.update(found)
    else:
        usual_lengths(box, containing_block)


usual_backgrounds: Final = background.layout_box_backgrounds


@shortcuts.instead_of(background, "layout_box_backgrounds", name="backgrounds")  # 0.99
def layout_box_backgrounds(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Nothing is to be placed behind a box that has no colour, no picture and no round corner."""
    own = box.style
    if (bare := own.__dict__.get("is_bare")) is None:
        bare = own.is_bare = _is_bare(own)
    if not bare or style is not None or box is page or not isinstance(box, boxes.Box):
        usual_backgrounds(page, box, get_image, layout_children, style)
        return
    box.__dict__.update(NO_RADII)
    box.background = None
    if layout_children:
        for child in box.all_children():
            background.layout_box_backgrounds(page, child, get_image)


def _is_bare(style: Any) -> bool:
    return (
        style["visibility"] == "visible"
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all(kind == "none" for kind, _ in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
        and all((0, "px") in style[name] for name in NO_RADII)
    )


usual_page_backgrounds: Final = background.layout_backgrounds
usual_page: Final = draw.draw_page


@shortcuts.instead_of(background, "layout_backgrounds", name="backgrounds once")  # 0.97
def layout_backgrounds(page: Any, get_image: Any) -> None:
    """What stands behind the boxes of a page is placed when it is drawn: they may be moved still,
    or the page is not drawn at all.
    """
    page.__dict__.setdefault("get_background", get_image)


@shortcuts.instead_of(draw, "draw_page", name="backgrounds once")
def draw_page(page: Any, stream: Any) -> None:
    """Draw a page, once what stands behind its boxes is placed."""
    if get_image := page.__dict__.pop("get_background", None):
        usual_page_backgrounds(page, get_image)
    usual_page(page, stream)


usual_flow: Final = boxes.Box.is_in_normal_flow


@shortcuts.instead_of(boxes.Box, "is_in_normal_flow", name="flow")  # 0.98
def is_in_normal_flow(box: Any) -> bool:
    """Whether a box is in normal flow: its style says so."""
    style = box.style
    if (found := style.__dict__.get("in_flow")) is None:
        found = style.in_flow = usual_flow(box)
    return bool(found)


@shortcuts.instead_of(boxes.Box, "page_values", name="no named pages")  # 0.98
@shortcuts.instead_of(boxes.ParentBox, "page_values", name="no named pages")
def page_values(box: Any) -> tuple[str, str]:
    """The names of the pages a box begins and ends on: our stylesheets name none."""
    return "", ""


usual_strut: Final = line_break.strut


@shortcuts.instead_of(line_break, "strut", name="struts")  # 0.96
def strut(style: Any) -> Any:
    """How tall a line of this style is at least."""
    if (found := style.__dict__.get("own_strut")) is None:
        found = style.own_strut = usual_strut(style)
    return found


# Lines are laid out by Pango, through cffi.


class Shaping:
    """What Pango has to know of a style to lay out its lines."""

    def __init__(self, style: Any) -> None:
        self.is_usual = _is_usual(style)
        if not self.is_usual:
            return
        context = pango.pango_font_map_create_context(style.font_config.font_map)
        self.context = ffi.gc(context, gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        direction = line_break.PANGO_DIRECTION[style["direction"]]
        pango.pango_context_set_base_dir(self.context, direction)
        name, _ = text_ffi.unicode_to_char_p(style["lang"])
        self.language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(self.context, self.language)
        self.description = line_break.get_font_description(style)
        self.attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        no_hyphens = pango.pango_attr_insert_hyphens_new(False)
        no_hyphens.start_index, no_hyphens.end_index = 0, TO_THE_END
        pango.pango_attr_list_change(self.attributes, no_hyphens)


def _is_usual(style: Any) -> bool:
    """Is it a style as our pages have them: no line through it, no features, no wider spaces?"""
    return bool(
        style["lang"]
        and style["text_decoration_line"] == "none"
        and style["font_language_override"] == "normal"
        and style["word_spacing"] == 0
        and style["letter_spacing"] == "normal"
        and style["overflow_wrap"] in ("anywhere", "break-word")
        and not line_break.font_features(
            style["font_kerning"],
            style["font_variant_ligatures"],
            style["font_variant_position"],
            style["font_variant_caps"],
            style["font_variant_numeric"],
            style["font_variant_alternates"],
            style["font_variant_east_asian"],
            style["font_feature_settings"],
        )
    )


Layout: Final = line_break.Layout
usual_setup, usual_set_text = Layout.setup, Layout.set_text
usual_reactivate = Layout.reactivate


@shortcuts.instead_of(Layout, "setup", name="shaping")  # 0.96
def setup(layout: Any, style: Any) -> None:
    """Begin a line: what Pango has to know is told it once a style."""
    if (shaping := style.__dict__.get("shaping")) is None:
        shaping = style.shaping = Shaping(style)
    layout.is_usual = shaping.is_usual
    if not shaping.is_usual:
        usual_setup(layout, style)
        return
    layout.style, layout.language = style, shaping.language
    layout.first_line_direction, layout.ascent = 0, None
    layout.layout = ffi.gc(pango.pango_layout_new(shaping.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, shaping.description)
    pango.pango_layout_set_attributes(layout.layout, shaping.attributes)


@shortcuts.instead_of(Layout, "set_text", name="shaping")
def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Give a line its words."""
    if not layout.is_usual or "\n" in text or "\t" in text or layout.justification_spacing:
        usual_set_text(layout, text, justify)
        return
    layout.text = text
    letters, written = text_ffi.unicode_to_char_p(text)
    pango.pango_layout_set_text(layout.layout, letters, len(written))


@shortcuts.instead_of(Layout, "deactivate", name="lines kept")  # 0.93
def deactivate(layout: Any) -> None:
    """Keep a line as it was laid out: it is drawn soon."""


@shortcuts.instead_of(Layout, "reactivate", name="lines kept")
def reactivate(layout: Any, style: Any) -> None:
    """Draw a line as it was laid out."""
    if style is not layout.style or layout.justification_spacing:
        usual_reactivate(layout, style)


usual_draw: Final = draw_text.draw_first_line


@shortcuts.instead_of(draw_text, "draw_first_line", name="glyphs")  # 0.91
def draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> list[Any]:
    """Draw a line of glyphs that all stand on it, read from Pango at once."""
    layout = textbox.pango_layout
    is_plain = text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.text.strip()
    runs = list(_runs(stream, layout)) if is_plain and textbox.style["font_size"] >= 1e-6 else []
    if not runs or not all(_is_plain(*run[1:]) for run in runs):
        return list(usual_draw(stream, textbox, text_overflow, block_ellipsis, matrix))
    stream.set_text_matrix(*matrix.values)
    shown, last = "", None
    for item, font, size, glyphs in runs:
        if item.item.analysis.font != last:
            last = item.item.analysis.font
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(font.hash, size)
        shown += _shown(stream, layout, item, font, size, glyphs)
    stream.show_text(shown)
    return []


def _runs(stream: Any, layout: Any) -> Iterator[tuple[Any, Any, float, list[Any]]]:
    """The runs of a line, each with its font, the size of it, and its glyphs."""
    if not layout.text.isprintable():  # a sign that parts paragraphs is not
        # It makes Pango lay the line out again.
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        glyphs = ffi.buffer(item.glyphs.glyphs, GLYPH.size * item.glyphs.num_glyphs)
        yield item, font, size, list(GLYPH.iter_unpack(glyphs))


def _is_plain(font: Any, size: float, glyphs: list[Any]) -> bool:
    """Are they glyphs of letters that the font has, none of them raised or drawn as a picture?"""
    if font.bitmap or font.png or font.svg or font.colr:
        return False
    new = set(glyphs).difference(_written_before(font, size))
    return all(glyph < pango.PANGO_GLYPH_EMPTY and not y for glyph, _, _, y in new)


def _shown(stream: Any, layout: Any, item: Any, font: Any, size: float, glyphs: list[Any]) -> str:
    """These glyphs as they are written, with the room between them."""
    before = _written_before(font, size)
    for at, each in enumerate(glyphs):
        if each not in before:
            before[each] = _written(stream, layout, item, font, size, at, each)
    written = "<" + "".join([before[each] for each in glyphs])
    return written[:-1] if written[-1] == "<" else written + ">"


def _written_before(font: Any, size: float) -> dict[Any, str]:
    """How each glyph of this font is written in this size on this page, as far as any was."""
    sizes: dict[float, dict[Any, str]] = font.__dict__.setdefault("written_before", {})
    return sizes.setdefault(size, {})


def _written(
    stream: Any, layout: Any, item: Any, font: Any, size: float, at: int, each: Any
) -> str:
    """One glyph as it is written, with the room around it that the font does not give it."""
    glyph, width, x, _ = each
    if glyph not in font.to_unicode:
        font.to_unicode[glyph] = _letters_of(layout, item, at)
    offset = x / size
    logical_width = font.widths.get(glyph)
    if logical_width is None:
        rectangles = stream.ink_rect, stream.logical_rect
        pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, *rectangles)
        wide = stream.logical_rect.width * 1000 * FROM_UNITS / size
        logical_width = font.widths[glyph] = round(wide)
    kerning = logical_width + offset - width * 1000 * FROM_UNITS / size
    moved = f">{-offset}<" if offset else ""
    return f"{moved}{glyph:04x}" + (f">{int(kerning)}<" if kerning else "")


def _letters_of(layout: Any, item: Any, at: int) -> str:
    """The letters that one glyph of a run stands for."""
    clusters, last = item.glyphs.log_clusters, item.glyphs.num_glyphs - 1
    if item.item.analysis.level % 2:  # from right to left
        end = item.item.length if at == 0 else clusters[at - 1]
    else:
        end = item.item.length if at == last else clusters[at + 1]
    begin = item.item.offset
    letters: bytes = layout.text.encode()[begin + clusters[at] : begin + end]
    return letters.decode()


# Letters that a page does not use are taken out of its fonts.

WITH_LENGTH: Final = re.compile(r"\[\d+\]$")


class OpenArrays:
    """cffi as WeasyPrint has it there, but for arrays that are given what they hold. Theirs have
    types with their length in it, and cffi learns each for 2 ms: ten on a first page, 55 in 200.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)

    def new(self, kind: str, *given: Any) -> Any:
        """A new object, or array."""
        return ffi.new(WITH_LENGTH.sub("[]", kind) if given else kind, *given)


shortcuts.offer(Shortcut("array types", pdf_fonts, "ffi", OpenArrays(), ffi))

# Hundreds of small objects make up a page, which pydyf writes down.

usual_bytes: Final = pydyf._to_bytes


def to_bytes(item: Any) -> Any:
    """What is written of this: by its kind, which is one of few."""
    kind = type(item)
    if kind is bytes:
        return item
    if kind is str:
        return item.encode("ascii")
    if kind is float:
        whole = item.is_integer()
        return b"%d" % item if whole else f"{item:f}".rstrip("0").encode("ascii")
    return item.data if isinstance(item, pydyf.Object) else usual_bytes(item)


def dictionary(pairs: Any) -> bytes:
    """A dictionary, as it is written."""
    return b"<<" + b"".join([_key(key) + to_bytes(value) for key, value in pairs.items()]) + b">>"


@lru_cache(1000)  # the same in all PDFs, but for some numbers of pictures
def _key(key: Any) -> bytes:
    return b"/" + bytes(to_bytes(key)) + b" "


def array(items: Any) -> bytes:
    """A list, as it is written."""
    return b"[" + b" ".join([to_bytes(item) for item in items]) + b"]"


for _owner, _attribute, _instead in (  # 0.98
    (pydyf, "_to_bytes", to_bytes),
    (pydyf.Dictionary, "data", property(dictionary)),
    (pydyf.Array, "data", property(array)),
):
    _usual = _owner.__dict__[_attribute]
    shortcuts.offer(Shortcut("writing", _owner, _attribute, _instead, _usual))


# What changes the file, and stands for the long way as well.

NOT_REPEATED: Final = ("no-repeat", "no-repeat")
usual_image: Final = draw.draw_background_image


def draw_background_image(stream: Any, layer: Any, style: Any) -> None:
    """Each of our pictures is written down once: 0.98 of the time, and 0.94 of the bytes."""
    if isinstance(layer.image, DrawnOnce) and layer.repeat == NOT_REPEATED and 0 not in layer.size:
        layer.image.put_behind(stream, layer, style)
    else:
        usual_image(stream, layer, style)


if is_made_for_this_weasyprint():
    draw.draw_background_image = draw_background_image

# pydyf asks zlib for the smallest file. This one is larger by 4 bytes in 1,000: 0.95 of the time.
COMPRESSING: Final = {
    "compress": zlib_ng.compress,
    "compressobj": lambda *_, **__: zlib_ng.compressobj(EFFORT),
}
pydyf.zlib = SimpleNamespace(**vars(zlib) | COMPRESSING)

# A font of emoji is written anew without its pictures: by the clock, two pages would differ.
pdf_fonts.TTFont = partial(pdf_fonts.TTFont, recalcTimestamp=False)
