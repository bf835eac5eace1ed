"""How full a page is while its words are typed: a guess that is never surer than it may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.door import measure
from profiles.door.measure import Before, fit_of, guessed_fit_of
from profiles.pdf import printing
from profiles.pdf.guess import OFF_BY, Measured
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import SIZES
from tests.drawn import times
from tests.sheet.factories import TYPICAL, make_photo, make_sheet, words_of

pytestmark = pytest.mark.once  # how a page looks is the same on every database

PAGE = "a page of somebody"
LINES = (
    "Please knock, and wait until I say come in.",
    "Tea.",
    "Rwy’n hoffi te cryf a thost yn y bore, os gwelwch yn dda.",
    "أحب الشاي القوي في الصباح، مع ملعقتين من السكر",
    "ฉันชอบดื่มชาเข้มข้นในตอนเช้าก่อนออกไปเดินเล่น",
    "我早上喜欢喝浓茶，加两勺糖，然后去公园散步。",
    "मुझे सुबह तेज़ चाय पसंद है, दो चम्मच चीनी के साथ।",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiii illi illi illi illi illi",
    "My dog 🐶, my cup ☕ and my chair.",
)
TOPICS = ("must_know", "ring_first", "important", "people", "calm", "eating", "sleep", "do")
edits = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.lists(st.sampled_from(LINES), max_size=12)),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """What the engine is asked to measure, here and not in a process of its own."""
    asked: list[Sheet] = []

    def measured(sheet: Sheet) -> printing.Fit:
        asked.append(sheet)
        return printing.measure_here(sheet)

    monkeypatch.setattr(printing, "measure", measured)
    monkeypatch.setattr(measure, "before", Before())
    return asked


@settings(max_examples=times(by_day=4))
@given(edits, st.booleans())
def test_what_is_guessed_to_fit_fits(changes: list[tuple[str, list[str]]], photo: bool) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(printing, "measure", printing.measure_here)
        monkeypatch.setattr(measure, "before", Before())
        said = dict(TYPICAL)
        portrait = make_photo() if photo else None
        fit_of(make_sheet(said, photo=portrait), PAGE)
        for topic, lines in changes:
            said[topic] = "\n".join(lines)
            sheet = make_sheet({key: text for key, text in said.items() if text}, photo=portrait)
            may_be_off_by = off_by(sheet)
            guessed, real = guessed_fit_of(sheet, PAGE), fit_of(sheet)
            assert guessed is not None and real is not None
            assert guessed.fits == real.fits
            assert guessed.lines_over == real.lines_over
            assert abs(guessed.height_pt - real.height_pt) <= may_be_off_by


def off_by(sheet: Sheet) -> float:
    """How wrong a guess of it may be, by what was measured before: so far it is not trusted."""
    spacious = measure.with_room_for_its_foot(sheet)
    guess, known = printing.guess(spacious), measure.before.of(PAGE, spacious)
    assert guess is not None and known is not None
    return guess.off_by(known)


def test_the_engine_is_asked_once_for_many_small_edits(engine: list[Sheet]) -> None:
    text = TYPICAL["important"]
    for number in range(1, 12):
        fit = guessed_fit_of(make_sheet(TYPICAL | {"important": text + " and" * number}), PAGE)
        assert fit is not None and fit.fits
    assert len(engine) == 1


def test_the_engine_is_asked_where_few_lines_are_left(engine: list[Sheet]) -> None:
    nearly = TYPICAL | {"important": words_of(230, lines=2)}
    for number in range(1, 4):
        fit = guessed_fit_of(make_sheet(nearly | {"calm": "a " * number}), PAGE)
        assert fit is not None
        assert fit == printing.measure_here(engine[-1])
    assert len(engine) == 3


@pytest.mark.parametrize("size", ["two-sides", "card"])
def test_a_size_that_is_no_single_side_is_always_measured(engine: list[Sheet], size: str) -> None:
    for number in range(1, 3):
        sheet = make_sheet(TYPICAL | {"calm": "a " * number}).on(SIZES[size])
        assert guessed_fit_of(sheet, PAGE) is not None
        assert len(engine) == number


def test_the_more_is_new_on_a_page_the_less_its_guess_is_trusted() -> None:
    short, long = (printing.guess(make_sheet(said)) for said in ({"calm": "Tea."}, TYPICAL))
    assert short is not None and long is not None
    measured, before = (Measured(each.height_pt, each.height_pt) for each in (long, short))
    new = long.height_pt - short.height_pt
    assert long.off_by(before) - long.off_by(measured) == pytest.approx(OFF_BY * new)


def test_each_page_and_layout_is_guessed_by_its_own(engine: list[Sheet]) -> None:
    fit_of(make_sheet(), PAGE)
    guessed_fit_of(make_sheet(), "another page")
    guessed_fit_of(make_sheet().on(SIZES["letter"]), PAGE)
    assert len(engine) == 3


def test_too_many_emoji_are_no_fault_of_the_screen(engine: list[Sheet]) -> None:
    fit_of(make_sheet(), PAGE)
    assert guessed_fit_of(make_sheet(TYPICAL | {"calm": "🐶" * 400}), PAGE) is None


def test_only_so_many_pages_are_remembered(
    engine: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "MOST_PAGES", 2)
    pages = ["page 1", "page 2", "page 3"]
    for page in pages:
        fit_of(make_sheet(), page)
    spacious = measure.with_room_for_its_foot(make_sheet())
    known = [measure.before.of(page, spacious) is not None for page in pages]
    assert known == [False, True, True]
