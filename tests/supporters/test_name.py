"""A name that a helper suggests or writes down has a box of its own, as it has for the person."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.supporters import actions, suggestion_actions
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from tests.factories import say, texts

pytestmark = pytest.mark.django_db
OLD = "Jean. Rhymes with bean."
MOVED = "Look at both boxes, then save."


def at(view: str, supporter: Supporter) -> str:
    return reverse(view, kwargs={"ref": supporter.ref, "part": "name", "topic": "call_me"})


def boxes(answer):
    form = answer.context["form"]
    return form["called"].value(), form["words"].value()


def together(supporter: Supporter, called: str, words: str) -> dict[str, str]:
    supporter = Supporter.objects.helping().get(pk=supporter.pk)
    seen = actions.visible(supporter, profile=supporter.profile, topic="call_me")
    usual = {
        "whose": "theirs",
        "started_from": actions.mark(supporter, seen),
    }
    return {"called": called, "words": words} | usual


def say_yes(browser, here, typed):
    """Show what was typed, and say yes to it."""
    return browser.post(browser.post(here, typed)["Location"], {"yes_by": "said"})


def test_a_suggested_name_and_the_rest_are_one_suggestion(sisters_browser, anas_page, anas_sister):
    page = sisters_browser.get(at("supporters:suggest", anas_sister)).content.decode()
    assert page.index("id_called") < page.index("id_words")
    said = {"called": "Ani", "words": "Like Annie."}
    assert sisters_browser.post(at("supporters:suggest", anas_sister), said).status_code == 302
    assert anas_page.suggestions.get().text == "Ani\nLike Annie."


def test_a_suggestion_of_more_than_a_name_is_shown_in_both_boxes_first(
    sisters_browser, anas_page, anas_sister
):
    answer = sisters_browser.post(at("supporters:suggest", anas_sister), {"called": OLD})
    assertContains(answer, MOVED)
    assert boxes(answer) == ("Jean", "Rhymes with bean.")
    assert not anas_page.suggestions.exists()


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"called": "", "words": ""}, "Tell us the name they like"),
        ({"called": "", "words": "Like Annie."}, "Tell us the name they like"),
        ({"called": "a" * 61, "words": "Like Annie."}, "That is 61 letters"),
    ],
)
def test_a_suggestion_that_cannot_be_kept_comes_back(
    sisters_browser, anas_page, anas_sister, said, sentence
):
    answer = sisters_browser.post(at("supporters:suggest", anas_sister), said)
    assertContains(answer, sentence, status_code=422)
    assert boxes(answer) == tuple(said.values())
    assert not anas_page.suggestions.exists()


def test_a_thought_about_words_looks_into_both_boxes(sisters_browser, anas_page, anas_sister):
    for box in ("called", "words"):
        said = {"called": "Ani", "words": "x"} | {box: "a challenging behaviour"}
        answer = sisters_browser.post(at("supporters:suggest", anas_sister), said)
        assertContains(answer, "A thought about your words")
    assert not anas_page.suggestions.exists()


def test_a_suggestion_changed_in_ones_own_way_has_both_boxes(anas_browser, anas_page, anas_sister):
    offered = suggestion_actions.suggest(
        supporter=anas_sister, topic=load().topic("call_me"), text=OLD, why=""
    )
    assert offered
    here = reverse("supporters:my_way", kwargs={"ref": offered.ref})
    answer = anas_browser.get(here)
    assertContains(answer, MOVED)
    assert boxes(answer) == ("Jean", "Rhymes with bean.")
    anas_browser.post(here, {"called": "Jean", "words": "Like bean.", "started_from": 1})
    assert texts(anas_page, "call_me")[-1] == "Jean\nLike bean."


def test_a_suggestion_in_old_words_gives_a_name_alone(anas_browser, anas_page, anas_sister):
    offered = suggestion_actions.suggest(
        supporter=anas_sister, topic=load().topic("call_me"), text=OLD, why=""
    )
    assert offered
    here = reverse("supporters:suggestion", kwargs={"ref": offered.ref})
    theirs = anas_browser.get(here).context["theirs"]["text"]
    assert theirs == "Jean\nRhymes with bean."  # as it will stand in both boxes
    anas_browser.post(here, {"say": "use", "started_from": 1})
    assert texts(anas_page, "call_me")[-1] == OLD
    assert anas_page.name == "Jean"


def test_writing_together_has_both_boxes(sisters_browser, anas_page, anas_sister):
    say(anas_page, "call_me", f"{OLD}\nNot Jeanie.")
    here = at("supporters:write_together", anas_sister)
    assert boxes(sisters_browser.get(here)) == ("Jean", "Rhymes with bean.\nNot Jeanie.")
    answer = sisters_browser.post(here, together(anas_sister, "Jean (she)", "Not Jeanie."))
    assertContains(answer, MOVED)
    assert boxes(answer) == ("Jean", "(she)\nNot Jeanie.")
    say_yes(sisters_browser, here, together(anas_sister, *boxes(answer)))
    assert texts(anas_page, "call_me")[-1] == "Jean\n(she)\nNot Jeanie."


def test_writing_together_beside_another_window_loses_neither(
    sisters_browser, anas_page, anas_sister
):
    typed = together(anas_sister, "Jean", "Like bean.")
    say(anas_page, "call_me", "Jo\nLike go.")
    answer = say_yes(sisters_browser, at("supporters:write_together", anas_sister), typed)
    assertContains(answer, "Like go.", status_code=409)
    assert boxes(answer) == ("Jean", "Like bean.")
