"""Styles are kept by all that they depend on, for as many pages as there is room, with no word."""

import gc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from types import FunctionType, ModuleType

import pytest
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration

from profiles.pdf import colours, kept_styles, placing, printing, renderer
from profiles.pdf.estimate import Estimate
from profiles.pdf.fit import DoesNotFit
from profiles.pdf.heard import RendererFault
from profiles.pdf.kept_styles import FilledTemplate, KeptStyles
from profiles.pdf.print_steps import CLOSE, ROOMY, Step
from profiles.pdf.printing import assets, render_job_for, renderer_here, sample, samples
from profiles.pdf.shortcuts import shortcuts
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import THEMES
from tests.pdf.corpus import CORPUS, on_paper
from tests.pdf.reading import text_of
from tests.sheet.factories import TYPICAL, make_photo, make_sheet

CLOSE_AND_ROOMY, SIDES = (CLOSE, ROOMY), ("left", "right")
SECRET = "Zanzibar"


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>Not closed</body></html>",
        "<html><head><style>p { color: red }</style></head><body/></html>",
        '<html><head><link rel="stylesheet" href="asset:x"/></head><body/></html>',
        '<html><body><p style="color: red">Red</p></body></html>',
        "",
    ],
)
def test_a_template_that_is_broken_or_has_rules_of_its_own_is_a_fault(text: str) -> None:
    with pytest.raises(RendererFault):
        FilledTemplate(text, None, KeptStyles())


# What the styles of an element depend on is what they are kept by.


def every_rule() -> list[str]:
    """Our stylesheets for pages, as they are given to WeasyPrint."""
    given, here = assets(), renderer_here()
    steps = [step.css(side, with_pictures=True) for step in CLOSE_AND_ROOMY for side in SIDES]
    single = [
        rule
        for sheet in CORPUS.values()
        for step in (renderer._steps(sheet)[0], renderer._steps(sheet)[-1])
        for rule in rules_of(here, sheet, step)
    ]
    return [
        kept_styles.OWN_RULES,
        given.paper,
        *given.stylesheets.values(),
        *given.sizes.values(),
        *(colours.css(theme) for theme in THEMES.values()),
        *(size.css for size in SIZES.values()),
        *steps,
        *single,
        *renderer.SMALLER_NAMES,
    ]


def rules_of(here: renderer.Renderer, sheet: Sheet, step: Step) -> Iterator[str]:
    estimate = Estimate(sheet, here._widths)
    columns = estimate.columns(step)
    yield from placing.rules(columns, step, "left", with_pictures=True)
    yield from placing.label_rules(estimate.label_rows(), step)
    yield from placing.break_rules(dict.fromkeys(sheet.topics, 100))


def test_styles_are_kept_by_all_that_our_rules_ask_for() -> None:
    assert [css for css in every_rule() if not kept_styles.is_enough_for(css)] == []
    assert len(every_rule()) > 100


@pytest.mark.parametrize(
    "css",
    [
        "p[title] { color: red }",
        "p:last-child { color: red }",
        ".a + p { color: red }",
        "[lang] ~ p { color: red }",
        "p:nth-child(2) { color: red }",
        "p:empty { color: red }",
        "li:not(:last-child) { color: red }",
        "p:has(b) { color: red }",
        "p { color: red } @media print { p:empty { color: red } }",
        "@layer a { p { color: red } }",
        '@import "asset:other";',
        ".part { page: parts }",
    ],
)
def test_a_rule_that_asks_for_more_is_found(css: str) -> None:
    assert not kept_styles.is_enough_for(css)


def test_a_layout_that_asks_for_more_is_printed_the_long_way() -> None:
    """As a site's own may: its pages are right, and take longer."""
    given, hospital = assets(), printing.layouts()["hospital"]
    css = given.stylesheets["hospital"] + ".page p:last-child { letter-spacing: 3pt }"
    changed = replace(given, stylesheets={**given.stylesheets, "hospital": css})
    warm = renderer.warmed(changed, sample())
    assert warm.is_quick
    job = render_job_for(make_sheet({"important": "One.\nTwo.", "sleep": "Late."}, layout=hospital))
    known = len(warm._kept)
    short = warm.print(job).pdf
    with shortcuts.left():
        assert warm.print(job).pdf == short
    assert len(warm._kept) == known
    assert warm.is_quick


def test_a_photo_that_only_stands_behind_words_is_there() -> None:
    """As a site's own layout may have it: nothing else on the page has asked for it."""
    given, hospital = assets(), printing.layouts()["hospital"]
    css = (
        given.stylesheets["hospital"]
        + ".page .page-photo { display: none } .page { background-image: url(asset:photo) }"
    )
    changed = replace(given, stylesheets={**given.stylesheets, "hospital": css})
    warm = renderer.warmed(changed, sample())
    said = make_sheet({"important": "One."}, layout=hospital, photo=make_photo())
    job = render_job_for(said)
    assert warm.may_take_shortcuts(job)
    short = warm.print(job).pdf
    assert b"/DCTDecode" in short
    with shortcuts.left():
        assert warm.print(job).pdf == short


