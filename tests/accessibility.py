"""Is a page open to everybody? axe's rules, and what axe does not look for.

`check(page)` gives a list of sentences; an empty one is good. A machine finds only part of what
is wrong: look at the page as well.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.kind_words import kind_words_here

HOUSE_CHECKS = Path(__file__).with_suffix(".js")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Stylesheets are fetched again only for a rule that axe calls an experiment, and does not run.
# Nor does it have to find a selector for each element: what it says is wrong is shown as HTML.
RUN = """only => axe.run(document, {
    runOnly: only, resultTypes: ['violations'], preload: false, selectors: false,
})"""
WITHOUT_SCRIPT = "matchMedia('(scripting: none)').matches"
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check(page: Page) -> list[str]:
    """Everything we know how to find that would shut somebody out of this page, as it is now."""
    return _axe(page, {"type": "tag", "values": RULES}) + _ours(page)


def check_every_way(page: Page) -> list[str]:
    """The same, and then dark, in forced colours, on a narrow screen, and with words twice as big.

    What cannot differ from the first look is not asked again.
    """
    problems = check(page)
    wide = page.viewport_size or {"width": 1000, "height": 900}
    page.emulate_media(color_scheme="dark")
    contrast = _axe(page, {"type": "rule", "values": ["color-contrast"]})
    problems += [f"dark: {problem}" for problem in contrast]
    page.emulate_media(color_scheme="light", forced_colors="active")
    problems += [f"forced colours: {problem}" for problem in _ours(page)]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    problems += [f"320 pixels: {problem}" for problem in _ours(page)]
    page.set_viewport_size(wide)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if (beyond := page.evaluate(BEYOND)) > 0:
        problems.append(f"200 %: The page scrolls sideways by {beyond} pixels")
    page.evaluate("document.documentElement.removeAttribute('style')")
    return problems


def problems_on(window: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """What shuts somebody out, or says a word that hurts, by address; empty when nothing does."""
    found = {}
    for address in addresses:
        answer = window.goto(address)
        assert answer and (answer.status != 404 or "nowhere" in address), address
        assert window.url.endswith(address), f"{address} sends people on to {window.url}"
        found[address] = problems_here(window)
    return {address: problems for address, problems in found.items() if problems}


def problems_here(window: Page) -> list[str]:
    """The same on the page that is open, with everything unfolded that can be."""
    window.evaluate("document.querySelectorAll('details').forEach(more => { more.open = true; })")
    return check_every_way(window) + kind_words_here(window)


def _axe(page: Page, only: dict[str, Any]) -> list[str]:
    if page.evaluate(WITHOUT_SCRIPT):
        return []  # axe waits for timers, and there are none: it looks at the scripted twin
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source(AXE))
    found: dict[str, Any] = page.evaluate(RUN, only)
    return [_sentence(violation) for violation in found["violations"]]


def _ours(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_source(HOUSE_CHECKS))
    return found


def _sentence(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:90] for node in violation["nodes"][:3])
    return f"axe {violation['id']}: {violation['help']} ({len(violation['nodes'])}: {places})"


@cache
def _source(path: Path) -> str:
    return path.read_text()
