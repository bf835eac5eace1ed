"""Every sign that Unicode has can be printed, alone, in a word and as a name, or is named."""

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pytest

from profiles.pdf import letters
from profiles.pdf.heard import listening
from profiles.pdf.printing import make_pdf_here, render_job_for, renderer_here
from profiles.pdf.proof import lost
from profiles.pdf.renderer import STANDS_IN
from profiles.sheet.sheet import SheetAnswer
from tests.pdf.reading import text_of
from tests.sheet.factories import make_sheet

AT_ONCE: Final = 150
# These have thousands of signs of one kind each: every sixtieth is enough of them.
ALIKE: Final = ("Lo", "So", "Co")
WAYS: Final = ("{}", "a{}b", "a {} b")
# Between signs: PDFium takes rows of one sign each for writing from top to bottom.
PLAIN: Final = "Tea first, and then we talk about the day and what it may bring."
SAMPLE: Final = 40  # of each kind, in the ordinary run


def signs(every: int) -> Iterator[str]:
    """Every assigned sign; of kinds with thousands of signs, every so many."""
    for code in range(0x20, sys.maxunicode + 1):
        kind = unicodedata.category(chr(code))
        if kind not in {"Cn", "Cs"} and (kind not in ALIKE or code % every == 0):
            yield chr(code)


def sample() -> list[str]:
    """Some signs of every kind, spread over all of them."""
    kinds: dict[str, list[str]] = {}
    for sign in signs(1):
        kinds.setdefault(unicodedata.category(sign), []).append(sign)
    return [sign for kind in kinds.values() for sign in kind[:: max(1, len(kind) // SAMPLE)]]


def not_whole(lines: list[str]) -> list[str]:
    """The lines that are not whole on one tall page of them all."""
    rows = [row for at, line in enumerate(lines) for row in ([line] if at % 4 else [PLAIN, line])]
    said = SheetAnswer(topic="story", text="\n".join(rows), picture="")
    job, missing = render_job_for(make_sheet([said])), ()
    for stand_in in STANDS_IN:
        with listening() as heard:
            page = renderer_here().set(job)
            laid_out = page.lay_out(page.steps[-1], tall=True)
            pdf = page.write(laid_out)
        fonts: Any = laid_out.document.fonts.values()
        assert not heard.faults
        if not (more := letters.missing(fonts)):
            break
        missing += more
        job = job.with_boxes(more, stand_in)
    return lost(job.sheet, text_of(pdf), (*missing, *STANDS_IN), drawn=letters.drawn(fonts))


def all_not_whole(found: list[str], way: str) -> list[str]:
    return [
        line
        for at in range(0, len(found), AT_ONCE)
        for line in not_whole([way.format(sign) for sign in found[at : at + AT_ONCE]])
    ]


@pytest.mark.parametrize("way", WAYS)
def test_some_signs_of_every_kind_are_printed_or_named(way: str) -> None:
    assert all_not_whole(sample()[:: len(WAYS)], way) == []


@pytest.mark.parametrize(
    "sign", ["⠀", "ㅤ", "◽", "\U0001d159", "ℹ", "#", "1\ufe0f\u20e3", "ꙮ", "﷽", "🇬"]
)
def test_a_name_of_one_sign_is_a_page(sign: str) -> None:
    assert make_pdf_here(make_sheet({"call_me": sign, "calm": sign, "sleep": "Tea."})).pages == 1


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["\u2010", "\u2027"], id="two that share a glyph"),
        pytest.param(["a \U00011cab b", "a \U00011fc4 b"], id="a mark, and a font without a space"),
        pytest.param(
            ["\u0644\u0627 \u0644\u064a\u0644\u0649", "a \U00011fc4 b"],
            id="Arabic, and such a font",
        ),
    ],
)
def test_signs_are_read_as_they_were_typed_beside_each_other(lines: list[str]) -> None:
    assert not_whole(lines) == []


@pytest.mark.nightly
@pytest.mark.parametrize("way", WAYS)
def test_every_sign_is_printed_or_named(way: str) -> None:
    assert all_not_whole([*signs(60)], way) == []
