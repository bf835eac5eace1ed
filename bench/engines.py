"""Every way of making the page that is measured, ours first."""

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import plain
from bench.pages import Page
from profiles.pdf.printing import DoesNotFit, make_pdf

CHROMIUM = Path("/usr/bin/chromium")
TYPST_SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in "\\#$*_`<>@=-+/[]~'\""})

OURS = "ours: fit and print, warm worker process"
PLAIN = "plain WeasyPrint"
KINDER = "the same, kinder: TTF fonts, small photo"
SEARCHED = "plain WeasyPrint, binary search"
CHROME = "Chromium, warm, page reused"
TYPST = "Typst, warm"


@dataclass(frozen=True)
class Engine:
    """One way of making a page: a PDF, or None where it says that the words do not fit."""

    name: str
    make: Callable[[Page], bytes | None]
    fits_one_page: bool = False


def ours(page: Page) -> bytes | None:
    """Our page, as the website makes it."""
    try:
        return make_pdf(page.sheet).pdf
    except DoesNotFit:
        return None


@contextmanager
def engines() -> Iterator[tuple[list[Engine], dict[str, str]]]:
    """The engines there are here, and why each other one is not."""
    found = [
        Engine(OURS, ours, fits_one_page=True),
        Engine(PLAIN, plain.once),
        Engine(KINDER, plain.once_kinder),
        Engine(SEARCHED, plain.searched, fits_one_page=True),
    ]
    missing = {}
    with ExitStack() as stack:
        if not CHROMIUM.exists():
            missing[CHROME] = f"{CHROMIUM} is not installed"
        elif importlib.util.find_spec("playwright") is None:
            missing[CHROME] = "playwright is not installed"
        else:
            found.append(Engine(CHROME, stack.enter_context(_chromium())))
        if importlib.util.find_spec("typst") is None:
            missing[TYPST] = "typst is not installed"
        else:
            found.append(Engine(TYPST, stack.enter_context(_typst())))
        yield found, missing


@contextmanager
def _chromium() -> Iterator[Callable[[Page], bytes]]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        tab = browser.new_page()
        file = Path(folder, "page.html")

        def make(page: Page) -> bytes:
            file.write_text(plain.html(page, large_photo=False), encoding="utf-8")
            tab.goto(file.as_uri(), wait_until="load")
            return tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield make
        browser.close()


@contextmanager
def _typst() -> Iterator[Callable[[Page], bytes]]:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source, photo = Path(folder, "page.typ"), Path(folder, "photo.jpg")
        source.write_text("", encoding="utf-8")
        compiler = typst.Compiler(str(source), root=folder, font_paths=[str(plain.FONTS)])

        def make(page: Page) -> bytes:
            if page.sheet.photo:
                photo.write_bytes(page.sheet.photo.data)
            source.write_text(_typst_source(page), encoding="utf-8")
            pdf = compiler.compile(str(source), format="pdf", pdf_standards="ua-1")
            if not isinstance(pdf, bytes):
                raise TypeError("Typst made more than one file.")
            return pdf

        yield make


def _typst_source(page: Page) -> str:
    name = page.sheet.name.translate(TYPST_SPECIAL)
    head = [
        f'#set document(title: "{page.sheet.name}")',
        '#set page(paper: "a4", margin: (x: 12mm, y: 10mm))',
        '#set text(font: "Atkinson Hyperlegible Next", size: 12pt, lang: "en")',
        f'#image("photo.jpg", width: 26mm, alt: "A photo of {page.sheet.name}")'
        if page.sheet.photo
        else "",
        f"= {name}",
    ]
    for title, lines in page.blocks:
        head += ["", f"== {title.translate(TYPST_SPECIAL)}"]
        head += [f"- {line.translate(TYPST_SPECIAL)}" for line in lines]
    return "\n".join(head)
