"""Everything the person meets, in every state it can be in, is open to everybody.

Light, dark, forced colours, 320 pixels wide and words twice as big are in `check_every_way`. The
pages that are nobody's are looked at in tests/house.
"""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import resolve, reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from profiles.answers import actions, draft_actions
from profiles.answers.actions import Words
from profiles.pages.models import Profile
from profiles.permissions import PERMISSIONS
from profiles.photos import actions as photo_actions
from profiles.photos.images import BESIDE, take_in
from profiles.review import actions as review_actions
from profiles.review.models import HALF_A_YEAR
from profiles.topics.load import load
from tests.accessibility import check, problems_here, problems_on
from tests.drawn import NIGHTLY
from tests.factories import make_page, make_user, put_beside, say
from tests.imports.pages import make_file, make_photo_member
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, choose_file, code_from_email, expect_heading, press
from tests.journeys.test_every_helping_page_is_accessible import HELPED_PAGES
from tests.journeys.test_every_shared_page_is_accessible import SHARED
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.once

EMPTY = [
    "/start/",
    "/me/",
    "/me/moments/hospital/",
    "/me/moments/hospital/ready/",
    "/me/moments/changed/",
    "/me/name/",
    "/me/safe/",
    "/me/name/call_me/",
    "/me/safe/health/",
    "/me/matters/important/earlier/",
    "/me/matters/important/photo/",
    "/me/photo/",
    "/me/page/",
    "/me/earlier/",
    "/me/copy/",
    "/me/review/",
    "/me/bring/",
    "/me/delete/",
]
PARTLY_FILLED = [
    "/me/",
    "/me/safe/",
    "/me/matters/?undo=important.1",
    "/me/matters/?order=yes&undo=important.1",
    "/me/matters/?order=yes&moved=important.2.0.up",
    "/me/matters/important/",
    "/me/matters/people/",
    "/me/matters/important/more/",
    "/me/matters/important/?more=yes",
    "/me/matters/important/both/",
    "/me/matters/important/earlier/",
    "/me/matters/important/photo/",
    "/me/matters/people/photo/",
    "/me/photo/",
    "/me/photo/crop/",
    "/me/page/",
    "/me/earlier/",
    "/me/earlier/1/",
]
TO_DECIDE = ["/me/", "/me/help/eating/?top=yes", "/me/help/moving/?top=yes&home=yes"]
FULL = [
    "/me/",
    "/me/moments/hospital/",
    "/me/moments/hospital/ready/",
    "/me/safe/ring_first/",
    "/me/help/",
    "/me/page/",
    "/me/page/style/",
    "/me/help/sleep/",
]
BEING_CHECKED = ["/me/", "/me/review/", "/me/review/important/"]
PUT_OFF = ["/me/review/", "/me/review/end/"]
CHECKED = ["/me/review/", "/me/review/end/", "/me/page/"]
TOO_LONG = ["/me/page/", "/me/page.pdf", "/me/help/sleep/"]
SIGNED_IN = [
    "/me/",
    "/me/choose/",
    "/me/delete/",
    reverse("mfa_index"),
    reverse("mfa_add_webauthn"),
    reverse("account_email"),
    reverse("account_reauthenticate"),
    reverse("account_inactive"),
    reverse("account_devices"),
    reverse("account_logout"),
]
A_PASSKEY = [reverse("mfa_edit_webauthn", args=[1]), reverse("mfa_remove_webauthn", args=[1])]
SIGNING_IN = ["/account/login/code/", "/account/login/code/confirm/"]
WRONG = {  # pages, and the button that is pressed when something on them is wrong
    "/start/": "Begin",
    "/me/moments/changed/": "Find it",
    "/me/matters/important/": "Save and carry on",
    "/me/matters/important/both/": "Use this",
    "/me/matters/important/photo/": "Use this photo",
    "/me/photo/": "Use this photo",
    "/me/photo/crop/": "Save",
    "/me/bring/": "See what would change",
    "/me/delete/": "Delete this page for good",
}
ONLY_IN_SOME_STATES = {"photos:crop", "writing:both", "account_confirm_login_code"}
NOT_PAGES = {  # files, for people and for other programs
    "photos:file",
    "exports:page_txt",
    "exports:page_md",
    "exports:page_json",
    "exports:page_fhir",
    "exports:everything",
    "exports:archive",
    "exports:kept_archive",
    "exports:read_txt",
    "exports:read_json",
    "exports:receipt_pdf",
    "exports:receipt_json",
    "exports:receipt_fhir",
    "clinics:take",
    "clinics:file",
    "access:looked_csv",
    "access:looked_json",
    "door:earlier_photo",
    "door:read_pdf",
    "door:preview_pdf",
    "door:as_reader_pdf",
    "door:style_picture",
    "door:picture",
    "door:helping_picture",
    "door:hello_pdf",
}

