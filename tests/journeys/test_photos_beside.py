"""A photo of one's own beside an answer: the words stand where they are looked for."""

from playwright.sync_api import Locator

from tests.factories import make_page, put_beside
from tests.journeys.conftest import Browsers

PHONE = {"width": 390, "height": 844}


def left(found: Locator) -> float:
    return float(found.evaluate("words => words.getBoundingClientRect().left"))


def top(found: Locator) -> float:
    return float(found.evaluate("words => words.getBoundingClientRect().top"))


def test_on_the_way_into_hospital_the_words_begin_at_the_top_of_a_photo(
    browsers: Browsers, transactional_db: None
) -> None:
    page = make_page(call_me="Jo", calm="Sit near me.\nThen wait.\nPut Abba on, quietly.")
    put_beside(page, "calm")
    window = browsers.open(page, viewport=PHONE)
    window.goto("/me/moments/hospital/")
    [photo] = window.locator(".own-photo-now").all()
    title = window.get_by_role("heading", name="What helps me feel calm")
    foot = photo.evaluate("photo => photo.getBoundingClientRect().bottom")
    assert top(title) <= top(photo) + 20
    assert top(window.get_by_text("Sit near me.")) < foot


def test_on_a_telephone_one_photo_makes_no_other_answer_narrow(
    browsers: Browsers, transactional_db: None
) -> None:
    page = make_page(call_me="Jo", important="Tea first.", sleep="Hall light on.")
    put_beside(page, "important")
    window = browsers.open(page, viewport=PHONE)
    window.goto("/me/page/")
    answer = window.locator(".entry-sleep")
    assert left(answer.locator("h3")) - left(answer) < 60
    assert left(window.locator(".entry-important h3")) - left(answer) > 80
