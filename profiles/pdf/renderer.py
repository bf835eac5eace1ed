"""Prints a filled page with WeasyPrint. Pure: no Django, no database, no settings, no network."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from profiles.pdf import proof, tags
from profiles.pdf.directions import as_characters
from profiles.pdf.estimate import PAGE_PT, Estimate, beside
from profiles.pdf.fetcher import AssetFetcher, ServedAssets
from profiles.pdf.fit import DoesNotFit, Fit, MadePage
from profiles.pdf.fitting import Fitted, Fitter, LaidOut, fit_for
from profiles.pdf.pictures import DrawnOnce
from profiles.pdf.print_steps import Step, steps
from profiles.pdf.render_job import Assets, CardJob, LeafletJob, RenderJob
from profiles.pdf.sanitise import MOST_CHARACTERS, characters
from profiles.pdf.widths import Widths
from profiles.sheet.sheet import Sheet

PX_TO_PT: Final = 0.75
# A hello card's paper, and its print in points, in the order in which they are tried.
CARD_STEPS: Final = tuple(
    f"@page {{ size: {paper} }} html {{ font-size: {points}pt }}"
    for paper in ("105mm 148mm", "148mm 210mm")
    for points in (15, 14, 13, 12, 11, 10)
)
TALL: Final = "@page { size: 210mm 1500mm }"
SMALLER_NAMES: Final = tuple(f".made-for {{ font-size: {points}pt }}" for points in (8, 6, 4, 2, 1))
STANDS_IN: Final = ("□", "?", "")
COLOUR: Final = re.compile(r"(--[a-z-]+): (#[0-9A-F]{6})")
NAMED: Final = re.compile(r"var\((--[a-z-]+)(?:, #[0-9A-F]+)?\)")


class RendererFault(Exception):
    """WeasyPrint was asked for something we did not give it, or wrote an error to its log."""


@dataclass
class Heard(logging.Handler):
    """What WeasyPrint says to its log while one page is made."""

    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        self.faults.append(str(record.msg))  # never its arguments: they may hold words

    __hash__ = logging.Handler.__hash__


class Renderer:
    """A renderer that is warm: its fonts and stylesheets are read once, for many pages."""

    def __init__(self, assets: Assets) -> None:
        self._assets: ServedAssets = {
            f"asset:font-{weight}": (ttf, "font/ttf") for weight, ttf in assets.fonts.items()
        }
        self._pictures = {
            f"asset:picture-{code}": DrawnOnce(svg) for code, svg in assets.pictures.items()
        }
        self._fonts = FontConfiguration()
        self._widths = {weight: Widths(ttf) for weight, ttf in assets.fonts.items()}
        self._styles = {
            key: self._css(
                f"{_pictures(assets.pictures)}\n{assets.paper}\n{_coloured(css, assets.paper)}"
            )
            for key, css in assets.stylesheets.items()
        }
        self._leaflet = self._css(f"{assets.paper}\n{_coloured(assets.leaflet, assets.paper)}")
        self._card = self._css(f"{assets.paper}\n{_coloured(assets.card, assets.paper)}")
        self._card_steps = [self._css(step) for step in CARD_STEPS]
        self._steps: dict[Step, Any] = {}
        self._indents = {
            topic: round(beside(self._widths[700].of(title)), 3)
            for topic, title in assets.titles.items()
        }
        self._beside = self._css(_indents(self._indents))
        self._tall = self._css(TALL)
        self._smaller_names = [self._css(smaller) for smaller in SMALLER_NAMES]
        # WeasyPrint is not safe with one FontConfiguration in two threads: one page at a time.
        self._one_page_at_a_time = Lock()

    def print(self, job: RenderJob) -> MadePage:
        """The page as a PDF that keeps the one-page promise; DoesNotFit rather than lose a word.

        A letter that no font has is printed as an empty box, and told.
        """
        self._refuse_a_book(job.sheet)
        unprintable: tuple[str, ...] = ()
        with self._one_page_at_a_time:
            for stand_in in STANDS_IN:
                made, missing = self._print(job, unprintable)
                if not missing:
                    return made
                unprintable += missing
                job = job.with_boxes(missing, stand_in)
        raise RendererFault("No font here has the letters of this page, nor an empty box.")

    def _print(
        self, job: RenderJob, unprintable: tuple[str, ...]
    ) -> tuple[MadePage, tuple[str, ...]]:
        """The page, and the letters in it that no font has."""
        with listening() as heard:
            composed = self.set(job)
            fitted = composed.fit()
            if fitted.chosen is None:
                raise DoesNotFit(fitted.fit)
            pdf = composed.write(fitted.chosen)
            composed.check(heard)
        fonts = fitted.chosen.document.fonts.values()
        missing = _missing(fonts)
        if not missing:
            proof.check(pdf, job.sheet, (*unprintable, *STANDS_IN), drawn=_drawn(fonts))
        made = MadePage(
            pdf=pdf,
            pages=fitted.chosen.pages,
            print_pt=fitted.chosen.step.print_pt,
            fit=fitted.fit,
            layouts=fitted.layouts,
            unprintable=tuple(letter for letter in unprintable if letter not in STANDS_IN),
        )
        return made, missing

    def print_card(self, card: CardJob) -> bytes:
        """A hello card in the largest print that fits; DoesNotFit rather than lose a word.

        A letter that no font has is printed as an empty box.
        """
        unprintable: tuple[str, ...] = ()
        with self._one_page_at_a_time:
            for stand_in in STANDS_IN:
                pdf, missing = self._print_card(card, unprintable)
                if not missing:
                    return pdf
                unprintable += missing
                card = card.with_boxes(missing, stand_in)
        raise RendererFault("No font here has the letters of this card, nor an empty box.")

    def _print_card(
        self, card: CardJob, unprintable: tuple[str, ...]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The card, and the letters in it that no font has."""
        photo: ServedAssets = {"asset:photo": (card.photo, "image/jpeg")} if card.photo else {}
        html = HTML(string=as_characters(card.html), url_fetcher=AssetFetcher(photo))
        with listening() as heard:
            for step in self._card_steps:
                styles = [self._card, step]
                document = html.render(font_config=self._fonts, stylesheets=styles)
                if len(document.pages) == 1:
                    break
            else:
                raise DoesNotFit(Fit(lines_left=0, lines_over=1, filled=10, print_pt=10))
            pdf = _tagged(document, html)
        if html.url_fetcher.has_refused or heard.faults:
            raise RendererFault("; ".join(heard.faults) or "The card asked for what is not ours.")
        missing = _missing(document.fonts.values())
        if not missing:
            drawn = _drawn(document.fonts.values())
            proof.check_lines(pdf, card.lines, (*unprintable, *STANDS_IN), drawn=drawn)
        return pdf, missing

    def print_leaflet(self, leaflet: LeafletJob) -> bytes:
        """A leaflet as a tagged PDF, on as many papers as it takes."""
        with self._one_page_at_a_time, listening() as heard:
            html = HTML(string=as_characters(leaflet.html), url_fetcher=AssetFetcher({}))
            document = html.render(font_config=self._fonts, stylesheets=[self._leaflet])
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        if html.url_fetcher.has_refused or heard.faults:
            raise RendererFault(
                "; ".join(heard.faults) or "The leaflet asked for what is not ours."
            )
        return pdf

    def measure(self, job: RenderJob) -> Fit:
        """How much room the page has, by the same layout, with no PDF written."""
        try:
            self._refuse_a_book(job.sheet)
        except DoesNotFit as too_long:
            return too_long.fit
        with self._one_page_at_a_time, listening() as heard:
            composed = self.set(job)
            fitted = composed.fit()
            composed.check(heard)
        return fitted.fit

    def set(self, job: RenderJob) -> "ComposedPage":
        """The page's words, ready to be laid out at any step."""
        photo, stamp, layout = job.sheet.photo, job.sheet.stamp, job.sheet.layout
        mine = {"asset:photo": (photo.data, "image/jpeg")} if photo else {}
        mine |= {"asset:qr": (stamp.qr, "image/svg+xml")} if stamp else {}
        estimate = Estimate(job.sheet, self._widths)
        unusual = {
            topic: em for topic, em in estimate.beside().items() if self._indents.get(topic) != em
        }
        return ComposedPage(
            html=HTML(string=as_characters(job.html), url_fetcher=AssetFetcher(mine)),
            estimate=estimate,
            steps=steps(layout.largest_pt, layout.smallest_pt),
            font_config=self._fonts,
            style=self._styles[layout.key],
            step_style=self._step,
            tall=self._tall,
            beside=[self._beside, *([self._css(_indents(unusual))] if unusual else [])],
            smaller_names=self._smaller_names,
            name_lines=len(stamp.made_for) if stamp else 0,
            # Each page has its own: a photo kept for other pages would stay in memory for ever.
            images=dict(self._pictures),
        )

    def _refuse_a_book(self, sheet: Sheet) -> None:
        """Say that far too many words do not fit without laying them out."""
        if characters(sheet) > MOST_CHARACTERS:
            estimate = Estimate(sheet, self._widths)
            floor = steps(sheet.layout.largest_pt, sheet.layout.smallest_pt)[-1]
            height = max(estimate.height(floor), PAGE_PT + 1)
            raise DoesNotFit(fit_for(estimate, floor, height))

    def _step(self, step: Step) -> Any:
        if step not in self._steps:
            self._steps[step] = self._css(step.css)
        return self._steps[step]

    def _css(self, text: str) -> Any:
        fetcher = AssetFetcher(self._assets)
        css = CSS(string=text, font_config=self._fonts, url_fetcher=fetcher)
        if fetcher.has_refused:
            raise RendererFault("A stylesheet asked for something that is not ours.")
        return css