A_FILE = json.dumps(
    make_file(
        answers=[
            {
                "topic": "important",
                "text": f"Coffee.\n{'Llanfair' * 12}",
                "said_by": "my sister Dee",
                "photo": make_photo_member(alt="My blue cup"),
            },
            {"topic": "must_know", "text": "One.\nTwo.\nThree.\nFour."},
            {"topic": "health", "text": "Asthma."},
            {"topic": "calm", "text": "أحب الشاي أولاً", "language": "ar"},
        ],
        photo=make_photo_member(),
    )
).encode()
ARABIC = "أحب الشاي أولاً، ثم نتحدث."


def test_an_empty_page_is_open_to_everybody(browsers: Browsers) -> None:
    window = browsers.open(make_page())
    assert problems_on(window, EMPTY) == {}


@pytest.mark.nightly  # an empty one and a full one are looked at by day
def test_a_partly_filled_page_is_open_to_everybody(browsers: Browsers) -> None:
    page = make_page(call_me="Jo\nSay it like Joe", important="Tea first.\nThen talk.")
    say(page, "health", "Tablets at nine.", only_me=True)
    photo_actions.add_photo(profile=page, whole=as_file(corners()), alt="Jo in a red hat")
    actions.freeze_if_changed(page)
    say(page, "important", "Coffee.", picture="2615")
    actions.freeze_if_changed(page)
    half_typed(page, "important", "Milk first.", started_from=1)
    half_typed(page, "people", "My sister Dee")
    people = load().topic("people")
    whole = take_in(as_file(corners()), BESIDE)
    draft_actions.put_photo(profile=page, topic=people, whole=whole, alt="My sister and I")
    assert problems_on(browsers.open(page), PARTLY_FILLED) == {}


def half_typed(page: Profile, topic: str, text: str, started_from: int = 0) -> None:
    words, about = Words(text=text), load().topic(topic)
    draft_actions.save_draft(
        profile=page, topic=about, words=words, started_from=started_from, version=""
    )


def test_deciding_what_stands_at_the_top_is_open_to_everybody(browsers: Browsers) -> None:
    page = make_page(call_me="Jo", must_know="Nuts close my throat.\nThen ring 999.")
    say(page, "eating", "I can choke. Cut my food small.", only_me=True)
    say(page, "moving", "Never lift me.\nI am frightened of the hoist.")
    window = browsers.open(page)
    assert problems_on(window, TO_DECIDE) == {}
    press(window, "Put it at the top too")  # and none is ticked
    assert problems_here(window) == []


def test_a_full_page_is_open_to_everybody(browsers: Browsers) -> None:
    page = make_page()
    for topic in load().by_key:
        say(page, topic, "Tea first.")
    say(page, "important", ARABIC)
    for topic in ("ring_first", "do"):
        put_beside(page, topic)
    window = browsers.open(page)
    assert problems_on(window, FULL) == {}
    window.goto("/me/page/")
    expect(window.get_by_role("link", name="Print it (PDF)")).to_be_visible()


def test_checking_a_page_is_open_to_everybody(browsers: Browsers) -> None:
    jo = make_user("jo@example.org")
    page = make_page(jo, call_me="Jo", important="Tea first.\nThen talk.")
    half_typed(page, "important", "Milk first.", started_from=1)
    window = browsers.open(jo)
    long_ago = timezone.now() - HALF_A_YEAR
    earlier = page.reviews.create(with_person=True, begun_at=long_ago, finished_at=long_ago)
    assert problems_on(window, ["/me/"]) == {}
    review = review_actions.begin(profile=page)
    assert problems_on(window, BEING_CHECKED) == {}
    for topic in ("call_me", "important"):
        review_actions.not_now(review=review, page=page, topic=load().topic(topic))
    assert problems_on(window, PUT_OFF) == {}
    earlier.delete()
    review.finished_at = timezone.now()
    review.save()
    assert problems_on(window, CHECKED) == {}


def test_the_biggest_words_fit_the_smallest_screen(browsers: Browsers) -> None:
    page = make_page(call_me="Jo", important=f"Tea first.\n{'Llanfair' * 12}")
    window = browsers.open(page, viewport={"width": 320, "height": 640})
    looks = {"name": "looks", "value": "biggest.yellow.roomy", "url": browsers.address}
    window.context.add_cookies([looks])  # type: ignore[list-item]
    others = ["/me/matters/", "/me/matters/important/", "/me/copy/"]
    for address in ["/", *(FULL if NIGHTLY else FULL[::2]), *others]:
        window.goto(address)
        expect(window.locator("html")).to_have_attribute("data-size", "biggest")
        assert check(window) == [], address


