"""Pictures of the main screens, for the README and for whoever changes them: `bin/screens`.

Look at each: it is what somebody sees first.
"""

from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from profiles.house.example_people import Made, make_everybody
from tests.factories import begin_share
from tests.journeys.conftest import Browsers
from tests.journeys.test_every_shared_page_is_accessible import come_in

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "screens"
SCREENS = {  # whose, and where
    "front": ("", "/"),
    "home": ("jo", "/me/"),
    "part": ("jo", "/me/help/"),
    "question": ("jo", "/me/matters/important/"),
    "page": ("jo", "/me/page/"),
    "hospital": ("jo", "/me/moments/hospital/"),
    "check": ("jo", "/me/sharing/new/check/"),
    "looked": ("jo", "/me/looked/"),
    "reader": ("", "/s/{key}/page/"),
    "people": ("priya", "/with-me/"),
}
WIDTHS = (390, 1000)
SCHEMES = ("light", "dark")


def picture_of(screen: str, width: int, scheme: str) -> Path:
    """Where it is kept."""
    return FOLDER / f"{screen}-{width}-{scheme}.webp"


@pytest.fixture
def people(transactional_db: None) -> dict[str, Made]:
    cache.clear()
    made = make_everybody(canaries=False)
    assert made["jo"].page
    begin_share(made["jo"].page, topics=("must_know", "important", "people", "calm"))
    return made


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_draw(browsers: Browsers, people: dict[str, Made], width: int, scheme: str) -> None:
    """Not a test: it draws."""
    FOLDER.mkdir(exist_ok=True)
    ward = people["jo"].shares["ward"]
    for screen, (whose, address) in SCREENS.items():
        window = browsers.open(
            people[whose].user if whose else None,
            viewport=ViewportSize(width=width, height=844),
            color_scheme=scheme,
        )
        if screen == "reader":
            come_in(window, ward)
        answer = window.goto(address.format(key=ward.key))
        assert answer and answer.status == HTTPStatus.OK, address
        window.wait_for_load_state("networkidle")
        draw(window, picture_of(screen, width, scheme))


def draw(window: Page, path: Path) -> None:
    """The first screen, small enough to be kept."""
    Image.open(BytesIO(window.screenshot())).save(path, quality=70, method=6)