def test_the_same_element_after_others_has_other_styles() -> None:
    html = "<html><body><p>1</p><p>2</p><b/><p>3</p></body></html>"
    red = CSS(string="p + p { color: rgb(255, 0, 0) } b ~ p { color: rgb(0, 0, 255) }")
    kept, fonts = KeptStyles(), FontConfiguration()
    for _ in range(2):
        page = FilledTemplate(html, None, kept)
        document = page.render(fonts, stylesheets=[red], cache={})
        found = [[*box.style["color"].coordinates] for box in texts_of(document)]
        assert found == [[0, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_rules_of_several_stylesheets_are_found_at_once_the_last_of_them_last() -> None:
    sheets = [
        CSS(string="p { color: red } .a { color: red } [lang] { color: red } p { top: 0 }"),
        CSS(string=".a { color: blue } p::before { color: blue } * { color: blue } #b { top: 0 }"),
        CSS(string="p { color: green } [title] { color: green }"),
    ]
    html = '<html><p class="a" lang="cy">1</p><p id="b" title="2">2</p><b class="a">3</b></html>'
    page, every = FilledTemplate(html, None, KeptStyles()), kept_styles.together(sheets)
    for element in page.wrapper_element.iter_subtree():
        one_by_one = [found for sheet in sheets for found in sheet.matcher.match(element)]
        at_once = every.match(element)
        assert [specificity for specificity, *_ in at_once] == sorted(s for s, *_ in one_by_one)
        in_order = sorted(enumerate(one_by_one), key=lambda each: (each[1][0], each[0]))
        assert [said for _, _, *said in at_once] == [said for _, (_, _, *said) in in_order]


def texts_of(document: Document) -> list[TextBox]:
    boxes = document.pages[0]._page_box.descendants()
    return [box for box in boxes if isinstance(box, TextBox)]


def test_no_word_is_kept() -> None:
    said = [SheetAnswer(topic=topic, text=f"{SECRET} {at}") for at, topic in enumerate(TYPICAL)]
    warm = renderer.warmed(assets(), sample())
    for size in ("a4", "two-sides", "easy-read"):
        sheet = make_sheet(said, photo=make_photo(f"A photo of {SECRET}"), full_name=SECRET)
        sheet = on_paper(sheet, f"Priya {SECRET}").on(SIZES[size])
        assert SECRET in text_of(warm.print(render_job_for(sheet)).pdf)
    assert len(warm._kept) > 100
    assert SECRET not in repr(list(everything_in(warm._kept._sets)))


def everything_in(thing: object) -> Iterator[object]:
    """Whatever can be reached from here, but for code, modules and what WeasyPrint has once."""
    seen, left = set(), [thing]
    while left:
        each = left.pop()
        if id(each) in seen or isinstance(each, (type, ModuleType, FunctionType)):
            continue
        seen.add(id(each))
        if isinstance(each, (str, bytes)):
            yield each
        left += gc.get_referents(each)


def test_pages_of_many_kinds_find_their_styles_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the pages that one process prints are: of all layouts, each in a print of its own."""
    warm, found = renderer.warmed(assets(), *samples()), []
    compute = kept_styles.PageStyles._compute
    monkeypatch.setattr(
        kept_styles.PageStyles,
        "_compute",
        lambda page, element: found.append(element) or compute(page, element),
    )
    for _ in range(2):
        known = len(found)
        for page in CORPUS.values():
            with suppress(DoesNotFit):
                warm.print(render_job_for(page))
    assert known > 1_500
    assert len(found) == known


@pytest.mark.parametrize("topic", ["important", "eating"])
def test_a_page_as_most_begin_finds_its_styles_in_a_process_that_is_new(topic: str) -> None:
    warm = renderer.warmed(assets(), *samples())
    known = set(warm._kept._sets)
    warm.print(render_job_for(make_sheet({"call_me": "Ann", topic: "Toast.\nThen tea."})))
    assert set(warm._kept._sets) == known


def test_no_more_styles_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_styles, "MOST_STYLES", 100)
    kept = KeptStyles()
    fonts = FontConfiguration()
    pages = [f"<html><body>{'<p>' * 90}{'</p>' * 90}</body></html>" for _ in range(5)]
    for at, text in enumerate(pages):
        css = CSS(string=f"p {{ margin: {at}pt }}")
        FilledTemplate(text, None, kept).render(fonts, stylesheets=[css], cache={})
        assert len(kept) <= 200
