"""What is folded on a question says what is chosen, opens where it must, and chooses nothing."""

import re

import pytest

from profiles.answers.models import Draft
from profiles.pages.models import Profile
from tests.factories import put_beside, say
from tests.writing.test_write import WRITE, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


FOLD = re.compile(
    r'<details class="setting"[^>]*?( open)?>.*?<b class="setting-title">(.*?)<span.*?'
    r'<span class="setting-now">(.*?)</span>',
    re.DOTALL,
)


def folds(browser, **sent):
    """Each folded choice: what it says is chosen now, and whether it is open."""
    given = typed("Tea.", started_from=1) | sent
    answer = browser.post(WRITE, given) if sent else browser.get(WRITE)
    found = FOLD.findall(answer.content.decode())
    return {title: (now, bool(is_open)) for is_open, title, now in found}


@pytest.mark.parametrize(
    ("picture", "only_me", "said"),
    [
        ("2615", False, {"Picture": "Hot drink", "Who may see this?": "It can go on my page"}),
        ("", True, {"Picture": "No picture", "Who may see this?": "Only me, for now"}),
    ],
)
def test_each_says_what_was_saved(anas_browser, anas_page, picture, only_me, said):
    say(anas_page, "important", "Tea.", picture=picture, only_me=only_me)
    assert folds(anas_browser) == {title: (now, False) for title, now in said.items()}


def test_a_photo_of_ones_own_is_named(anas_browser, anas_page):
    put_beside(anas_page, "important", alt="My blue cup")
    assert folds(anas_browser)["Picture"] == ("My blue cup", False)


def test_a_keeper_is_told_who_sees_it(anas_browser):
    Profile.objects.update(for_someone=True)
    assert folds(anas_browser)["Who may see this?"] == ("It can go on their page", False)


@pytest.mark.parametrize(
    ("sent", "is_open"),
    [
        ({"picture": "nothing"}, "Picture"),
        ({"only_me": "perhaps"}, "Who may see this?"),
        ({"only_me": ""}, "Who may see this?"),
        ({"look": "yes", "look_for": "dogs"}, "Picture"),
        ({"enter": "yes", "look_for": "dogs", "looked_for": ""}, "Picture"),
    ],
)
def test_what_has_to_be_seen_is_open(anas_browser, sent, is_open):
    assert [title for title, (_, opened) in folds(anas_browser, **sent).items() if opened] == [
        is_open
    ]


def test_an_error_in_the_words_opens_nothing_and_keeps_what_was_chosen(anas_browser):
    sent = {"text": "x" * 4_001, "picture": "2615", "only_me": "yes"}
    assert folds(anas_browser, **sent) == {
        "Picture": ("Hot drink", False),
        "Who may see this?": ("Only me, for now", False),
    }


def test_what_cannot_be_chosen_is_not_said_to_be(anas_browser):
    assert folds(anas_browser, only_me="perhaps", picture="nothing") == {
        "Picture": ("", True),
        "Who may see this?": ("", True),
    }


def test_folding_chooses_nothing_and_keeps_nothing(visitor):
    form = visitor.get(WRITE).context["form"]
    assert (form["picture"].value(), form["only_me"].value()) == ("2764", "no")
    assert not Draft.objects.exists()


def test_the_box_comes_straight_after_its_hint(anas_browser):
    page = anas_browser.get(WRITE).content.decode()
    between = page[page.index("id_text_helptext") :]
    between = between[between.index("</div>") : between.index("<textarea")]
    assert not re.sub(r"<[^>]*>", "", between).strip()


def test_the_stops_come_before_save_and_the_page_after_it(anas_browser):
    page = anas_browser.get(WRITE).content.decode()
    assert page.index("What could I say?") < page.index("Examples") < page.index('"setting"')
    assert page.index('"setting"') < page.index('class="save-bar"') < page.index("See the page now")


def test_an_example_of_two_lines_stands_in_two(visitor):
    page = visitor.get("/me/name/call_me/").content.decode()
    assert "“Maggie<br>Only the bank calls me Margaret.”" in page


def test_no_question_keeps_count(anas_browser):
    page = anas_browser.get(WRITE).content.decode()
    assert not re.search(r"question \d+ of \d+", page)
