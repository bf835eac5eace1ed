"""Suggestions are offered, and never applied; and every answer keeps who said it."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.answers.actions import Words
from profiles.pages.actions import delete_page, tell_by_email
from profiles.supporters import actions, suggestion_actions
from profiles.supporters.forms import SuggestForm
from profiles.supporters.models import MOST_WAITING, Suggestion, Supporter
from tests.factories import make_page, make_supporter, make_user, say, texts
from tests.names import assert_names_nobody

pytestmark = pytest.mark.django_db
Reply = Suggestion.Reply


@pytest.fixture
def offered(anas_sister: Supporter, topic_important) -> Suggestion:
    made = suggestion_actions.suggest(
        supporter=anas_sister,
        topic=topic_important,
        text="Tea first.\nRovers on Saturdays.",
        why="You told me on the phone.",
    )
    assert made
    return made


@pytest.fixture
def here(offered: Suggestion) -> str:
    return reverse("supporters:suggestion", kwargs={"ref": offered.ref})


def suggest(browser, supporter, **said):
    address = {"ref": supporter.ref, "part": "matters", "topic": "important"}
    return browser.post(reverse("supporters:suggest", kwargs=address), {"words": "Rovers."} | said)


def newest(page):
    return page.answers.about("important").with_profile(page)[0]


def test_a_suggestion_changes_nothing(sisters_browser, anas_page, anas_sister):
    suggest(sisters_browser, anas_sister)
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]
    assert anas_page.suggestions.get().text == "Rovers."


def test_it_is_in_the_log(sisters_browser, anas_page, anas_sister):
    suggest(sisters_browser, anas_sister)
    assert anas_page.looks.filter(happened=Happened.SUGGESTED).count() == 1


def test_who_was_stopped_before_they_pressed_gets_their_words_back(
    sisters_browser, dees_browser, anas_sister, ana
):
    actions.stop(supporter=anas_sister, by=ana)
    here = reverse("door:helping", kwargs={"ref": anas_sister.ref})
    for browser, status in ((sisters_browser, 410), (dees_browser, 404)):  # she never helped
        answer = suggest(browser, anas_sister, why="On the phone.")
        for words in ("Rovers.", "On the phone."):
            assertContains(answer, f">\n{words}</textarea>", status_code=status)
        assert_names_nobody(answer, "Ana", status_code=status)
        assert_names_nobody(browser.get(here), "Ana", status_code=status)
    assert not Suggestion.objects.exists()


def test_so_does_who_writes_with_somebody_whose_page_is_deleted(sisters_browser, anas_sister):
    address = {"ref": anas_sister.ref, "part": "matters", "topic": "important"}
    delete_page(profile=anas_sister.profile)
    here = reverse("supporters:write_together", kwargs=address)
    answer = sisters_browser.post(here, {"words": "Rovers."})
    assertContains(answer, ">\nRovers.</textarea>", status_code=404)
    assert sisters_browser.get(here).status_code == 404


@pytest.mark.parametrize("who", ["whoever suggested it", "a stranger"])
def test_nobody_but_the_person_answers_it(who, sister, dee, anas_page, offered, topic_important):
    by = sister if who == "whoever suggested it" else dee
    about = {"suggestion": offered, "by": by}
    words = {"topic": topic_important, "started_from": newest(anas_page).number}
    with pytest.raises(PermissionDenied):
        suggestion_actions.use(**about, **words)
    with pytest.raises(PermissionDenied):
        suggestion_actions.write_my_way(**about, **words, words=Words(text="Rovers."))
    with pytest.raises(PermissionDenied):
        suggestion_actions.answer(**about, said=Reply.KEPT)
    assert Suggestion.objects.waiting().get() == offered
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]


def test_the_person_meets_it_at_home_and_in_the_list(anas_browser, offered):
    assertContains(anas_browser.get(reverse("house:me")), "My sister Dee has an idea for")
    assertContains(anas_browser.get(reverse("supporters:suggestions")), "My sister Dee suggests")


def test_both_texts_stand_beside_each_other_with_the_differences_in_words(anas_browser, here):
    answer = anas_browser.get(here)
    for said in ("Then we talk.", "Rovers on Saturdays.", "You told me on the phone."):
        assertContains(answer, said)
    assertContains(answer, "Only here", count=2)  # one line of hers, and one of her sister's


def test_where_nothing_is_said_nothing_is_to_keep(anas_browser, anas_page, here):
    assertContains(anas_browser.get(here), "Keep mine")
    assertContains(anas_browser.get(here), "Your words now are kept in your earlier words.")
    say(anas_page, "important", "")
    answer = anas_browser.get(here)
    assertContains(answer, "Leave it blank")
    assertNotContains(answer, "Keep mine")
    assertNotContains(answer, "Your words now are kept")


def test_nothing_is_chosen_beforehand_when_words_are_suggested(sisters_browser, anas_sister):
    address = {"ref": anas_sister.ref, "part": "matters", "topic": "important"}
    form = sisters_browser.get(reverse("supporters:suggest", kwargs=address)).content.decode()
    assert 'name="words"' in form
    assert 'type="radio"' not in form
    assert "checked" not in form


def test_using_theirs_keeps_who_said_it_and_ones_earlier_words(anas_browser, anas_page, here):
    answer = anas_browser.post(here, {"say": "use", "started_from": newest(anas_page).number})
    assertRedirects(answer, reverse("supporters:suggestions"))
    assert newest(anas_page).whose == "my sister Dee, and checked with me"
    assert texts(anas_page, "important")[0] == "Tea first.\nThen we talk."
    assertContains(
        anas_browser.get(reverse("door:page")), "Said by my sister Dee, and checked with me."
    )


def test_what_the_person_says_already_stays_their_own(anas_browser, anas_page, here, offered):
    say(anas_page, "important", "Tea first.\n\nRovers on Saturdays.")
    anas_browser.post(here, {"say": "use", "started_from": newest(anas_page).number})
    assert (newest(anas_page).whose, anas_page.answers.about("important").count()) == ("", 2)
    offered.refresh_from_db()
    assert offered.answer == Reply.USED


def test_a_private_topic_stays_private_when_their_words_are_used(anas_browser, anas_page, here):
    say(anas_page, "important", "Tea.", only_me=True)
    anas_browser.post(here, {"say": "use", "started_from": newest(anas_page).number})
    assert newest(anas_page).only_me


def test_using_theirs_over_words_that_changed_since_shows_them_again(anas_browser, anas_page, here):
    number = newest(anas_page).number
    say(anas_page, "important", "Coffee.")
    assertRedirects(anas_browser.post(here, {"say": "use", "started_from": number}), here)
    assert newest(anas_page).text == "Coffee."


def test_keeping_mine_changes_nothing_and_asks_no_reason(anas_browser, anas_page, here, offered):
    anas_browser.post(here, {"say": "keep"})
    offered.refresh_from_db()
    assert offered.answer == Reply.KEPT
    assert len(texts(anas_page, "important")) == 1


def test_writing_it_my_way_saves_my_words_as_mine(anas_browser, anas_page, offered):
    here = reverse("supporters:my_way", kwargs={"ref": offered.ref})
    assertContains(anas_browser.get(here), "Rovers on Saturdays.")
    number = newest(anas_page).number
    anas_browser.post(here, {"words": "Rovers, at home.", "started_from": number})
    assert (newest(anas_page).text, newest(anas_page).whose) == ("Rovers, at home.", "")
    offered.refresh_from_db()
    assert offered.answer == Reply.CHANGED


def test_writing_it_my_way_over_newer_words_loses_neither(anas_browser, anas_page, offered):
    here = reverse("supporters:my_way", kwargs={"ref": offered.ref})
    number = newest(anas_page).number
    say(anas_page, "important", "Coffee.")
    typed = {"words": "Rovers, at home.", "started_from": number}
    answer = anas_browser.post(here, typed)
    assertContains(answer, "Coffee.", status_code=409)
    assertContains(answer, "Rovers, at home.", status_code=409)
    anas_browser.post(here, typed | {"started_from": newest(anas_page).number})
    assert texts(anas_page, "important")[-2:] == ["Coffee.", "Rovers, at home."]


def test_not_now_leaves_it_waiting(anas_browser, here, offered):
    anas_browser.post(here, {"say": "later"})
    assertContains(anas_browser.get(reverse("supporters:suggestions")), "You said: not now.")
    assert anas_browser.get(here).status_code == 200


def test_what_is_decided_stays_decided(anas_browser, here, offered):
    anas_browser.post(here, {"say": "keep"})
    for again in (
        anas_browser.post(here, {"say": "use", "started_from": 1}),  # pressed twice
        anas_browser.get(here),  # the way back of a browser
    ):
        assertRedirects(again, reverse("supporters:suggestions"))
    offered.refresh_from_db()
    assert offered.answer == Reply.KEPT


def test_words_of_my_own_outlive_a_decision_in_another_window(
    anas_browser, anas_page, here, offered
):
    mine = reverse("supporters:my_way", kwargs={"ref": offered.ref})
    typed = {"words": "Rovers, at home.", "started_from": newest(anas_page).number}
    anas_browser.post(here, {"say": "keep"})
    answer = anas_browser.post(mine, typed, follow=True)
    assertContains(answer, "Rovers, at home.</textarea>")
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]


def test_writing_it_my_way_with_two_presses_writes_it_once(anas_browser, anas_page, offered):
    mine = reverse("supporters:my_way", kwargs={"ref": offered.ref})
    typed = {"words": "Rovers, at home.", "started_from": newest(anas_page).number}
    for _press in range(2):
        assertRedirects(anas_browser.post(mine, typed), reverse("supporters:suggestions"))
    assert texts(anas_page, "important")[-1] == "Rovers, at home."
    assert anas_page.answers.about("important").count() == 2
    assert not anas_page.drafts.exists()


@pytest.mark.parametrize(
    "say, told",
    [
        ("later", "Not answered yet."),
        ("keep", "They kept their own words."),
        ("use", "Your words were used."),
    ],
)
def test_what_the_supporter_hears_of_it(
    anas_browser, sisters_browser, anas_sister, here, say, told
):
    anas_browser.post(here, {"say": say, "started_from": 1})
    page = sisters_browser.get(reverse("door:helping", kwargs={"ref": anas_sister.ref}))
    assertContains(page, told)


def test_an_email_says_so_only_to_somebody_who_wants_emails(
    sisters_browser, anas_page, anas_sister, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        suggest(sisters_browser, anas_sister)
    assert not mail.outbox
    tell_by_email(profile=anas_page, wanted=True)
    with django_capture_on_commit_callbacks(execute=True):
        suggest(sisters_browser, anas_sister, words="Biscuits.")
    (message,) = mail.outbox
    assert "Rovers" not in message.body


@pytest.mark.parametrize(
    "words, sentence",
    [
        ("", "Write some words first"),
        ("  \n ", "Write some words first"),
        ("a" * 4001, "The most we can keep here is 4,000"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(sisters_browser, anas_sister, words, sentence):
    assertContains(suggest(sisters_browser, anas_sister, words=words), sentence, status_code=422)


def test_whoever_may_only_see_cannot_suggest(ana, sisters_browser, anas_page, anas_sister):
    actions.change(supporter=anas_sister, by=ana, may="see", kept_topics=[])
    assert suggest(sisters_browser, anas_sister).status_code == 403
    assert not anas_page.suggestions.exists()


def test_there_is_a_bound_and_it_is_said(sisters_browser, anas_sister, topic_important):
    for n in range(MOST_WAITING):
        suggestion_actions.suggest(
            supporter=anas_sister, topic=topic_important, text=str(n), why=""
        )
    assertContains(suggest(sisters_browser, anas_sister), "are waiting", status_code=403)


def test_pressing_twice_offers_it_once(sisters_browser, anas_page, anas_sister, offered):
    here = reverse("door:helping", kwargs={"ref": anas_sister.ref})
    for words in ("Rovers.", "Rovers.", "Rovers on Saturdays."):
        assertRedirects(suggest(sisters_browser, anas_sister, words=words), here)
    assert anas_page.suggestions.count() == 3  # with the one that was there
    for each in anas_page.suggestions.waiting().with_profile(anas_page):
        suggestion_actions.answer(suggestion=each, by=anas_page.owner, said=Reply.KEPT)
    suggest(sisters_browser, anas_sister, words="Rovers.")  # anew, once it was answered
    assert anas_page.suggestions.count() == 4


def test_whoever_was_stopped_since_they_pressed_gets_their_words_back(
    sisters_browser, ana, anas_page, anas_sister, monkeypatch
):
    ask = SuggestForm.is_valid

    def stop_then(form):
        actions.stop(supporter=anas_sister, by=ana)
        return ask(form)

    monkeypatch.setattr(SuggestForm, "is_valid", stop_then)
    answer = suggest(sisters_browser, anas_sister, words="CNRY-words")
    assertContains(answer, "CNRY-words</textarea>", status_code=403)
    assertContains(answer, "You do not help with this page any more", status_code=403)
    assertNotContains(answer, "Tea first.", status_code=403)
    assert not anas_page.suggestions.exists()


def test_somebody_elses_suggestions_are_not_there(dees_browser, dee, here):
    make_page(dee, call_me="Dee")
    assert dees_browser.get(here).status_code == 404
    assertNotContains(dees_browser.get(reverse("supporters:suggestions")), "Rovers")


def test_one_supporter_does_not_see_what_another_suggested(anas_page, offered):
    priya = make_user("priya@example.org")
    other = make_supporter(anas_page, priya)
    assert not other.suggestions.exists()
