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

from tests.drawn import NIGHTLY
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
# Short words that go on in another row; no address, and no part of a longer word.
BROKEN = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const short = /(?<![\\w@./-])[A-Za-z]{2,9}(?![\\w@/-]|[.:][\\w/])/g
  const broken = []
  while (words.nextNode()) {
    for (const found of words.currentNode.nodeValue.matchAll(short)) {
      const range = document.createRange()
      range.setStart(words.currentNode, found.index)
      range.setEnd(words.currentNode, found.index + found[0].length)
      const rows = [...range.getClientRects()].filter(box => box.width > 1).map(box => box.top)
      if (new Set(rows).size > 1) broken.push(found[0])
    }
  }
  return broken
}"""
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check(page: Page) -> list[str]:
    """Everything we know how to find that would shut somebody out of this page, as it is now."""
    return _axe(page, {"type": "tag", "values": RULES}) + _ours(page)


def check_once_more(page: Page) -> list[str]:
    """The same of a page that axe is asked about elsewhere: by day it is not asked again."""
    return check(page) if NIGHTLY else _ours(page)


def check_every_way(page: Page, turn: int | None = None) -> list[str]:
    """The same, and then on a narrow screen, dark, in forced colours, and with words twice as big.

    On the narrow screen the words are made twice as big as well.

    What cannot differ from the first look is not asked again. Where many pages are looked at, each
    has its turn, and by day is seen in one of the last three ways: the gallery is seen in all.
    """
    ways = WAYS if NIGHTLY or turn is None else [WAYS[turn % len(WAYS)]]
    return [problem for look in (check, _narrow, *ways) for problem in look(page)]


def _narrow(page: Page) -> list[str]:
    wide = page.viewport_size or {"width": 1000, "height": 900}
    page.set_viewport_size({"width": 320, "height": 640})
    problems = _ours(page) + _twice_as_big(page)
    page.set_viewport_size(wide)
    return [f"320 pixels: {problem}" for problem in problems]


def _dark(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    contrast = _axe(page, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return [f"dark: {problem}" for problem in contrast]


def _in_forced_colours(page: Page) -> list[str]:
    page.emulate_media(forced_colors="active")
    problems = _ours(page)
    page.emulate_media(forced_colors="none")
    return [f"forced colours: {problem}" for problem in problems]


def _twice_as_big(page: Page) -> list[str]:
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    beyond = page.evaluate(BEYOND)
    broken = page.evaluate(BROKEN)
    page.evaluate("document.documentElement.removeAttribute('style')")
    problems = [f"200 %: The page scrolls sideways by {beyond} pixels"] if beyond > 0 else []
    return problems + ([f"200 %: Short words are broken: {', '.join(broken)}"] if broken else [])


WAYS = (_dark, _in_forced_colours, _twice_as_big)


def problems_on(window: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """What shuts somebody out, or says a word that hurts, by address; empty when nothing does."""
    found = {}
    for turn, address in enumerate(addresses):
        answer = window.goto(address)
        assert answer and (answer.status != 404 or "nowhere" in address), address
        assert window.url.endswith(address), f"{address} sends people on to {window.url}"
        found[address] = problems_here(window, turn)
    return {address: problems for address, problems in found.items() if problems}


def problems_here(window: Page, turn: int = 2) -> list[str]:
    """The same on the page that is open, with everything unfolded that can be."""
    window.evaluate("document.querySelectorAll('details').forEach(more => { more.open = true; })")
    return check_every_way(window, turn) + kind_words_here(window)


def _axe(page: Page, only: dict[str, Any]) -> list[str]:
    page.wait_for_load_state()
    if page.evaluate(WITHOUT_SCRIPT):
        return []  # axe waits for timers, and there are none: it looks at the scripted twin
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source(AXE))
    found: dict[str, Any] = page.evaluate(RUN, only)
    return [_sentence(violation) for violation in found["violations"]]


def _ours(page: Page) -> list[str]:
    page.wait_for_load_state()  # its words are there before its stylesheet: no target has its size
    found: list[str] = page.evaluate(_source(HOUSE_CHECKS))
    return found


def _sentence(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:90] for node in violation["nodes"][:3])
    return f"axe {violation['id']}: {violation['help']} ({len(violation['nodes'])}: {places})"


@cache
def _source(path: Path) -> str:
    return path.read_text()
