"""A telephone number between Arabic words stands, and is copied, as it was typed."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, press, say

TYPED = "دينا 07700 900123"
WHERE = ("/me/matters/", "/me/page/", "/me/matters/important/earlier/")
LOOK = """typed => {
    const box = [...document.querySelectorAll("main *")].reverse()
        .find(each => each.textContent.trim() == typed)
    const left = word => {
        const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
        const range = document.createRange()
        for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(word)
            if (at >= 0) {
                range.setStart(node, at)
                range.setEnd(node, at + word.length)
                return range.getBoundingClientRect().left
            }
        }
    }
    getSelection().selectAllChildren(box)
    return {edges: typed.split(" ").map(left), copied: getSelection().toString().trim()}
}"""


def test_a_number_stands_and_is_copied_as_it_was_typed(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(java_script_enabled=scripted)
    given_a_page_that_says(jo, TYPED)
    for address in WHERE:
        jo.goto(address)
        seen: dict[str, Any] = jo.evaluate(LOOK, TYPED)
        name, first, second = seen["edges"]
        assert first < second < name, address
        assert seen["copied"] == TYPED


def given_a_page_that_says(jo: Page, words: str) -> None:
    jo.goto("/start/")
    choose(jo, "Me")
    press(jo, "Begin")
    say(jo, "call_me", "ليلى", then="Save and stop for now")
    jo.goto("/me/matters/important/")
    say(jo, "important", words)
