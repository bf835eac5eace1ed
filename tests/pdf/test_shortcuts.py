"""Shortcuts through WeasyPrint change no byte of any page, and keep no word of it."""

import gc
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, cycle
from types import FunctionType, ModuleType
from unittest.mock import Mock

import pytest
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import FontConfiguration

from profiles.door.stamp import stamped
from profiles.pdf import colours, kept_styles, placing, printing, renderer
from profiles.pdf.estimate import Estimate
from profiles.pdf.fit import DoesNotFit
from profiles.pdf.heard import RendererFault
from profiles.pdf.kept_styles import FilledTemplate, KeptStyles
from profiles.pdf.pool import WorkerProcess
from profiles.pdf.print_steps import AIRY, CLOSE, ROOMY, Step
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
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import THEMES
from tests.drawn import NIGHTLY, each_once
from tests.pdf.reading import text_of
from tests.sheet.factories import TYPICAL, make_photo, make_sheet

SCRIPTS = {
    "en": "I like tea — “strong”, with 2 sugars.",
    "cy": "Rwy’n hoffi te cryf; Llŷr Ŵyn, dŵr.",
    "pl": "Zażółć gęślą jaźń, proszę.",
    "ro": "Îmi place ceaiul cu lapte, mulțumesc.",
    "el": "Μου αρέσει το τσάι.",
    "ru": "Я люблю крепкий чай.",
    "ar": "أحب الشاي القوي، 2 ملاعق سكر 07700 900123.",
    "ur": "مجھے چائے پسند ہے۔",
    "he": "אני אוהב תה חזק, 2 כפיות.",
    "hi": "मुझे तेज़ चाय पसंद है।",
    "bn": "আমি কড়া চা পছন্দ করি।",
    "ta": "எனக்கு தேநீர் பிடிக்கும்.",
    "th": "ฉันชอบชาเข้มๆ",
    "zh": "我喜欢喝浓茶，两勺糖。",
    "ja": "濃いお茶が好きです。",
    "ko": "진한 차를 좋아해요.",
    "am": "ሻይ እወዳለሁ።",
    "ka": "მე მიყვარს ჩაი.",
}
SIGNS = {
    "emoji": "My dog 🐶 and a cup ☕ of tea",
    "a letter that no font has": "A \U000e0fff\U0001fbff b",
    "marks": "A\u0301\u0323\u0307 above, é, ﷺ, a\u200bb",
}
CLOSE_AND_ROOMY, SIDES = (CLOSE, ROOMY), ("left", "right")
SECRET = "Zanzibar"


def of_script(language: str, text: str) -> Sheet:
    said = [SheetAnswer(topic=topic, text=text, language=language) for topic in TYPICAL]
    return on_paper(make_sheet(said, photo=make_photo()), text)


def on_paper(sheet: Sheet, made_for: str) -> Sheet:
    return stamped(sheet, code="7KQ3M9XT", made_for=made_for, check_by=date(2027, 2, 28))


def of_scripts(languages: list[str]) -> Sheet:
    """A page on which each answer is in the next of these."""
    said = [
        SheetAnswer(topic=topic, text=SCRIPTS[language], language=language)
        for topic, language in zip(TYPICAL, cycle(languages))
    ]
    return on_paper(make_sheet(said, photo=make_photo()), SCRIPTS[languages[0]])


def corpus() -> Iterator[tuple[str, Sheet]]:
    """Pages of all kinds, each with its name; by day, few are in one script alone."""
    for language in SCRIPTS if NIGHTLY else ALONE:
        yield language, of_script(language, SCRIPTS[language])
    languages = [*SCRIPTS]
    for first in (0, len(languages) // 2):
        yield f"from {languages[first]} on", of_scripts(languages[first:] + languages[:first])
    typical = [SheetAnswer(topic=topic, text=text) for topic, text in TYPICAL.items()]
    yield (
        "emoji",
        make_sheet([SheetAnswer(topic="important", text="My dog 🐶 and a cup ☕ of tea")]),
    )
    yield "helped", replace(make_sheet(typical), helped_by=("Dee", "Sam"))
    yield "said by others", make_sheet([replace(said, said_by="my sister") for said in typical])
    cup = SheetPhoto(data=make_photo(size=240).data, alt="My blue cup")
    with_photos = [replace(said, photo=cup) for said in typical[1:6]] + typical[6:]
    yield "photos beside answers", make_sheet(with_photos)
    yield "large ones", replace(make_sheet(with_photos[:5]), chosen_pictures="large")
    yield "on several sides", make_sheet(with_photos).on(SIZES["easy-read"])
    yield "empty", make_sheet([])
    yield "long words", make_sheet([replace(said, text="x" * 200) for said in typical[:3]])
    yield (
        "a letter that no font has",
        make_sheet([SheetAnswer(topic="important", text="A \U000e0fff\U0001fbff b")]),
    )
    for key, size, theme, pictures in each_once(offered()):
        sheet = make_sheet(typical, layout=printing.layouts()[key], photo=make_photo())
        sheet = replace(sheet, theme=THEMES[theme], chosen_pictures=pictures)
        yield f"{key} {size}", on_paper(sheet, "Priya").on(SIZES[size])


def offered() -> Iterator[tuple[str, str, str, str]]:
    """Every layout in every size, each in the next set of colours and with pictures as next."""
    for layout in printing.layouts().values():
        for at, size in enumerate(layout.sizes):
            theme, pictures = [*THEMES][at % len(THEMES)], ("usual", "large", "none")[at % 3]
            yield layout.key, size, theme, pictures


ALONE = ("ar", "hi", "th", "zh", "cy")  # one of each way in which letters stand together
CORPUS = dict(corpus())
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


def test_a_page_is_made_small_by_what_is_quick() -> None:
    pdf = make_pdf_here(make_sheet()).pdf
    written = re.findall(rb"/FlateDecode[^>]*>>\nstream\n(..)", pdf, re.DOTALL)
    assert set(written) == {b"x\x9c"}  # 6 of 9: not b"x\xda", the hardest


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


def test_no_more_styles_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_styles, "MOST_STYLES", 100)
    kept = KeptStyles()
    fonts = FontConfiguration()
    pages = [f"<html><body>{'<p>' * 90}{'</p>' * 90}</body></html>" for _ in range(5)]
    for at, text in enumerate(pages):
        css = CSS(string=f"p {{ margin: {at}pt }}")
        FilledTemplate(text, None, kept).render(fonts, stylesheets=[css], cache={})
        assert len(kept) <= 200