@dataclass(frozen=True, kw_only=True)
class ComposedPage:
    """One page's words, set: it can be laid out at any step, and then written as a PDF."""

    html: Any
    estimate: Estimate
    steps: Sequence[Step]
    font_config: Any
    style: Any
    step_style: Callable[[Step], Any]
    tall: Any
    beside: Sequence[Any]
    smaller_names: Sequence[Any]
    name_lines: int  # at most so many lines are for the name of whoever it is made for
    images: dict[str, Any]

    def fit(self) -> Fitted:
        """The roomiest layout that has room for every word.

        A very long name of whoever it is made for is printed smaller, and not refused: the room for
        it was measured before anybody knew it.
        """
        fitted = Fitter(self.estimate, self.steps, self.lay_out).fit()
        for smaller in self.smaller_names:
            if fitted.chosen or fitted.fit.lines_over > self.name_lines:
                break
            fitted = Fitter(self.estimate, self.steps, partial(self.lay_out, name=smaller)).fit()
        return fitted

    def lay_out(self, step: Step, tall: bool = False, *, name: Any = None) -> LaidOut:
        """The page at this step, on A4, or on paper so tall that its whole height shows."""
        document = self.html.render(
            font_config=self.font_config,
            stylesheets=[
                self.style,
                self.step_style(step),
                *([] if step.titles_above else self.beside),
                *([self.tall] if tall else []),
                *([name] if name else []),
            ],
            cache=self.images,
        )
        return LaidOut(document, step, *_measure(document))

    def write(self, laid_out: LaidOut) -> bytes:
        """The layout as a tagged PDF."""
        return _tagged(laid_out.document, self.html)

    def check(self, heard: Heard) -> None:
        """Raise PressFault if anything outside was asked for, or anything was wrong."""
        if self.html.url_fetcher.has_refused or heard.faults:
            raise RendererFault("; ".join(heard.faults) or "The page asked for what is not ours.")


