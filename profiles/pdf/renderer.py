"""Prints a filled page with WeasyPrint. Pure: no Django, no database, no settings, no network."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache, partial
from threading import Lock
from typing import Any, Final

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from profiles.pdf import colours, drawing, kept_styles, letters, proof, standards
from profiles.pdf.boxes import boxes_on
from profiles.pdf.composed import ComposedPage
from profiles.pdf.directions import as_characters
from profiles.pdf.estimate import Estimate
from profiles.pdf.fetcher import AssetFetcher, ServedAssets
from profiles.pdf.fit import DoesNotFit, DrawnPage, Fit, MadePage
from profiles.pdf.fitting import fit_for
from profiles.pdf.folded_card import ComposedCard, card_steps
from profiles.pdf.heard import RendererFault, listening
from profiles.pdf.kept_styles import KeptStyles, is_enough_for
from profiles.pdf.pictures import DrawnCode, DrawnOnce
from profiles.pdf.print_steps import Step, steps_for
from profiles.pdf.render_job import Assets, CardJob, LeafletJob, RenderJob
from profiles.pdf.sanitise import MOST_CHARACTERS, characters
from profiles.pdf.shortcuts import is_made_for_this_weasyprint, shortcuts
from profiles.pdf.widths import Widths
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import MM
from profiles.sheet.themes import Theme

# A hello card’s paper in millimetres, its print in points, in the order in which they are tried.
CARD_STEPS: Final = tuple(
    (width, height, points)
    for width, height in ((105, 148), (148, 210))
    for points in (15, 14, 13, 12, 11, 10)
)
CARD_SIDE: Final = 7  # its margin, and in parts of its print: its name, and what a photo takes
CARD_NAME, CARD_PHOTO = 1.5, 6.0
SMALLER_NAMES: Final = tuple(f".made-for {{ font-size: {points}pt }}" for points in (8, 6, 4, 2, 1))
MOST_RULES: Final = 500
STANDS_IN: Final = ("□", "?", "")
COLOUR: Final = re.compile(r"(--[a-z-]+): (#[0-9A-F]{6})")
NAMED: Final = re.compile(r"var\((--[a-z-]+)(?:, #[0-9A-F]+)?\)")


class Renderer:
    """A renderer that is warm: its fonts and stylesheets are read once, for many pages."""

    def __init__(self, assets: Assets) -> None:
        self._assets: ServedAssets = {
            f"asset:font-{weight}": (ttf, "font/ttf") for weight, ttf in assets.fonts.items()
        }
        self._pictures = {
            f"asset:picture-{code}": DrawnOnce(svg) for code, svg in assets.pictures.items()
        }
        self._standard = assets.standard
        self._fonts = FontConfiguration()
        self._kept = KeptStyles()
        self._quick = {k for k, css in assets.stylesheets.items() if is_enough_for(css)}
        self._widths = {weight: Widths(ttf) for weight, ttf in assets.fonts.items()}
        self._paper = self._css(f"{_pictures(assets.pictures)}\n{assets.paper}")
        self._styles = {
            key: self._css(_coloured(css, assets.paper)) for key, css in assets.stylesheets.items()
        }
        self._sizes = {
            name: self._css(_coloured(css, assets.paper)) for name, css in assets.sizes.items()
        }
        self._leaflet = self._css(f"{assets.paper}\n{_coloured(assets.leaflet, assets.paper)}")
        self._card = self._css(f"{assets.paper}\n{_coloured(assets.card, assets.paper)}")
        self._card_steps = {
            step: self._css("@page {{ size: {}mm {}mm }} html {{ font-size: {}pt }}".format(*step))
            for step in CARD_STEPS
        }
        self._made: dict[str, Any] = {}  # other stylesheets, each read once
        self._rule = lru_cache(MOST_RULES)(self._css)  # what single pages ask for, a rule at a time
        self._drawn_signs: dict[str, dict[str, Any]] = {}
        self._smaller_names = [self._css(smaller) for smaller in SMALLER_NAMES]
        self._one_page_at_a_time = Lock()

    @property
    def is_quick(self) -> bool:
        """Does it take shortcuts through WeasyPrint?"""
        return shortcuts.are_taken

    def may_take_shortcuts(self, job: RenderJob) -> bool:
        """Does its layout ask for no more than styles are kept by?"""
        return job.sheet.layout.key in self._quick

    def print(self, job: RenderJob) -> MadePage:
        """The page as a PDF that keeps the one-page promise; DoesNotFit rather than lose a word.

        A letter that no font has is printed as an empty box, and told.
        """
        try:
            return self._print_whole(job)
        except DoesNotFit:
            if job.fewer is None:
                raise
        return self._print_whole(job.fewer)

    def _print_whole(self, job: RenderJob) -> MadePage:
        self._refuse_a_book(job.sheet)
        unprintable: tuple[str, ...] = ()
        with self._alone(job):
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
        missing = letters.missing(fonts)
        if not missing:
            proof.check(
                pdf,
                job.sheet,
                (*unprintable, *STANDS_IN),
                drawn=letters.drawn(fonts),
                sides=composed.sides(fitted.chosen),
            )
        made = MadePage(
            pdf=pdf,
            pages=fitted.chosen.pages,
            print_pt=fitted.chosen.step.print_pt,
            fit=fitted.fit,
            layouts=fitted.layouts,
            unprintable=tuple(letter for letter in unprintable if letter not in STANDS_IN),
        )
        return made, missing

    def sketch(self, job: RenderJob) -> bytes:
        """The page as a PDF to draw, and for nothing else: it may break off where it is too long.

        Nothing is proved of it, and a letter that no font has is a gap.
        """
        job = self._with_room(job)
        with self._alone(job), listening() as heard:
            composed = self.set(job)
            pdf = composed.first_side(composed.lay_out(composed.guessed_step()))
            composed.check(heard)
        return pdf

    def draw(self, job: RenderJob) -> DrawnPage:
        """The first side of the page as it is printed, as a picture.

        A page that is too long is drawn in its smallest print. Nothing is proved of it, and a
        letter that no font has is a gap.
        """
        job = self._with_room(job)
        with self._alone(job), listening() as heard:
            composed = self.set(job)
            chosen = composed.fit().chosen
            laid_out = chosen or composed.lay_out(composed.steps[-1])
            pdf = composed.first_side(laid_out)
            composed.check(heard)
        return DrawnPage(
            png=drawing.alone(pdf),
            boxes=boxes_on(laid_out.document.pages[0], job.sheet.topics),
            is_whole=chosen is not None and laid_out.pages == 1,
        )

    def print_card(self, card: CardJob) -> bytes:
        """A hello card in the largest print that fits; DoesNotFit rather than lose a word.

        A letter that no font has is printed as an empty box.
        """
        unprintable: tuple[str, ...] = ()
        with self._alone():
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
            for step in self._card_steps_for(card):
                styles = [self._card, self._card_steps[step]]
                document = html.render(font_config=self._fonts, stylesheets=styles)
                if len(document.pages) == 1:
                    break
            else:
                raise DoesNotFit(Fit(lines_left=0, lines_over=1, filled=10, print_pt=10))
            pdf = standards.write(document, self._standard, root=html.etree_element)
        if html.url_fetcher.has_refused or heard.faults:
            raise RendererFault("; ".join(heard.faults) or "The card asked for what is not ours.")
        missing = letters.missing(document.fonts.values())
        if not missing:
            drawn = letters.drawn(document.fonts.values())
            proof.check_lines(pdf, card.lines, (*unprintable, *STANDS_IN), drawn=drawn)
        return pdf, missing

    def _card_steps_for(self, card: CardJob) -> Sequence[tuple[int, int, int]]:
        """Those in which no word of its name is broken, if there are any."""
        widest = max(map(self._widths[800].of, card.name.split()), default=0.0)
        em = 1.01 * widest * CARD_NAME + (CARD_PHOTO if card.photo else 0)
        whole = [step for step in CARD_STEPS if em * step[2] <= (step[0] - 2 * CARD_SIDE) * MM]
        return whole or CARD_STEPS

    def print_leaflet(self, leaflet: LeafletJob) -> bytes:
        """A leaflet as a tagged PDF, on as many papers as it takes."""
        with self._alone(), listening() as heard:
            html = HTML(string=as_characters(leaflet.html), url_fetcher=AssetFetcher({}))
            document = html.render(font_config=self._fonts, stylesheets=[self._leaflet])
            pdf = standards.write(document, self._standard)
        if html.url_fetcher.has_refused or heard.faults:
            raise RendererFault(
                "; ".join(heard.faults) or "The leaflet asked for what is not ours."
            )
        return pdf

    def measure(self, job: RenderJob) -> Fit:
        """How much room the page has, by the same layout, with no PDF written."""
        fit = self._measure(job)
        return fit if fit.fits or job.fewer is None else self._measure(job.fewer)

    def _with_room(self, job: RenderJob) -> RenderJob:
        """This page, or with fewer words on it where it has no room for what it holds besides."""
        return job if job.fewer is None or self._measure(job).fits else job.fewer

    def _measure(self, job: RenderJob) -> Fit:
        try:
            self._refuse_a_book(job.sheet)
        except DoesNotFit as too_long:
            return too_long.fit
        with self._alone(job), listening() as heard:
            composed = self.set(job)
            fitted = composed.fit()
            composed.check(heard)
        return fitted.fit

    def set(self, job: RenderJob) -> "ComposedPage":
        """The page's words, ready to be laid out at any step."""
        sheet = job.sheet
        photo, stamp = sheet.photo, sheet.stamp
        mine = {"asset:photo": (photo.data, "image/jpeg")} if photo else {}
        mine |= {
            f"asset:photo-{topic}": (beside.data, "image/jpeg")
            for topic, beside in sheet.photos.items()
        }
        estimate = Estimate(sheet, self._widths)
        return (ComposedCard if sheet.size.folded else ComposedPage)(
            html=kept_styles.Template(as_characters(job.html), AssetFetcher(mine), self._kept),
            sheet=sheet,
            estimate=estimate,
            steps=_steps(sheet),
            font_config=self._fonts,
            styles=[
                self._paper,
                self._styles[sheet.layout.key],
                self._css_once(colours.css(sheet.theme)),
                self._css_once(sheet.size.css),
                *([self._sizes[sheet.size.stylesheet]] if sheet.size.stylesheet else []),
            ],
            css=self._css_once,
            rule=self._rule,
            smaller_names=() if job.fewer else self._smaller_names,  # nor for what may be left out
            name_lines=len(stamp.made_for) if stamp else 0,
            # Each page has its own: a photo kept for other pages would stay in memory for ever.
            images={
                **self._pictures,
                **self._signs(sheet.theme),
                **({"asset:qr": DrawnCode(stamp.qr)} if stamp else {}),
            },
            standard=self._standard,
        )

    @contextmanager
    def _alone(self, job: RenderJob | None = None) -> Iterator[None]:
        """One page at a time: WeasyPrint is not safe with one FontConfiguration in two threads.

        A layout that asks for more than styles are kept by goes the long way.
        """
        way = nullcontext() if job is None or self.may_take_shortcuts(job) else shortcuts.left()
        with self._one_page_at_a_time, way:
            yield

    def _refuse_a_book(self, sheet: Sheet) -> None:
        """Say that far too many words do not fit without laying them out."""
        if characters(sheet) > MOST_CHARACTERS:
            estimate, room = Estimate(sheet, self._widths), sheet.size.room_pt
            floor = _steps(sheet)[-1]
            height = max(estimate.height(floor), room + 1)
            raise DoesNotFit(fit_for(estimate, floor, height, room))

    def _css_once(self, text: str) -> Any:
        """A stylesheet of ours that other pages will need as well."""
        if text not in self._made:
            self._made[text] = self._css(text)
        return self._made[text]

    def _signs(self, theme: Theme) -> dict[str, Any]:
        """The signs of a theme, each drawn once."""
        if theme.key not in self._drawn_signs:
            self._drawn_signs[theme.key] = {
                f"asset:{name}": DrawnOnce(svg) for name, svg in colours.signs(theme).items()
            }
        return self._drawn_signs[theme.key]

    def _css(self, text: str) -> Any:
        fetcher = AssetFetcher(self._assets)
        css = CSS(string=text, font_config=self._fonts, url_fetcher=fetcher)
        if fetcher.has_refused:
            raise RendererFault("A stylesheet asked for something that is not ours.")
        return css


