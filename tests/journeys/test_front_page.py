"""The front page in any size of letters: pictures stay at headings, and boxes in their card."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PLACES = """() => {
    const box = (one) => one.getBoundingClientRect()
    const steps = [...document.querySelectorAll('.steps li')].map((step) => {
        const picture = box(step.querySelector('.picture'))
        const heading = box(step.querySelector('h3'))
        const above = picture.bottom <= heading.top  // where the letters need the whole width
        return above ? heading.top - picture.bottom : Math.abs(picture.top - heading.top)
    })
    const card = box(document.querySelector('.glimpse')).right
    const over = [...document.querySelectorAll('.glimpse *')].map((one) => box(one).right - card)
    const range = document.createRange()
    const comma = document.querySelector('h1 .stroke').nextSibling
    range.setStart(comma, 0)
    range.setEnd(comma, 1)
    const under = box(document.querySelector('h1 .stroke')).right - box(range).left
    const sideways = document.documentElement.scrollWidth - innerWidth
    return { sideways, steps: Math.max(...steps), over: Math.max(...over), under }
}"""


@pytest.mark.parametrize("width, letters", [(390, 100), (1000, 100), (320, 200), (390, 200)])
def test_everything_stands_where_it_belongs(browsers, width: int, letters: int) -> None:
    page: Page = browsers.open(viewport={"width": width, "height": 844}, color_scheme="dark")
    page.goto("/")
    page.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
    at = page.evaluate(PLACES)
    assert at["sideways"] <= 0
    assert at["steps"] <= 8
    assert at["over"] <= 0
    assert at["under"] <= 1


def test_help_that_is_printed_has_its_answers(browsers) -> None:
    page: Page = browsers.open()
    page.goto("/help/")
    answer = page.get_by_text("Skip it. A blank is fine")
    seen = "answer => answer.checkVisibility({ contentVisibilityAuto: true })"
    assert not answer.evaluate(seen)
    page.emulate_media(media="print")
    assert answer.evaluate(seen)
