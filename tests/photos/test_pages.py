"""The photo's pages in a real browser: open to everybody, every way."""

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from profiles.pages.models import Profile
from profiles.photos import actions, images
from profiles.photos.images import Crop, PhotoRefused
from tests.accessibility import check_every_way
from tests.photos.photos import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    as_file,
    colours,
    corners,
    looks_like_corners,
    near,
    read,
    telling_exif,
)


@pytest.fixture
def window(
    live_server: LiveServer, page: Page, visitors_page: Profile, visitor: Client, settings
) -> Page:
    """A browser in which a visitor has begun a page."""
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": visitor.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def test_nobody_is_shut_out_of_choosing_a_photo(window, live_server):
    window.goto(live_server.url + "/me/photo/")
    assert check_every_way(window, 0) == []
    window.get_by_role("button", name="Use this photo").click()
    window.locator("#error-summary").wait_for()
    assert check_every_way(window, 1) == []


@pytest.mark.parametrize("size", [(800, 400), (400, 800)])
def test_nobody_is_shut_out_of_cropping_it(window, live_server, visitors_page, size):
    whole = images.take_in(as_file(corners(*size)))
    actions.add_photo(profile=visitors_page, whole=whole, alt="Jo in a red hat")
    for turn, address in enumerate(("/me/photo/", "/me/photo/crop/")):
        window.goto(live_server.url + address)
        assert check_every_way(window, turn) == []
        broken = "[...document.images].filter(image => !image.naturalWidth).map(image => image.src)"
        assert window.evaluate(broken) == []


def test_the_squares_stay_round_on_a_narrow_screen(window, live_server, visitors_page):
    whole = images.take_in(as_file(corners()))
    actions.add_photo(profile=visitors_page, whole=whole, alt="Jo in a red hat")
    window.set_viewport_size({"width": 320, "height": 640})
    window.goto(live_server.url + "/me/photo/crop/")
    crops = window.locator(".crop").all()
    assert len(crops) == len(Crop)
    for crop in crops:
        shape = crop.bounding_box()
        assert shape and abs(shape["width"] - shape["height"]) < 1


def test_the_arrow_keys_are_enough_to_choose_a_square(window, live_server, visitors_page):
    whole = images.take_in(as_file(corners()))
    actions.add_photo(profile=visitors_page, whole=whole, alt="Jo in a red hat")
    window.goto(live_server.url + "/me/photo/crop/")
    window.get_by_label("Middle").focus()
    window.keyboard.press("ArrowRight")
    window.keyboard.press("Enter")
    window.wait_for_url("**/me/")
    newest = visitors_page.photos.newest()
    assert newest and newest.crop == "right"


def test_a_photo_is_made_smaller_before_it_is_sent_and_tells_no_place(
    window, live_server, visitors_page
):
    photo = as_file(corners(9_000, 6_000), exif=telling_exif(orientation=6))
    with pytest.raises(PhotoRefused):
        images.take_in(photo)
    sent = sent_photo(window, live_server, photo)
    assert sent.index(b"\xff\xd8\xff") > 0 and b"CNRY" not in sent and len(sent) < 300_000
    newest = visitors_page.photos.newest()
    assert newest
    kept = read(bytes(newest.whole))
    assert kept.size == (800, 1_200)
    assert list(map(near, colours(kept), [BLUE, RED, WHITE, GREEN])) == [True] * 4


def test_a_photo_that_the_browser_cannot_open_is_sent_as_it_is(window, live_server, visitors_page):
    photo = as_file(corners(3_000, 2_000), "HEIF")
    assert photo in sent_photo(window, live_server, photo)
    newest = visitors_page.photos.newest()
    assert newest and looks_like_corners(read(bytes(newest.whole)))


def test_a_photo_is_sent_as_it_is_where_nothing_true_is_drawn(window, live_server):
    window.add_init_script(
        "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: [255, 255, 255, 255] })"
    )
    photo = as_file(corners(3_000, 2_000))
    assert photo in sent_photo(window, live_server, photo)


def sent_photo(window: Page, live_server: LiveServer, photo: bytes) -> bytes:
    """The whole body with which a photo is sent, once it was taken."""
    bodies: list[bytes | None] = []
    window.route(
        "**/me/photo/",
        lambda route: (bodies.append(route.request.post_data_buffer), route.continue_())[1],
    )
    window.goto(live_server.url + "/me/photo/")
    window.get_by_label("Choose a photo").set_input_files(
        {"name": "jo.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    window.get_by_role("button", name="Use this photo").click()
    window.wait_for_url("**/me/photo/crop/")
    return bodies[-1] or b""
