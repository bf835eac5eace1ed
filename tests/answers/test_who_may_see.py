"""Words return; who may see them is what the person said last. A form is not believed."""

import pytest
from django.urls import reverse

from profiles.answers import actions
from profiles.answers.actions import Conflict, Words
from profiles.answers.forms import MOST_ROWS
from profiles.answers.models import Agreed
from profiles.imports import actions as imports
from profiles.imports.actions import ChosenWords
from profiles.imports.brought import FromFile, changes
from profiles.topics.load import load
from tests.factories import make_page, say, texts

pytestmark = pytest.mark.django_db
SLEEP = load().topic("sleep")
WRITE = reverse("writing:write", args=["help", "sleep"])
BOTH = reverse("writing:both", args=["help", "sleep"])


def test_what_was_agreed_to_is_of_one_page_alone():
    page, another = make_page(sleep="A light on."), make_page(sleep="CNRY")
    said = [*page.answers.all(), *another.answers.all()]
    for topics in (["sleep"], None):
        agreed = Agreed(page=page.pk, topics=topics, kept_topics=["sleep"])
        assert agreed.shown(said) == [*page.answers.all()]


def newest(page):
    return page.answers.about("sleep").with_profile(page)[0]


def an_earlier_word(page, earlier):
    actions.bring_back(profile=page, topic=SLEEP, answer=earlier, started_from=newest(page).number)


def an_earlier_page(page, earlier):
    edition = page.editions.get(number=1)
    actions.bring_back_edition(profile=page, edition=edition, topics=[SLEEP])


def a_file(page, earlier):
    [change] = changes(page, [FromFile(topic=SLEEP, text=earlier.text)])
    chosen = ChosenWords(topic=SLEEP, words=change.words, started_from=change.number)
    imports.bring(profile=page, words=[chosen], photo=None)


@pytest.mark.parametrize("only_me", [True, False])
@pytest.mark.parametrize("brings", [an_earlier_word, an_earlier_page, a_file])
def test_words_return_to_those_who_may_see_them_now(brings, only_me):
    page = make_page()
    earlier = say(page, "sleep", "Window open.", only_me=not only_me)
    actions.freeze_if_changed(page)
    say(page, "sleep", "Door open.", only_me=only_me)
    brings(page, earlier)
    assert (newest(page).text, newest(page).only_me) == ("Window open.", only_me)


@pytest.mark.parametrize("only_me", [True, False])
def test_a_page_of_before_this_topic_takes_the_words_off_and_leaves_who_may_see(only_me):
    page = make_page(important="Tea.")
    edition = actions.freeze_if_changed(page).edition
    say(page, "sleep", "Door open.", only_me=only_me)
    actions.bring_back_edition(profile=page, edition=edition, topics=[SLEEP])
    assert newest(page).is_clear and newest(page).only_me == only_me


@pytest.mark.parametrize(
    "mine, theirs, choice, kept",
    [
        (False, True, "mine", True), (True, False, "mine", True), (False, False, "mine", False),
        (False, True, "both", True), (True, False, "both", True), (False, False, "both", False),
        (False, True, "theirs", True), (True, False, "theirs", False), (True, True, "theirs", True),
    ],
)  # fmt: skip
def test_a_conflict_opens_nothing_that_either_text_keeps(mine, theirs, choice, kept):
    page = make_page()
    said = say(page, "sleep", "Door open.", only_me=theirs)
    actions.settle(
        profile=page, topic=SLEEP, mine=Words(text="Window open.", only_me=mine), choice=choice,
        started_from=said.number,
    )  # fmt: skip
    assert newest(page).only_me == kept
    below = [row.only_me for row in page.answers.about("sleep") if row.number == 2]
    assert choice != "theirs" or below == [mine or theirs]


@pytest.mark.parametrize("started_from", [-1, 0, 2, 1_000_000, MOST_ROWS])
def test_a_number_that_is_not_the_newest_is_a_conflict(started_from):
    page = make_page(sleep="Door open.")
    with pytest.raises(Conflict):
        actions.save_answer(
            profile=page, topic=SLEEP, words=Words(text="Mine."), started_from=started_from
        )
    assert texts(page, "sleep") == ["Door open."]


@pytest.mark.parametrize("began", ["", "Door open."])
@pytest.mark.parametrize("path", ["", "draft/"])
def test_a_made_up_number_keeps_nobody_out_and_loses_no_word(anas_browser, anas_page, path, began):
    say(anas_page, "sleep", began)
    said = {"text": "Window open.", "picture": "", "only_me": "no", "draft_stamp": ""}
    anas_browser.post(f"{WRITE}{path}", said | {"started_from": 1_000_000})
    assert anas_page.drafts.get().text == "Window open."
    if began:
        assert "Window open." in anas_browser.get(BOTH, follow=True).content.decode()
    form = anas_browser.get(WRITE).context["form"]
    again = {name: form[name].value() for name in ("started_from", "draft_stamp")}
    assert anas_browser.post(WRITE, said | again | {"text": "Light on."}).status_code == 302
    assert texts(anas_page, "sleep")[-1] == "Light on."


def test_whoever_was_kept_out_by_such_a_number_can_save_again(anas_browser, anas_page):
    said = say(anas_page, "sleep", "Door open.")
    anas_page.answers.create(profile=anas_page, topic="sleep", number=1_000_001, text="Light on.")
    form = anas_browser.get(WRITE).context["form"]
    words = {"text": "Window open.", "picture": "", "only_me": "no", "draft_stamp": ""}
    number = form["started_from"].value()
    assert number > said.number
    assert anas_browser.post(WRITE, words | {"started_from": number}).status_code == 302
    assert texts(anas_page, "sleep")[-1] == "Window open."


def test_three_windows_that_save_one_after_the_other_lose_nothing(anas_browser, anas_page):
    for words in ("Door open.", "Window open.", "Light on."):
        said = {"text": words, "picture": "", "only_me": "no", "started_from": 0, "draft_stamp": ""}
        assert anas_browser.post(WRITE, said).status_code == 302
    assert texts(anas_page, "sleep") == ["Door open.", "Window open.", "Door open."]
    assert anas_page.drafts.get().text == "Light on."
