"""Who may open what. The list below is our permission documentation, and it must be whole."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

ALL = {"ana", "visitor", "dee", "nobody"}
SIGNED_IN = {"ana", "dee"}
# Pages that belong to whoever asks: ana's are ana's, the visitor's are the visitor's. Nobody's
# address names another person, and those who have no page are asked to start one.
HAS_A_PAGE = {"ana", "visitor"}

WHO_MAY_OPEN = {  # url name: everyone who gets past the door with a GET
    "house:home": ALL,
    "house:example": ALL,
    "house:example_pdf": ALL,
    "house:help": ALL,
    "house:privacy": ALL,
    "house:accessibility": ALL,
    "house:looks": ALL,
    "house:gallery": set(),  # in development only
    "house:up": ALL,
    "house:ready": ALL,
    "answers:start": ALL,
    "answers:home": HAS_A_PAGE,
    "answers:photo": HAS_A_PAGE,
    "answers:crop": set(),  # only once there is a photo
    "answers:photo_file": set(),
    "answers:photo_remove": set(),  # POST only, as are those below
    "answers:earlier": HAS_A_PAGE,
    "answers:bring_back_edition": set(),
    "answers:delete": HAS_A_PAGE | SIGNED_IN,  # an account can go without a page
    "answers:choose": HAS_A_PAGE,
    "answers:part": HAS_A_PAGE,
    "answers:write": HAS_A_PAGE,
    "answers:draft": set(),
    "answers:throw_away": set(),
    "answers:both": set(),  # only when two windows wrote
    "answers:line": set(),
    "answers:earlier_words": HAS_A_PAGE,
    "answers:bring_back": set(),
    "sheet:page": HAS_A_PAGE,
    "sheet:page_pdf": HAS_A_PAGE,
    "sheet:earlier": HAS_A_PAGE,
    "sheet:earlier_photo": set(),  # only where there was a photo
    "exports:page_txt": HAS_A_PAGE,
    "exports:page_json": HAS_A_PAGE,
    "exports:copy": HAS_A_PAGE,
    "exports:everything": HAS_A_PAGE,
    "account_login": set(),  # sends on to the one question
    "account_signup": set(),
    "account_request_login_code": {"visitor", "nobody"},
    "account_confirm_login_code": set(),  # only once a code was asked for
    "account_logout": SIGNED_IN,
    "account_inactive": ALL,
    "account_email": set(),  # those who signed in a while ago are asked to do so again
    "account_email_verification_sent": set(),  # only once a code was asked for
    "account_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_add_webauthn": set(),  # as account_email, and the two below
    "mfa_edit_webauthn": set(),
    "mfa_remove_webauthn": set(),
    "mfa_login_webauthn": set(),  # answers a script, or a POST
}
GIVEN = {"part": "matters", "topic": "important", "number": 1, "pk": 1}


def patterns(
    found: list[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of every address, and what has to be given to make one."""
    for one in found:
        asked = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from patterns(one.url_patterns, inner, asked)
        else:
            yield f"{space}{one.name}", asked


PATTERNS = dict(patterns(get_resolver().url_patterns))


def test_every_address_has_a_row():
    assert set(PATTERNS) == set(WHO_MAY_OPEN)


@pytest.fixture
def browsers(anas_browser, visitor, dees_browser) -> dict[str, Client]:
    for browser in (anas_browser, visitor):
        browser.get(reverse("sheet:page"))  # so that there is an edition 1
    return {
        "ana": anas_browser,
        "visitor": visitor,
        "dee": dees_browser,
        "nobody": Client(),
    }


@pytest.mark.parametrize("name", WHO_MAY_OPEN)
def test_the_doors(name, browsers):
    address = reverse(name, kwargs={key: GIVEN[key] for key in PATTERNS[name]})
    opened = {who for who, browser in browsers.items() if browser.get(address).status_code == 200}
    assert opened == WHO_MAY_OPEN[name]


@pytest.mark.parametrize("name", [name for name, who in WHO_MAY_OPEN.items() if "visitor" in who])
def test_asking_for_the_head_alone_is_answered_as_the_whole_would_be(name, visitor):
    visitor.get(reverse("sheet:page"))
    address = reverse(name, kwargs={key: GIVEN[key] for key in PATTERNS[name]})
    assert visitor.head(address).status_code == 200
