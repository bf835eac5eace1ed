"""Whatever is met in helping somebody, and in being helped, is open to everybody."""

import pytest
from playwright.sync_api import Page, expect

from profiles.accounts.models import User
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from profiles.sharing.decided import Decided, Mode
from profiles.supporters import decision_actions, handing, suggestion_actions
from profiles.supporters.models import Decision, Supporter
from profiles.topics.load import load
from tests.accessibility import problems_here, problems_on
from tests.factories import ask_for_help, make_page, make_supporter, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, press

pytestmark = pytest.mark.once

HELPED = [  # for a person who is helped: {ref} is a helper, {offered} is what they suggest
    "/me/",
    "/me/moments/told/",
    "/me/helpers/",
    "/me/helpers/invite/",
    "/me/helpers/{ref}/",
    "/me/suggestions/",
    "/me/suggestions/{offered}/",
    "/me/suggestions/{offered}/my-way/",
]
HELPING = [
    "/helping/",
    "/helping/{ref}/",
    "/helping/{ref}/suggest/",
    "/helping/{ref}/suggest/matters/important/",
    "/helping/{ref}/suggest/help/sleep/",
    "/helping/{ref}/together/",
    "/helping/{ref}/together/matters/important/",
    "/helping/{ref}/decided/",
    "/helping/{ref}/decided/{written}/",
]
KEEPING = ["/helping/", "/me/helpers/", "/helping/{ref}/hand-over/", "/helping/{ref}/decided/"]
ASKED = ["/helping/invite/{key}/", "/helping/handed/{handed}/"]
CHECKED = ["/helping/{ref}/decided/check/{typed}/"]  # in test_helpers_screens.py
HELPED_PAGES = [*HELPED, *HELPING, *KEEPING, *ASKED, *CHECKED]
WRONG = {  # pages, and the button that is pressed when something on them is wrong
    "/helping/{ref}/suggest/matters/important/": "Suggest this",
    "/helping/{ref}/together/matters/important/": "Show Jo the words",
    "/helping/{ref}/decided/": "Carry on",
}
UNKIND = "He is a client who is wheelchair bound."


def at(addresses: list[str], **given: str) -> list[str]:
    return [address.format(**given) for address in addresses]


@pytest.fixture
def jo(transactional_db: None) -> User:
    return make_user("jo@example.org")


@pytest.fixture
def jos_page(jo: User) -> Profile:
    page = make_page(jo, call_me="Jo", important="Tea first.\nThen talk.")
    say(page, "health", "Tablets at nine.", only_me=True)
    return page


@pytest.fixture
def dee(jos_page: Profile) -> Supporter:
    return make_supporter(jos_page, make_user("dee@example.org"))


@pytest.fixture
def written(dee: Supporter) -> Decision:
    assert dee.user
    return decision_actions.write_down(
        profile=dee.profile, supporter=dee, by=dee.user, about="This page.", tried="Pictures.",
        decided=Decided(mode=Mode.FOR_ME, authority="best_interests", decided_by="Dr Rees"),
    )  # fmt: skip


@pytest.mark.usefixtures("written")
def test_being_helped_is_open_to_everybody(
    browsers: Browsers, jo: User, jos_page: Profile, dee: Supporter
) -> None:
    offered = suggestion_actions.suggest(
        supporter=dee, topic=load().topic("important"), text="Tea first.\nRovers.", why="You said."
    )
    assert offered
    ask_for_help(jos_page, email="sam@example.org", name="my friend Sam")
    window = browsers.open(jo)
    assert problems_on(window, at(HELPED, ref=dee.ref, offered=offered.ref)) == {}
    window.goto("/me/helpers/invite/")
    press(window, "Carry on")
    assert problems_here(window) == []
    window.get_by_label("What do you call them?").fill("my aunt")
    window.get_by_label("Their email address").fill("aunt@example.org")
    choose(window, "They can see my page")
    press(window, "Carry on")
    expect(window.get_by_role("button", name="Yes, ask them")).to_be_visible()
    assert problems_here(window) == []


def test_helping_is_open_to_everybody(
    browsers: Browsers, dee: Supporter, written: Decision
) -> None:
    assert dee.user
    window = browsers.open(dee.user)
    assert problems_on(window, at(HELPING, ref=dee.ref, written=written.ref)) == {}
    for address, button in WRONG.items():
        assert problems_after(window, address.format(ref=dee.ref), button) == [], address


def problems_after(window: Page, address: str, button: str) -> list[str]:
    window.goto(address)
    for words in window.get_by_role("textbox").all():
        words.fill("")
    press(window, button)
    expect(window.get_by_role("alert")).to_be_visible()
    return problems_here(window)


def test_a_thought_about_words_is_open_to_everybody(browsers: Browsers, dee: Supporter) -> None:
    assert dee.user
    window = browsers.open(dee.user)
    window.goto(f"/helping/{dee.ref}/suggest/matters/important/")
    window.get_by_label("Your words").fill(UNKIND)
    press(window, "Suggest this")
    expect(window.locator("main")).to_contain_text("wheelchair bound")
    assert problems_here(window) == []


def test_keeping_a_page_and_handing_it_over_are_open_to_everybody(
    browsers: Browsers, jos_page: Profile
) -> None:
    amir, nan = make_user("amir@example.org"), make_user("nan@example.org")
    kept = start_page(for_someone=True, language="en", user=amir)
    say(kept, "call_me", "Nan")
    handed = handing.offer(profile=kept, by=amir, email=nan.email, keeper_name="my grandson")
    key = ask_for_help(jos_page, email=nan.email)
    assert problems_on(browsers.open(amir), at(KEEPING, ref=kept.key)) == {}
    assert problems_on(browsers.open(nan), at(ASKED, key=key, handed=handed)) == {}
    assert problems_on(browsers.open(), at(ASKED, key=key, handed=handed)) == {}