def _tagged(document: Any, html: Any) -> bytes:
    """A page that is laid out, as a tagged PDF."""
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1",
        finisher=lambda done, pdf: tags.mend(done, pdf, html.etree_element),
    )
    return pdf


def _pictures(codes: Iterable[str]) -> str:
    """The rules that stand a picture beside its words, where it needs no description."""
    rule = ".picture-{0} {{ background-image: url(asset:picture-{0}) }}"
    return "\n".join(rule.format(code) for code in codes)


def _coloured(css: str, paper: str) -> str:
    """A layout's stylesheet with paper's colours written in: looking them up takes longer."""
    colours = dict(COLOUR.findall(paper))
    return NAMED.sub(lambda named: colours.get(named[1], named[0]), css)


def _indents(indents: Mapping[str, float]) -> str:
    """The rules that start each answer's first line after its title, in the title's own row."""
    rule = (
        ".entry-{0}[dir=ltr] h3 + * {{ margin-top: var(--up) }} "
        ".entry-{0}[dir=ltr] h3 + p, .entry-{0}[dir=ltr] h3 + ul > :first-child "
        "{{ text-indent: {1}em }}"
    )
    return "\n".join(rule.format(topic, em) for topic, em in indents.items() if em)


def _measure(document: Any) -> tuple[int, float]:
    """How many pages were filled, and how tall everything on them is, in points."""
    last = document.pages[-1]
    box = last._page_box
    content = (last.height - box.margin_top - box.margin_bottom) * PX_TO_PT
    end = next(page.anchors["end"][1] for page in document.pages if "end" in page.anchors)
    height = (len(document.pages) - 1) * content + (end - box.margin_top) * PX_TO_PT
    return len(document.pages), height


def _missing(fonts: Iterable[Any]) -> tuple[str, ...]:
    """The letters that no font has, in the order of the page.

    A space beside a rare sign is looked for in that sign's font. It has no ink, and markup has it:
    a stand-in for it would take the page apart.
    """
    codes = dict.fromkeys(code for font in fonts for code in font.missing if code > ord("~"))
    return tuple(map(chr, codes))


def _drawn(fonts: Iterable[Any]) -> str:
    """The characters that colour fonts drew as pictures: emoji."""
    coloured = (font for font in fonts if font.png or font.svg or font.colr)
    return "".join(text for font in coloured for text in font.to_unicode.values())


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what WeasyPrint logs while a page is made; nobody else does: it may hold words."""
    log, heard = logging.getLogger("weasyprint"), Heard()
    log.addHandler(heard)
    log.propagate = False
    try:
        yield heard
    finally:
        log.removeHandler(heard)
        log.propagate = True
