"""The print is the largest there is room for, found in as few layouts as can be."""

from dataclasses import replace
from itertools import pairwise
from statistics import mean

import pytest

from profiles.pdf.estimate import Estimate, MeasuredWords, measured_words, rows
from profiles.pdf.fit import DoesNotFit
from profiles.pdf.fitting import Fitter, LaidOut
from profiles.pdf.print_steps import AIRY, CLOSE, SPACES, Step, steps
from profiles.pdf.printing import make_pdf_here, render_job_for, renderer_here, widths
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import A4
from tests.sheet.factories import FEW, TYPICAL, full_page, make_photo, make_sheet, words_of

STEPS = steps(A4, large_pictures=False)
PAGE_PT = A4.height_pt


def some_pages() -> list[Sheet]:
    """Pages of many lengths and shapes."""
    short = [make_sheet(full_page(words), photo=make_photo()) for words in range(40, 440, 45)]
    few_topics = [
        make_sheet({"call_me": "Jo", "story": words_of(words), "people": words_of(30, lines=5)})
        for words in range(100, 800, 120)
    ]
    return [*short, *few_topics, make_sheet(TYPICAL), make_sheet(FEW)]


def lay_out(sheet: Sheet, step: Step) -> LaidOut:
    return renderer_here().set(render_job_for(sheet)).lay_out(step)


def test_steps_go_from_roomy_to_small_and_never_below_the_smallest_print() -> None:
    sizes = [step.print_pt for step in STEPS]
    assert sizes == sorted(sizes, reverse=True)
    assert {*sizes} == {*(at / 2 for at in range(28, 41)), *(at / 4 for at in range(48, 56))}
    assert (STEPS[0], STEPS[-1]) == (AIRY, CLOSE)
    for roomier, closer in pairwise(STEPS):
        assert all(getattr(roomier, name) >= getattr(closer, name) for name in SPACES)


@pytest.mark.parametrize("sheet", some_pages(), ids=range(len(some_pages())))
def test_a_page_one_step_roomier_would_not_fit(sheet: Sheet) -> None:
    try:
        made = make_pdf_here(sheet)
    except DoesNotFit:
        assert lay_out(sheet, CLOSE).pages > 1
    else:
        chosen = renderer_here().set(render_job_for(sheet)).fit().chosen
        assert chosen
        assert made.print_pt == chosen.step.print_pt
        at = STEPS.index(chosen.step)
        assert at == 0 or lay_out(sheet, STEPS[at - 1]).pages > 1


def test_few_layouts_are_needed() -> None:
    layouts = [renderer_here().set(render_job_for(sheet)).fit().layouts for sheet in some_pages()]
    assert mean(layouts) <= 1.6
    assert max(layouts) <= 3


def test_the_guess_is_near_the_real_height() -> None:
    errors = []
    for sheet in some_pages():
        composed = renderer_here().set(render_job_for(sheet))
        real = composed.lay_out(CLOSE, tall=True).height_pt
        errors.append(abs(composed.estimate.height(CLOSE) - real) / PAGE_PT)
    assert sorted(errors)[len(errors) // 2] < 0.015
    assert max(errors) < 0.06


def test_a_tall_page_measures_the_height_that_an_ordinary_one_has() -> None:
    composed = renderer_here().set(render_job_for(make_sheet(TYPICAL)))
    assert composed.lay_out(CLOSE).height_pt == pytest.approx(
        composed.lay_out(CLOSE, tall=True).height_pt, abs=0.1
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tea first.", [["Tea"], ["first."]]),
        ("", []),
        (" two  spaces ", [["two"], ["spaces"]]),
        ("a\u200bbc\u200b d", [["a", "bc", ""], ["d"]]),
        ("ŵy دعني 我喜", [["ŵy"], ["دعني"], ["我喜"]]),
    ],
)
def test_words_are_measured_one_after_another(text: str, words: list[list[str]]) -> None:
    at, starts, ends, regular = 0.0, [], [], widths()[400]
    for word in words:
        for piece in word:
            starts.append(at)
            at += regular.of(piece)
            ends.append(at)
        at += regular.space
    assert measured_words(text, regular) == (tuple(starts), tuple(ends))


@pytest.mark.parametrize(
    "words, column, count",
    [
        ([3, 3, 3], 10.0, 2),
        ([3, 3], 10.0, 1),
        ([25], 10.0, 3),
        ([4, 25, 1], 10.0, 4),
        ([], 10.0, 1),
    ],
)
def test_rows_are_filled_one_after_another(words: list[float], column: float, count: int) -> None:
    ends = [sum(words[: at + 1]) + at for at in range(len(words))]  # spaces are 1 wide
    starts = [end - width for end, width in zip(ends, words, strict=True)]
    assert rows(MeasuredWords(tuple(starts), tuple(ends)), column) == count


class Imaginary(Fitter):
    """Fits a page whose real heights are made up."""

    def __init__(self, real: list[float], guessed: list[float]) -> None:
        sheet = make_sheet(FEW)
        estimate = renderer_here().set(render_job_for(sheet)).estimate
        self.tried: list[int] = []

        def lay_out(step: Step, tall: bool) -> LaidOut:
            at = STEPS.index(step)
            self.tried.append(at)
            return LaidOut(None, step, 1 if real[at] <= PAGE_PT or tall else 2, real[at])

        super().__init__(estimate, STEPS, lay_out, size=A4)
        assert isinstance(estimate, Estimate)
        self._heights = dict(enumerate(guessed))


def test_what_goes_on_overleaf_is_over_however_little_it_measures() -> None:
    fitter = Imaginary([PAGE_PT + 0.01] * len(STEPS), [PAGE_PT] * len(STEPS))
    lay_out = fitter._lay_out
    fitter._lay_out = lambda step, tall: replace(lay_out(step, tall), height_pt=PAGE_PT)
    fitted = fitter.fit()
    assert fitted.chosen is None
    assert fitted.fit.lines_over == 1


def heights(largest: float) -> list[float]:
    return [largest * 0.975**at for at in range(len(STEPS))]


@pytest.mark.parametrize("off_by", [0.7, 0.9, 0.99, 1.0, 1.01, 1.1, 1.4])
@pytest.mark.parametrize("largest", [500, 800, 950, 1100, 1400])
def test_a_wrong_guess_still_finds_the_roomiest_step(largest: float, off_by: float) -> None:
    real = heights(largest)
    fitter = Imaginary(real, [height * off_by for height in real])
    chosen = fitter.fit().chosen
    fitting = [at for at, height in enumerate(real) if height <= PAGE_PT]
    assert (STEPS.index(chosen.step) if chosen else None) == (fitting[0] if fitting else None)
    assert len(fitter.tried) <= 3


@pytest.mark.parametrize("largest", range(800, 1400, 50))
def test_the_room_there_is_is_told_by_the_page_that_was_chosen(largest: float) -> None:
    """A roomier one that was tried after it runs over, with the end of its first side empty."""
    real = heights(largest)
    fitter = Imaginary(real, [height * 1.01 for height in real])
    lay_out = fitter._lay_out

    def on_its_paper(step: Step, tall: bool) -> LaidOut:
        laid_out = lay_out(step, tall)
        empty = 0 if tall or laid_out.pages == 1 else 60
        return replace(laid_out, height_pt=laid_out.height_pt + empty)

    fitter._lay_out = on_its_paper
    fitter._may_fit = lambda at: True
    assert fitter.fit().fit.height_pt == pytest.approx(real[-1])
    assert len(fitter.tried) > 1