def test_a_page_that_is_too_long_is_open_to_everybody(browsers: Browsers) -> None:
    sixty = "\n".join(f"{n}. One thing that I like" for n in range(60))
    page = make_page(call_me="Jo", people=sixty, sleep=sixty, do="Ask me first.")
    window = browsers.open(page)
    assert problems_on(window, TOO_LONG) == {}
    window.goto("/me/page.pdf")
    expect(window.get_by_role("heading", level=1)).to_contain_text("too long")


def test_signing_in_is_open_to_everybody(browsers: Browsers) -> None:
    cache.clear()
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Ana at home")
    window = browsers.open(make_page(call_me="Ana in hospital"))
    window.goto("/account/login/code/")
    assert problems_with(window, "What is your email address?", "ana at example") == []
    window.get_by_label("What is your email address?").fill("ana@example.org")
    press(window, "Email me a code")
    assert problems_on(window, ["/account/login/code/confirm/"]) == {}
    assert problems_with(window, "What is the code?", "0000-0000") == []
    window.get_by_label("What is the code?").fill(code_from_email())
    window.keyboard.press("Enter")
    expect_heading(window, "Which page would you like to open?")
    assert problems_on(window, SIGNED_IN) == {}
    Authenticator.objects.create(
        pk=1, user=ana, type=Authenticator.Type.WEBAUTHN, data={"name": "my phone"}
    )
    assert problems_on(window, A_PASSKEY) == {}


def problems_with(window: Page, label: str, wrong: str) -> list[str]:
    """What shuts somebody out of the page that says what is wrong."""
    window.get_by_label(label).fill(wrong)
    window.keyboard.press("Enter")
    expect(window.get_by_role("alert")).to_be_visible()
    return problems_here(window)


def test_pages_that_say_what_is_wrong_are_open_to_everybody(browsers: Browsers) -> None:
    page = make_page(call_me="Jo", important="Tea first.")
    photo_actions.add_photo(profile=page, whole=as_file(corners()), alt="Jo in a red hat")
    half_typed(page, "important", "Milk first.")
    window = browsers.open(page)
    for turn, (address, button) in enumerate(WRONG.items()):
        assert problems_after(window, address, button, turn) == [], address


def problems_after(window: Page, address: str, button: str, turn: int) -> list[str]:
    """What shuts somebody out, once this button was pressed and something was wrong."""
    window.goto(address)
    for words in window.get_by_role("textbox").all():
        words.fill("Tea. " * 1_000)  # more than any box takes
    press(window, button)
    expect(window.get_by_role("alert")).to_be_visible()
    return problems_here(window, turn)


def test_what_a_file_would_change_is_open_to_everybody(browsers: Browsers) -> None:
    page = make_page(call_me="Jo", important="Tea first.\nThen we talk.")
    photo_actions.add_photo(profile=page, whole=as_file(corners()), alt="Jo in a red hat")
    window = browsers.open(page)
    choose_file(window, A_FILE)
    assert problems_here(window) == []
    press(window, "Bring what I chose")
    expect(window.get_by_role("alert")).to_be_visible()
    assert problems_here(window) == []
    press(window, "Choose all from the file")
    choose(window, "It can go on my page")
    say(page, "important", "Milk first.")
    press(window, "Bring what I chose")
    expect(window.get_by_text("Nothing has come from the file yet.")).to_be_visible()
    assert problems_here(window) == []


def test_the_end_and_the_kind_404_are_open_to_everybody(browsers: Browsers) -> None:
    window = browsers.open(make_page(call_me="Jo"))
    assert problems_on(window, ["/me/nowhere/"]) == {}
    window.goto("/me/delete/")
    choose(window, "Yes, delete it all")
    press(window, "Delete this page for good")
    expect_heading(window, "Your page is deleted")
    assert problems_here(window) == []


def test_no_page_is_left_out() -> None:
    """A page with an address of its own is in one of the lists above, or is not a page."""
    written = [EMPTY, PARTLY_FILLED, FULL, BEING_CHECKED, CHECKED, TOO_LONG]
    lists = [*written, SIGNING_IN, SIGNED_IN, A_PASSKEY, SHARED, HELPED_PAGES]
    seen = {resolve(address.partition("?")[0]).view_name for each in lists for address in each}
    pages = {name for name, allow in PERMISSIONS.items() if allow.get} | ONLY_IN_SOME_STATES
    missed = pages - seen - NOT_PAGES
    assert {name for name in missed if not name.startswith("house:")} == set()
