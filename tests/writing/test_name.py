"""What to call me: the name in a box of its own, and what else there is to say in another."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.answers import actions
from profiles.answers.models import Draft
from profiles.topics.load import load
from tests.factories import make_kept_page, make_page, make_user, say, signed_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PLACE = ["name", "call_me"]
WRITE = reverse("writing:write", args=PLACE)
DRAFT = reverse("writing:draft", args=PLACE)
BOTH = reverse("writing:both", args=PLACE)
PART = reverse("writing:part", args=["name"])
OLD = "Jean. Rhymes with bean."
MOVED = "Look at both boxes, then save."


def typed(called, text="", **others):
    usual = {"picture": "", "only_me": "no", "started_from": 1, "draft_stamp": ""}
    return {"called": called, "text": text} | usual | others


def boxes(answer):
    """What stands in both boxes."""
    form = answer.context["form"]
    return form["called"].value(), form["text"].value()


def test_the_name_and_the_rest_have_a_box_each(visitor, visitors_page):
    say(visitors_page, "call_me", "Jo\nRhymes with go.\n\nNot Joanna.")
    answer = visitor.get(WRITE)
    assert boxes(answer) == ("Jo", "Rhymes with go.\n\nNot Joanna.")
    assertContains(answer, "<h1", count=1)
    assertNotContains(answer, MOVED)


def test_on_a_page_kept_for_somebody_it_asks_what_they_like_to_be_called():
    rosa = make_user("rosa@example.org")
    make_kept_page(rosa, call_me="")
    browser = signed_in(rosa)
    asked = browser.get(WRITE)
    for said in ["<title>What do they like to be called?", "and what not to call them"]:
        assertContains(asked, said)
    for said in ["do you like to be called", "not to call you"]:
        assertNotContains(asked, said)
    refused = browser.post(WRITE, typed("", "Like go.", started_from=0))
    assertContains(refused, "Tell us the name they like to be called", status_code=422)
    assertNotContains(refused, "you like to be called", status_code=422)


def test_ones_own_page_asks_oneself(visitor):
    assertContains(visitor.get(WRITE), "<title>What do you like to be called?")


def test_other_questions_have_one_box(visitor):
    answer = visitor.get(reverse("writing:write", args=["matters", "important"]))
    assertNotContains(answer, "id_called")


@pytest.mark.parametrize(
    "called, text, kept",
    [
        ("Ana", "", "Ana"),
        ("Ana", "Like banana.\r\n\r\nNot love.", "Ana\nLike banana.\n\nNot love."),
        ("  Ana   Maria ", " Like banana. ", "Ana Maria\nLike banana."),
        ("Dr. J. R. Smith", "Doc", "Dr. J. R. Smith\nDoc"),
        ("O'Neil", "", "O'Neil"),
        ("ليلى", "وليس لولا", "ليلى\nوليس لولا"),
        ("王小明。", "", "王小明。"),
        ("Dr.", "", "Dr."),
        ("", "", ""),
        ("  ", " \n ", ""),
    ],
)
def test_both_boxes_are_one_answer(visitor, visitors_page, called, text, kept):
    assert visitor.post(WRITE, typed(called, text)).status_code == 302
    assert texts(visitors_page, "call_me")[-1] == kept


def test_more_than_a_name_is_shown_in_both_boxes_before_it_is_saved(visitor, visitors_page):
    answer = visitor.post(WRITE, typed(OLD, "Not Jeanie."))
    assertContains(answer, MOVED)
    assert boxes(answer) == ("Jean", "Rhymes with bean.\nNot Jeanie.")
    assert texts(visitors_page, "call_me") == ["Jo"]
    visitor.post(WRITE, typed(*boxes(answer)))
    assert texts(visitors_page, "call_me")[-1] == "Jean\nRhymes with bean.\nNot Jeanie."


def test_an_old_first_line_is_shown_in_both_boxes_and_stays_until_it_is_saved(
    visitor, visitors_page
):
    say(visitors_page, "call_me", f"{OLD}\nNot Jeanie.")
    answer = visitor.get(WRITE)
    assertContains(answer, MOVED)
    assert boxes(answer) == ("Jean", "Rhymes with bean.\nNot Jeanie.")
    assert texts(visitors_page, "call_me")[-1] == f"{OLD}\nNot Jeanie."
    visitor.post(WRITE, typed(*boxes(answer), started_from=2))
    assert texts(visitors_page, "call_me")[1:] == [
        f"{OLD}\nNot Jeanie.",
        "Jean\nRhymes with bean.\nNot Jeanie.",
    ]


def test_a_name_put_in_its_own_box_stays_the_words_of_who_said_it(visitor, visitors_page):
    say(visitors_page, "call_me", OLD, said_by="my sister Dee", checked=True)
    visitor.post(WRITE, typed(*boxes(visitor.get(WRITE)), started_from=2))
    newest = visitors_page.answers.about("call_me")[0]
    assert (newest.text, newest.said_by) == ("Jean\nRhymes with bean.", "my sister Dee")
    visitor.post(WRITE, typed("Jean", "Rhymes with green.", started_from=3))
    assert visitors_page.answers.about("call_me")[0].said_by == ""


@pytest.mark.parametrize("name", ["a" * 61, "👩‍👩‍👧" * 61, "e\u0301" * 61, "王" * 61, "a" * 5_000])
def test_a_name_that_is_too_long_comes_back_with_a_kind_word(visitor, visitors_page, name):
    answer = visitor.post(WRITE, typed(name, "Rhymes with go."))
    assertContains(answer, "60 letters", status_code=422)
    assertContains(answer, "Put the rest in the box below", status_code=422)
    assert boxes(answer) == (name, "Rhymes with go.")
    assert texts(visitors_page, "call_me") == ["Jo"]


@pytest.mark.parametrize("name", ["a" * 60, "👩‍👩‍👧" * 60, "e\u0301" * 60, "王" * 60])
def test_sixty_letters_are_those_that_people_see(visitor, visitors_page, name):
    assert visitor.post(WRITE, typed(name)).status_code == 302
    assert texts(visitors_page, "call_me")[-1] == name


def test_what_stands_after_the_name_does_not_count(visitor):
    answer = visitor.post(WRITE, typed(f"Jean. {'It rhymes with bean. ' * 9}"))
    assert answer.status_code == 200
    assert boxes(answer)[0] == "Jean"


def test_the_rest_without_a_name_asks_for_the_name(visitor, visitors_page):
    answer = visitor.post(WRITE, typed(" ", "Not love."))
    assertContains(answer, "Tell us the name you like to be called", status_code=422)
    assert boxes(answer) == (" ", "Not love.")
    assert texts(visitors_page, "call_me") == ["Jo"]


@pytest.mark.parametrize("box", ["called", "text"])
def test_a_letter_that_cannot_be_kept_is_said_so(visitor, visitors_page, box):
    answer = visitor.post(WRITE, typed("Jo", "Go") | {box: "J\x00o"})
    assertContains(answer, "a letter in your words that we cannot keep", status_code=422)
    assert texts(visitors_page, "call_me") == ["Jo"]


def test_both_boxes_together_are_no_longer_than_an_answer(visitor, visitors_page):
    answer = visitor.post(WRITE, typed("Jo", "x" * 3_999))
    assertContains(answer, "The most we can keep here is 4,000", status_code=422)
    assert boxes(answer) == ("Jo", "x" * 3_999)
    assert visitor.post(WRITE, typed("Jo", "x" * 3_997)).status_code == 302


def test_a_window_from_before_there_were_two_boxes_can_still_save(visitor, visitors_page):
    old = {name: said for name, said in typed("").items() if name != "called"}
    visitor.post(WRITE, old | {"text": "Ana\nLike banana."})
    assert texts(visitors_page, "call_me")[-1] == "Ana\nLike banana."
    answer = visitor.post(WRITE, old | {"text": f"\n{OLD}\nNot love.", "started_from": 2})
    assert boxes(answer) == ("Jean", "Rhymes with bean.\nNot love.")
    visitor.post(DRAFT, old | {"text": f"{OLD}\nNot l", "started_from": 2})
    assert Draft.objects.get().text == f"{OLD}\nNot l"


# Half-typed


@pytest.mark.parametrize(
    "half",
    [
        ("Je", ""), ("Je", "Rhymes w"), ("", "Rhymes w"), ("", "Rhymes w\n\nx"), ("a" * 70, "R"),
        ("Dr. J", "Doc"),
    ],
)  # fmt: skip
def test_a_draft_keeps_both_boxes(visitor, visitors_page, half):
    assert visitor.post(DRAFT, typed(*half)).status_code == 200
    assert boxes(visitor.get(WRITE)) == half
    assert texts(visitors_page, "call_me") == ["Jo"]


def test_a_draft_of_more_than_a_name_loses_nothing(visitor):
    visitor.post(DRAFT, typed("Jean. Rhym", "Not l"))
    assert Draft.objects.get().text == "Jean. Rhym\nNot l"
    assert boxes(visitor.get(WRITE)) == ("Jean", "Rhym\nNot l")


def test_a_draft_that_says_what_is_saved_is_none(visitor, visitors_page):
    say(visitors_page, "call_me", "Jo\nRhymes with go.")
    visitor.post(DRAFT, typed("Jo", "Rhymes with go.", started_from=2))
    assert not Draft.objects.exists()


def test_autosave_says_what_is_wrong_with_a_name(visitor):
    answer = visitor.post(DRAFT, typed("Jo" * 1_000))
    assertContains(answer, "60 letters", status_code=422)


# Two windows


@pytest.mark.parametrize(
    "mine, choice, now",
    [
        (("Jean", "Like bean."), "mine", "Jean\nLike bean."),
        (("Jean", "Like bean."), "theirs", "Jo\nLike go."),
        (("Jean", "Like bean."), "both", "Jo\nLike go.\nJean\nLike bean."),
        (("Jo", "Not love."), "both", "Jo\nLike go.\nNot love."),
        (("", "Not love."), "mine", "Jo\nNot love."),
        (("", "Not love."), "both", "Jo\nLike go.\nNot love."),
    ],
)
def test_both_texts_are_kept_and_the_name_stays_first(visitor, visitors_page, mine, choice, now):
    visitor.post(DRAFT, typed(*mine))
    say(visitors_page, "call_me", "Jo\nLike go.")
    for words in filter(None, mine):
        assertContains(visitor.get(BOTH), words)
    version = Draft.objects.get().version
    sent = {"choice": choice, "started_from": 2, "draft_stamp": version}
    assert visitor.post(BOTH, sent).status_code == 302
    assert texts(visitors_page, "call_me")[-1] == now


def test_a_save_that_meets_another_window_shows_both(visitor, visitors_page):
    say(visitors_page, "call_me", "Jo\nLike go.")
    assert visitor.post(WRITE, typed("Jean", "Like bean.")).url == BOTH
    assertContains(visitor.get(BOTH), "Jean\nLike bean.")


# Elsewhere


def test_the_lines_of_a_part_leave_the_name_first(visitor, visitors_page):
    say(visitors_page, "call_me", f"{OLD}\nNot love.")
    rows = visitor.get(PART).context["topics"][0]["lines"]
    assert [row["text"] for row in rows] == ["Jean", "Rhymes with bean.", "Not love."]
    assert [row["name"] for row in rows] == [True, False, False]
    topic = load().topic("call_me")
    for line, how in [(0, "down"), (1, "up"), (0, "remove")]:
        made = actions.change_line(profile=visitors_page, topic=topic, number=2, line=line, how=how)
        assert made is None
    assert len(texts(visitors_page, "call_me")) == 2
    actions.change_line(profile=visitors_page, topic=topic, number=2, line=1, how="remove")
    assert texts(visitors_page, "call_me")[-1] == "Jean\nNot love."


def test_a_name_that_is_all_there_is_can_be_taken_off(visitor, visitors_page):
    topic = load().topic("call_me")
    actions.change_line(profile=visitors_page, topic=topic, number=1, line=0, how="remove")
    assert visitors_page.name == ""


def test_a_name_with_a_full_stop_stands_as_it_was_typed_and_is_said_without(visitors_page):
    say(visitors_page, "call_me", "王小明。")
    assert visitors_page.answers.current().get().lines == ["王小明。"]
    assert visitors_page.name == "王小明"


def test_earlier_words_come_back_as_they_stood(visitor, visitors_page):
    say(visitors_page, "call_me", OLD)
    say(visitors_page, "call_me", "Jean\nRhymes with bean.")
    visitor.post(reverse("writing:bring_back", args=[*PLACE, 2]))
    assert texts(visitors_page, "call_me")[-1] == OLD
    assert visitors_page.name == "Jean"


def test_a_stale_form_gives_both_boxes_back_and_saves_them():
    ana = make_user("ana@example.org")
    page = make_page(ana, call_me="Ana")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    ours = {"Sec-Fetch-Site": "same-origin"}
    old = {"about_page": page.key, "csrfmiddlewaretoken": "old"}
    answer = strict.post(WRITE, typed("Anabel", "Not Annie.") | old, headers=ours)
    for words in ("Anabel", "Not Annie."):
        assertContains(answer, f"\n{words}</textarea>", status_code=403)
    token = str(answer.context["csrf_token"])
    strict.post(WRITE, dict(answer.context["again"]) | {"csrfmiddlewaretoken": token}, headers=ours)
    assert texts(page, "call_me")[-1] == "Anabel\nNot Annie."


@pytest.mark.parametrize("said", [("Ana", "Like banana."), ("Ana", ""), ("", "Like banana.")])
def test_both_boxes_are_handed_back_after_the_session_ended(client, said):
    answer = client.post(WRITE, typed(*said, about_page="a page of theirs"))
    for words in filter(None, said):
        assertContains(answer, words, status_code=410)