def warmed(assets: Assets, *samples: RenderJob) -> Renderer:
    """A renderer that has printed these pages, which nobody sees.

    It takes shortcuts from then on, if each of them is the same with them, to the byte.
    """
    renderer = Renderer(assets)
    with shortcuts.left():
        usual = [renderer.print(sample).pdf for sample in samples]
    if is_made_for_this_weasyprint() and all(map(renderer.may_take_shortcuts, samples)):
        shortcuts.take()
        if not all(map(partial(_prints, renderer), samples, usual)):
            shortcuts.leave()
    return renderer


def _prints(renderer: Renderer, job: RenderJob, pdf: bytes) -> bool:
    """Does it print just this, also when it has found all styles before?"""
    try:
        return all(renderer.print(job).pdf == pdf for _ in range(2))
    except Exception:  # noqa: BLE001  # whatever went wrong on the short way, the long way is there
        return False


def _pictures(codes: Iterable[str]) -> str:
    """The rules that stand a picture beside its words, where it needs no description."""
    rule = ".picture-{0} {{ background-image: url(asset:picture-{0}) }}"
    return "\n".join(rule.format(code) for code in codes)


def _steps(sheet: Sheet) -> tuple[Step, ...]:
    steps = card_steps(sheet.size) if sheet.size.folded else steps_for(sheet)
    return tuple(step for step in steps if step.print_pt >= sheet.smallest_pt)


def _coloured(css: str, paper: str) -> str:
    """A layout's stylesheet with paper's colours written in: looking them up takes longer."""
    colours = dict(COLOUR.findall(paper))
    return NAMED.sub(lambda named: colours.get(named[1], named[0]), css)
