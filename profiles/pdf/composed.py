"""One page's words, set: laid out at any step, fitted, and written as a tagged PDF.

Pure, as the renderer is that sets them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from profiles.pdf import air, placing, standards
from profiles.pdf.estimate import Estimate
from profiles.pdf.fitting import KERNED, Fitted, Fitter, LaidOut, LayOut
from profiles.pdf.heard import Heard, RendererFault
from profiles.pdf.print_steps import Step
from profiles.pdf.proof import Sides
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import MM, Size

PX_TO_PT: Final = 0.75


@dataclass(frozen=True, kw_only=True)
class ComposedPage:
    """One page's words, set: it can be laid out at any step, and then written as a PDF."""

    html: Any
    sheet: Sheet
    estimate: Estimate
    steps: Sequence[Step]
    font_config: Any
    styles: Sequence[Any]
    css: Callable[[str], Any]
    rule: Callable[[str], Any]  # of this page alone, by its words: kept while many pages ask for it
    smaller_names: Sequence[Any]
    name_lines: int  # at most so many lines are for the name of whoever it is made for
    images: dict[str, Any]
    standard: str  # by which it is written

    def fit(self) -> Fitted:
        """The roomiest layout that has room for every word.

        A very long name of whoever it is made for is printed smaller, and not refused: the room for
        it was measured before anybody knew it.
        """
        fitter = self._fitter(self.lay_out)
        if self.sheet.size.runs_over:
            return fitter.fit_on_fewest_sides()
        fitted = fitter.fit()
        for smaller in self.smaller_names:
            if fitted.chosen or fitted.fit.lines_over > self.name_lines:
                break
            fitted = self._fitter(partial(self.lay_out, name=smaller)).fit()
        return fitted

    def lay_out(self, step: Step, tall: bool = False, *, name: Any = None) -> LaidOut:
        """The page at this step, on its paper, or on one so tall that its whole height shows."""
        side = "left" if self.sheet.reads == "ltr" else "right"
        pictures = self.sheet.has_pictures
        columns, labels = self.estimate.columns(step), self.estimate.label_rows()
        own = [*placing.rules(columns, step, side, with_pictures=pictures)]
        own += placing.label_rules(labels, step)
        if self.sheet.size.may_take_more:
            own += placing.break_rules(self.estimate.printed_lines(step))
        document = self.html.render(
            self.font_config,
            stylesheets=[
                *self.styles,
                self.css(step.css(side, with_pictures=pictures)),
                *([self.css(_tall(self.sheet.size))] if tall else []),
                *([name] if name else []),
            ],
            own=[self.rule(rule) for rule in own],
            cache=self.images,
        )
        apart = self.estimate.foot_pt() if self.sheet.foot_on_first_side else 0.0
        return LaidOut(document, step, *_measure(document, foot_apart=apart))

    def guessed_step(self) -> Step:
        """The roomiest step that should have room, by the estimate alone."""
        room = self.sheet.size.room_pt
        roomy = (step for step in self.steps if self.estimate.height(step, KERNED) <= room)
        return next(roomy, self.steps[-1])

    def _fitter(self, lay_out: LayOut) -> Fitter:
        return Fitter(self.estimate, self.steps, lay_out, size=self.sheet.size)

    def sides(self, laid_out: LaidOut) -> Sides:
        """How many sides it may take, and what stands above and below the words on them."""
        size = self.sheet.size
        if not size.may_take_more:
            return Sides()
        first = laid_out.document.pages[0]
        boxes = first._page_box.children
        tops = [box.position_y for box in boxes if isinstance(box, FootnoteAreaBox)]
        foot = (first.height - tops[0]) * PX_TO_PT if tops else 0.0
        return Sides(most=size.sides, head_pt=size.top * MM, foot_pt=foot)

    def write(self, laid_out: LaidOut) -> bytes:
        """The layout as a tagged PDF that fills its paper."""
        self.fill_paper(laid_out)
        return standards.write(laid_out.document, self.standard, root=self.html.etree_element)

    def first_side(self, laid_out: LaidOut) -> bytes:
        """The first side of the layout as a PDF without tags, to be drawn and then let go."""
        self.fill_paper(laid_out)
        first = laid_out.document.copy(laid_out.document.pages[:1])
        pdf: bytes = first.write_pdf(uncompressed_pdf=True)  # it goes no further: half the time
        return pdf

    def fill_paper(self, laid_out: LaidOut) -> None:
        """Spread what room is left between the blocks of the page, where it is one side."""
        if not self.sheet.size.may_take_more:
            spare = self.sheet.size.height_pt - laid_out.height_pt
            air.spread(laid_out.document.pages[0], spare, self._image)

    def _image(self, url: str, orientation: Any = None) -> Any:
        """A picture that the layout has fetched already."""
        return self.images[url]

    def check(self, heard: Heard) -> None:
        """Raise RendererFault if anything outside was asked for, or anything was wrong."""
        if self.html.url_fetcher.has_refused or heard.faults:
            raise RendererFault("; ".join(heard.faults) or "The page asked for what is not ours.")


def _tall(size: Size) -> str:
    return f"@page {{ size: {size.width}mm 1500mm }}"


def _measure(document: Any, *, foot_apart: float) -> tuple[int, float]:
    """How many pages were filled, and how tall everything on them is, in points.

    A foot at the end of the first side stands apart from the rest: the whole of a side that is
    followed by another counts, but a last one is as tall as what flows in it, and such a foot.
    """
    last = document.pages[-1]
    box = last._page_box
    content = (last.height - box.margin_top - box.margin_bottom) * PX_TO_PT
    end = next(page.anchors["end"][1] for page in document.pages if "end" in page.anchors)
    height = (len(document.pages) - 1) * content + (end - box.margin_top) * PX_TO_PT
    return len(document.pages), height + (foot_apart if len(document.pages) == 1 else 0)
