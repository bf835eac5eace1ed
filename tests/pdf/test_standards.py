"""The standards a PDF can keep: PDF/UA-1 as ever, or PDF/UA-2 with Well-Tagged PDF."""

import pickle
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pydyf
import pytest
from weasyprint import HTML

from profiles.core.pdf_standards import STANDARDS, UA_1, UA_2
from profiles.door.stamp import stamped
from profiles.pdf import printing, standards
from profiles.pdf.pool import Pool
from profiles.pdf.printing import assets, make_pdf_here, render_job_for, renderer_here, sample
from profiles.pdf.render_job import CardJob, LeafletJob
from profiles.pdf.worker_process import print_page
from profiles.sheet.catalogue import layouts
from profiles.sheet.layouts import Layout
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import SIZES, Size
from tests.drawn import each_once
from tests.pdf.reading import tags_of, text_of
from tests.pdf.test_layouts import TEXTS
from tests.sheet.factories import TYPICAL, full_page, make_photo, make_sheet
from tests.verapdf import Report, validate, validate_well_tagged

EVERY = [(layout.key, size) for layout in layouts().values() for size in layout.sizes]
SHORT = {topic: TYPICAL[topic] for topic in ("call_me", "ring_first")} | {"must_know": "No nuts."}


def offered() -> list[tuple[Layout, Size]]:
    """At night every layout in every size; by day each layout and each size once."""
    pairs = [(layouts()[layout], SIZES[size]) for layout, size in each_once(EVERY)]
    assert {layout.key for layout, _ in pairs} == {*layouts()}
    assert {size.key for _, size in pairs} == {*SIZES}
    return pairs


def page(layout, size) -> Sheet:
    """A typical page with all that a page can have, as far as this size has room for it."""
    words = SHORT if size.folded else TYPICAL
    sheet = make_sheet(words, layout=layout, photo=make_photo(), helped_by=("Amir",))
    return stamped(
        sheet, code="ABCDEFGHJK", made_for="Priya", check_by=date(2027, 2, 28)
    ).on(size)  # fmt: skip


def all_passed(reports: list[Report]) -> bool:
    assert len(reports) == 3
    return all(report.passed for report in reports)


@pytest.mark.parametrize(
    ("layout", "size"), offered(), ids=[f"{layout.key} {size.key}" for layout, size in offered()]
)
def test_every_layout_and_size_is_ua_2_and_well_tagged(layout, size) -> None:
    sheet = page(layout, size)
    made = make_pdf_here(sheet, UA_2)  # which proves that every word is on it
    assert all_passed(validate_well_tagged(made.pdf))
    usual = make_pdf_here(sheet, UA_1)
    assert text_of(made.pdf) == text_of(usual.pdf)
    assert [*tags_of(made.pdf)] == [*tags_of(usual.pdf)]


@pytest.mark.parametrize("text", TEXTS)
def test_every_kind_of_words_is_ua_2_and_well_tagged(text) -> None:
    made = make_pdf_here(make_sheet(TEXTS[text]), UA_2)
    assert all_passed(validate_well_tagged(made.pdf))


@pytest.mark.parametrize("size", [SIZES["two-sides"], SIZES["large-print"]], ids=lambda it: it.key)
def test_a_page_of_several_sides_is_ua_2_and_well_tagged(size) -> None:
    made = make_pdf_here(make_sheet(full_page(700), photo=make_photo()).on(size), UA_2)
    assert made.pages > 1
    assert all_passed(validate_well_tagged(made.pdf))


def test_a_card_and_a_leaflet_keep_the_standard_too() -> None:
    renderer = renderer_here(UA_2)
    html = "<html lang=en><title>Hello</title><h1>Hello</h1><h2>I am Priya</h2><p>Tea.</p></html>"
    card = renderer.print_card(CardJob(html=html, lines=("Tea.",)))
    leaflet = renderer.print_leaflet(LeafletJob(html=html))
    for pdf in (card, leaflet):
        assert all_passed(validate_well_tagged(pdf))


def test_without_being_asked_a_page_is_ua_1_and_says_nothing_else() -> None:
    assert next(iter(STANDARDS)) == UA_1
    pdf = make_pdf_here(make_sheet(TYPICAL)).pdf
    assert pdf.startswith(b"%PDF-1.7")
    assert validate(pdf)[0].passed
    assert not any(report.passed for report in validate_well_tagged(pdf))


def test_without_what_we_mend_the_newest_standard_is_not_kept() -> None:
    """So the checks can fail: bookmarks lead nowhere a tag is, and nothing is declared."""
    html = HTML(string="<html lang=en><title>Hello</title><h1>Hello</h1><p>Tea.</p></html>")
    reports = validate_well_tagged(html.write_pdf(pdf_variant="pdf/ua-2"))
    assert [report.passed for report in reports] == [False, False, False]
    assert all_passed(validate_well_tagged(standards.write(html.render(), UA_2)))


def test_metadata_with_no_place_to_declare_it_makes_no_page() -> None:
    pdf = pydyf.PDF()
    metadata = pydyf.Stream([b"<x/>"])
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    with pytest.raises(ValueError, match="no end"):
        standards._declare(pdf)


def test_a_site_may_write_all_its_pages_so(settings) -> None:
    """The worker process gets it with what every page is made with."""
    settings.PDF_STANDARD = UA_2
    assets.cache_clear()
    try:
        given = pickle.loads(pickle.dumps(printing.assets()))
        assert given.standard == UA_2
        pool = Pool(1, given, sample())
        try:
            made = pool.run(print_page, render_job_for(make_sheet(TYPICAL)))
        finally:
            pool.stop()
    finally:
        assets.cache_clear()
    assert all_passed(validate_well_tagged(made.pdf))


def test_a_page_is_about_as_heavy_in_either() -> None:
    sizes = [len(make_pdf_here(make_sheet(TYPICAL), standard).pdf) for standard in STANDARDS]
    assert all(abs(a - b) < 1500 for a, b in pairwise(sizes))


def test_one_renderer_is_kept_for_each_standard() -> None:
    assert renderer_here(UA_2) is renderer_here(UA_2)
    assert renderer_here(UA_2)._standard == UA_2
    assert renderer_here()._standard == assets().standard == UA_1
    assert replace(assets(), standard=UA_2).fonts is assets().fonts
