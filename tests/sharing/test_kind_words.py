"""What workers write: a thought about words that hurt, then it goes as they want it."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.sharing import ask_actions
from profiles.sharing.models import Ask, Share
from tests.factories import make_share
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
THOUGHT = "A thought about your words"
HURTS = "I work with service users"


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    return make_share(anas_page)


@pytest.fixture
def locked(anas_page) -> Share:
    """One with a passcode."""
    cache.clear()
    return make_share(anas_page, with_passcode=True)


@pytest.fixture
def inside(share, cal) -> ReaderWithLink:
    """Cal, who has come in."""
    cal.come_in(share)
    return cal


@pytest.mark.parametrize(
    "page, box",
    [("workers:have_read", "promise"), ("reading:tell", "words")],
)
def test_what_a_reader_says_comes_back_once_and_then_goes(share, inside, page, box):
    said = {box: "The <b>client</b> likes activities."}
    answer = inside.browser.post(address(page, share.key), said)
    assertContains(answer, THOUGHT, status_code=200)
    assertContains(answer, "The &lt;b&gt;client&lt;/b&gt; likes activities.</textarea>")
    assertContains(answer, "<title>A thought about your words: ")
    before = share.looks.count()
    answer = inside.browser.post(address(page, share.key), said | {"as_it_is": "yes"})
    assert answer.url == address("reading:thanks", share.key)
    assert share.looks.count() == before + 1
    look = share.looks.latest("pk")
    look.profile = share.profile
    assert look.words == said[box]


@pytest.mark.parametrize(
    "page, said",
    [
        ("workers:have_read", {"promise": "I will bring tea first."}),
        ("workers:have_read", {"promise": ""}),
        ("reading:tell", {"words": "The phone number is an old one."}),
    ],
)
def test_kind_words_go_at_once(share, inside, page, said):
    answer = inside.browser.post(address(page, share.key), said)
    assert answer.url == address("reading:thanks", share.key)


def test_at_the_doorstep_it_is_offered_once_and_one_press_goes_on(share, cal):
    answer = cal.come_in(share, role=HURTS)
    assertContains(answer, THOUGHT, status_code=200)
    assertContains(answer, f'value="{HURTS}"')
    assertContains(answer, ">Go on as it is</button>")
    assert not share.introductions.exists()
    assert cal.come_in(share, role=HURTS, as_it_is="yes").url == address("door:read", share.key)


@pytest.mark.parametrize(
    "said", [{"name": "Service User"}, {"role": "senior nurse"}, {"place": "Stroke Unit, St Ann’s"}]
)
def test_names_and_titles_are_left_alone(share, cal, said):
    assert cal.come_in(share, **said).status_code == 302


def test_a_right_passcode_is_tried_once_and_typed_once(locked, cal):
    passcode = locked.passcode
    answer = cal.come_in(locked, role=HURTS, passcode=passcode)
    assertContains(answer, THOUGHT)
    assertContains(answer, f'value="{passcode}"')
    answer = cal.come_in(locked, role=HURTS, passcode=passcode, as_it_is="yes")
    assert answer.url == address("door:read", locked.key)


def test_a_wrong_passcode_costs_one_try_and_the_thought_is_not_shown_again(locked, cal):
    wrong = f"{(int(locked.passcode) + 1) % 1_000_000:06}"
    cal.come_in(locked, role=HURTS, passcode=wrong)
    locked.refresh_from_db()
    assert locked.wrong_tries == 0
    answer = cal.come_in(locked, role=HURTS, passcode=wrong, as_it_is="yes")
    assertContains(answer, "That passcode did not match", status_code=422)
    assertNotContains(answer, THOUGHT, status_code=422)
    assertContains(answer, 'type="hidden" name="as_it_is" value="yes"', status_code=422)
    locked.refresh_from_db()
    assert locked.wrong_tries == 1


def test_hints_tell_nothing_of_the_passcode(locked, cal):
    """Nobody can try passcodes for nothing by way of the hints."""
    for passcode in (locked.passcode, "000000", ""):
        answer = cal.come_in(locked, role=HURTS, passcode=passcode)
        assert not locked.introductions.exists()
        assert (answer.status_code == 200) == bool(passcode)
    assertNotContains(cal.ask(locked), "Tea first.", status_code=302)


def test_a_worker_who_said_so_before_is_not_told_again(anas_page, priya, priyas_browser):
    share = make_share(anas_page, email=priya.email)
    door = address("reading:doorstep", share.key)
    said = {"name": "Priya", "role": HURTS, "place": ""}
    assertContains(priyas_browser.post(door, said), THOUGHT)
    assert priyas_browser.post(door, said | {"as_it_is": "yes"}).status_code == 302
    assert priyas_browser.post(door, said).status_code == 302


def test_asking_is_the_same_and_costs_nothing_of_the_days_tries(ana, anas_page, priyas_browser):
    cache.clear()
    code = ask_actions.make_ask_code(profile=anas_page, by=ana).code
    said = {"code": code, "name": "Priya", "role": "nurse", "why": "My caseload."}
    for _ in range(12):
        assertContains(priyas_browser.post(reverse("workers:ask"), said), THOUGHT)
    assert not Ask.objects.exists()
    answer = priyas_browser.post(reverse("workers:ask"), said | {"as_it_is": "yes"})
    assertRedirects(answer, reverse("workers:asked"))
    assert Ask.objects.exists()


def test_the_persons_own_words_are_left_alone(anas_browser, anas_page):
    typed = {"text": "I am a service user.", "picture": "", "only_me": "no", "started_from": 1}
    answer = anas_browser.post("/me/matters/important/", typed)
    assert answer.status_code == 302
    assertNotContains(anas_browser.get(answer.url), THOUGHT)
