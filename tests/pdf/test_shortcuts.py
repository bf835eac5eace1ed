"""Shortcuts through WeasyPrint change no byte of any page, and keep no word of it."""

import re
from itertools import count
from unittest.mock import Mock

import pytest
from weasyprint.text.ffi import ffi

from profiles.pdf import renderer
from profiles.pdf.fit import DoesNotFit
from profiles.pdf.pool import WorkerProcess
from profiles.pdf.print_steps import AIRY
from profiles.pdf.printing import (
    assets,
    make_pdf_here,
    render_job_for,
    renderer_here,
    sample,
    samples,
)
from profiles.pdf.render_job import CardJob, LeafletJob
from profiles.pdf.shortcut_list import Shortcut
from profiles.pdf.shortcuts import OpenArrays, shortcuts
from profiles.sheet.sheet import Sheet
from tests.drawn import NIGHTLY
from tests.pdf.corpus import CORPUS, SCRIPTS
from tests.sheet.factories import make_sheet

SIGNS = {
    "emoji": "My dog 🐶 and a cup ☕ of tea",
    "a letter that no font has": "A \U000e0fff\U0001fbff b",
    "marks": "A\u0301\u0323\u0307 above, é, ﷺ, a\u200bb",
}
FEW = ("ar", *[name for name in CORPUS if name.startswith(("one-page", "hospital"))][:2], "emoji")


def printed(name: str) -> bytes:
    """The page, or why there is none."""
    try:
        return make_pdf_here(CORPUS[name]).pdf
    except DoesNotFit as too_long:
        return repr(too_long.fit).encode()


@pytest.fixture(scope="module")
def usual() -> dict[str, bytes]:
    """Each page as WeasyPrint makes it."""
    renderer_here()
    with shortcuts.left():
        return {name: printed(name) for name in CORPUS}


def test_the_renderer_is_quick() -> None:
    assert renderer_here().is_quick
    assert all(renderer_here().may_take_shortcuts(render_job_for(page)) for page in CORPUS.values())


def test_all_together_change_no_byte(usual: dict[str, bytes]) -> None:
    renderer_here()
    assert {each for sheet in CORPUS.values() for each in languages_of(sheet)} >= {*SCRIPTS}
    assert [name for name in CORPUS if printed(name) != usual[name]] == []
    # Once more, when every style is kept.
    assert [name for name in (CORPUS if NIGHTLY else FEW) if printed(name) != usual[name]] == []


def languages_of(sheet: Sheet) -> set[str]:
    return {entry.language for entry in sheet.entries}


def test_cards_and_leaflets_are_the_same_too() -> None:
    card = CardJob(
        html="<html lang='en'><body><h1>Hello</h1><p>الشاي <b>tea</b></p></body></html>",
        lines=("Hello", "tea"),
    )
    words = "<h2>A</h2><p>Words.</p><ul><li>One.</li></ul>" * 40
    leaflet = LeafletJob(html=f"<html lang='en'><title>A</title><body>{words}</body></html>")
    here = renderer_here()
    short = here.print_card(card), here.print_leaflet(leaflet)
    with shortcuts.left():
        assert (here.print_card(card), here.print_leaflet(leaflet)) == short


@pytest.mark.parametrize("name", shortcuts.names)
def test_each_alone_changes_no_byte(name: str, usual: dict[str, bytes]) -> None:
    renderer_here()
    with shortcuts.left():
        shortcuts.take(name)
        assert [each for each in (CORPUS if NIGHTLY else FEW) if printed(each) != usual[each]] == []
        shortcuts.leave()


def test_a_page_of_emoji_is_the_same_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(3_000_000_000)
    monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda: next(clock))
    assert printed("emoji") == printed("emoji")


def make_wrong(monkeypatch: pytest.MonkeyPatch, instead: object) -> None:
    """Offer a shortcut that leads elsewhere: colours that are not what the style says."""
    from weasyprint.pdf.stream import Stream

    wrong = Shortcut("wrong", Stream, "set_font_size", instead, Stream.set_font_size)
    monkeypatch.setattr(shortcuts, "_all", [*shortcuts._all, wrong])


@pytest.mark.parametrize("instead", [lambda *given: None, None], ids=["other bytes", "a fault"])
def test_it_goes_without_where_a_byte_differs(
    monkeypatch: pytest.MonkeyPatch, instead: object
) -> None:
    with shortcuts.left():
        make_wrong(monkeypatch, instead)
        warm = renderer.warmed(assets(), sample())
        assert not warm.is_quick
        assert warm.print(sample()).pdf.startswith(b"%PDF-")
        shortcuts.leave()


def test_every_page_that_it_warms_up_on_has_to_be_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = samples()
    monkeypatch.setattr(renderer, "_prints", lambda warm, job, pdf: job is first)
    with shortcuts.left():
        assert renderer.warmed(assets(), first).is_quick
        assert not renderer.warmed(assets(), first, last).is_quick
        shortcuts.leave()


def test_a_page_has_to_be_the_same_also_when_its_styles_were_found_before() -> None:
    warm = Mock(print=Mock(side_effect=[Mock(pdf=b"1"), Mock(pdf=b"2")]))
    assert not renderer._prints(warm, sample(), b"1")


def test_it_warms_up_on_small_letters_and_on_the_largest() -> None:
    full, few = (renderer_here().print(each) for each in samples())
    assert full.print_pt < few.print_pt == AIRY.print_pt


def test_an_array_of_any_length_is_of_one_type() -> None:
    arrays = [OpenArrays().new(f"hb_codepoint_t[{many}]", list(range(many))) for many in (2, 3)]
    assert [list(array) for array in arrays] == [[0, 1], [0, 1, 2]]
    assert {ffi.typeof(array) for array in arrays} == {ffi.typeof("hb_codepoint_t[]")}
    assert len(OpenArrays().new("hb_codepoint_t[4]")) == 4


def test_it_goes_without_where_weasyprint_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with shortcuts.left():
        monkeypatch.setattr("weasyprint.__version__", "71.0")
        assert not renderer.warmed(assets(), sample()).is_quick


def test_a_worker_process_says_that_it_goes_without(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker = WorkerProcess()
    monkeypatch.setattr(worker, "_hear", lambda: False)
    try:
        worker.warm_up(assets(), sample())
    finally:
        worker.end()
    assert [each.getMessage() for each in caplog.records] == [
        "A worker process goes without its shortcuts: pages take twice as long."
    ]


def test_a_worker_process_takes_them(caplog: pytest.LogCaptureFixture) -> None:
    worker = WorkerProcess()
    try:
        worker.warm_up(assets(), sample())
    finally:
        worker.end()
    assert not caplog.records


def test_a_page_is_made_small_by_what_is_quick() -> None:
    pdf = make_pdf_here(make_sheet()).pdf
    written = re.findall(rb"/FlateDecode[^>]*>>\nstream\n(..)", pdf, re.DOTALL)
    assert set(written) == {b"x\x9c"}  # 6 of 9: not b"x\xda", the hardest
