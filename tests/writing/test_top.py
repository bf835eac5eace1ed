"""The danger must not be buried: a line that warns is asked about once, and moved by nobody."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.answers import draft_actions, raising
from profiles.answers.actions import Words
from profiles.answers.models import Raised
from profiles.pages.models import Profile
from profiles.topics.load import load
from tests.factories import make_share, say, texts

pytestmark = pytest.mark.django_db
CHOKE, NUTS = "I can choke. Cut my food small.", "I must not have nuts."
HOME = reverse("house:me")


def write_url(topic):
    return reverse("writing:write", args=[load().topic(topic).part, topic])


def top_url(topic):
    return f"{write_url(topic)}?top=yes"


TOP = top_url("eating")


def save(browser, text, number=0, topic="eating", **said):
    typed = {
        "text": text,
        "picture": "",
        "only_me": "no",
        "started_from": number,
        "draft_stamp": "",
    }
    return browser.post(write_url(topic), typed | said)


def seen(page, topic="eating"):
    return raising.asking(page, load().topic(topic)).seen


def yes(browser, page, *numbers, **said):
    return browser.post(TOP, {"say": "yes", "lines": numbers or ["0"], "seen": seen(page)} | said)


def no(browser, page, address=TOP):
    return browser.post(address, {"say": "no", "seen": seen(page)})


def at_top(page):
    return (texts(page, "must_know") or [""])[-1].splitlines()


# It is asked


def test_a_line_that_warns_is_saved_and_then_asked_about(visitor, visitors_page):
    assertRedirects(save(visitor, f"Soup.\n{CHOKE}"), TOP)
    assert texts(visitors_page, "eating") == [f"Soup.\n{CHOKE}"]
    assertContains(visitor.get(TOP), CHOKE)
    assertNotContains(visitor.get(TOP), "Soup.")
    assertContains(visitor.get(TOP), "Nothing stands at the top yet")
    assert at_top(visitors_page) == []  # it moves nothing by itself


def test_it_is_asked_though_something_stands_at_the_top(visitor, visitors_page):
    say(visitors_page, "must_know", NUTS)
    assertRedirects(save(visitor, CHOKE), TOP)
    assertContains(visitor.get(TOP), NUTS)


def test_less_is_asked_about_while_something_stands_at_the_top(visitor, visitors_page):
    assertRedirects(save(visitor, "My drinks are thickened.", topic="senses"), top_url("senses"))
    say(visitors_page, "must_know", NUTS)
    assert save(visitor, "My drinks are thickened.")["Location"] != TOP


@pytest.mark.parametrize("topic", ["must_know", "ring_first", "not_contact"])
def test_some_topics_are_never_asked_about(visitor, topic):
    said = {"only_me": "no"}
    assert save(visitor, "Dad must not be told.", topic=topic, **said)["Location"] != top_url(topic)
    assert visitor.get(top_url(topic)).status_code == 302


def test_what_stands_at_the_top_already_is_not_asked_about(visitor, visitors_page):
    say(visitors_page, "must_know", "I CAN CHOKE - cut my food small")
    assert save(visitor, CHOKE)["Location"] != TOP


@pytest.mark.parametrize("text", ["Tea, strong, two sugars.", "I do not choke on soup at 5.", ""])
def test_what_warns_of_nothing_is_not(visitor, visitors_page, text):
    say(visitors_page, "eating", "Toast at 8.")
    assert save(visitor, text, 1)["Location"] != TOP


def test_a_page_in_another_language_is_left_alone(visitor, visitors_page):
    Profile.objects.filter(pk=visitors_page.pk).update(language="cy")
    assert save(visitor, CHOKE)["Location"] != TOP


def test_a_page_for_somebody_is_asked_about_in_words_for_its_keeper(visitor, visitors_page):
    Profile.objects.filter(pk=visitors_page.pk).update(for_someone=True)
    assertRedirects(save(visitor, CHOKE, only_me="yes"), TOP)
    assertContains(visitor.get(TOP), "This answer is kept between them and you.")


# Once


def test_a_line_is_brought_up_once(visitor, visitors_page):
    save(visitor, CHOKE)
    assert save(visitor, f"{CHOKE}\nSoup at 6.", 1)["Location"] != TOP


def test_another_line_is_asked_about_too(visitor, visitors_page):
    save(visitor, CHOKE)
    assertRedirects(save(visitor, f"{CHOKE}\n{NUTS}", 1), TOP)


def test_a_no_is_kept_for_that_line_wherever_it_is_said(visitor, visitors_page):
    save(visitor, CHOKE)
    assert no(visitor, visitors_page)["Location"] == write_url("moving")
    assert visitor.get(TOP).status_code == 302
    say(visitors_page, "eating", "Toast at 8.")
    for topic, text in (("eating", CHOKE), ("eating", CHOKE.upper()), ("sleep", CHOKE)):
        number = visitors_page.answers.about(topic).count()
        assert save(visitor, text, number, topic=topic)["Location"] != top_url(topic)
    assertNotContains(visitor.get(HOME), "Should this stand at the top too?")
    assert at_top(visitors_page) == []


def test_a_line_taken_off_the_top_again_is_not_asked_about_again(visitor, visitors_page):
    save(visitor, CHOKE)
    yes(visitor, visitors_page)
    say(visitors_page, "must_know", "")
    assert save(visitor, f"{CHOKE}\nToast at 8.", 1)["Location"] != TOP
    assertNotContains(visitor.get(HOME), "Should this stand at the top too?")


def test_whoever_stops_for_now_is_not_held_up_and_is_asked_at_home(visitor, visitors_page):
    assertRedirects(save(visitor, CHOKE, later="yes"), HOME)
    assertContains(visitor.get(HOME), CHOKE)
    assertContains(visitor.get(HOME), f"{TOP}&amp;home=yes")
    assertRedirects(no(visitor, visitors_page, f"{TOP}&home=yes"), HOME)


def test_words_that_came_by_any_way_are_asked_about_at_home(visitor, visitors_page):
    say(visitors_page, "sleep", "Never lay me flat.")
    assertContains(visitor.get(HOME), "Never lay me flat.")


# A yes


def test_a_yes_adds_the_line_and_leaves_it_where_it_is(visitor, visitors_page):
    save(visitor, CHOKE)
    assertRedirects(yes(visitor, visitors_page), write_url("moving"))
    assert at_top(visitors_page) == [CHOKE]
    assert texts(visitors_page, "eating") == [CHOKE]


def test_it_stands_below_what_stood_there_and_the_earlier_words_are_kept(visitor, visitors_page):
    say(visitors_page, "must_know", NUTS, picture="1F95C")
    save(visitor, CHOKE)
    yes(visitor, visitors_page)
    assert texts(visitors_page, "must_know") == [NUTS, f"{NUTS}\n{CHOKE}"]
    assert visitors_page.answers.about("must_know").first().picture == "1F95C"


def test_of_several_lines_only_those_that_were_ticked(visitor, visitors_page):
    save(visitor, f"{CHOKE}\nSoup.\n{NUTS}")
    assertContains(visitor.get(TOP), 'type="checkbox"', count=2)
    assertNotContains(visitor.get(TOP), "checked")
    yes(visitor, visitors_page, "2")
    assert at_top(visitors_page) == [NUTS]
    assert visitor.get(TOP).status_code == 302  # what was not ticked is a no


def test_of_several_lines_none_ticked_is_told(visitor, visitors_page):
    save(visitor, f"{CHOKE}\n{NUTS}")
    answer = visitor.post(TOP, {"say": "yes", "seen": seen(visitors_page)})
    assertContains(answer, "Tick what should stand at the top", status_code=422)


def test_a_full_top_is_told_kindly_and_loses_nothing(visitor, visitors_page):
    say(visitors_page, "must_know", "One.\nTwo.\nThree.")
    save(visitor, CHOKE)
    full = visitor.get(TOP)
    assertContains(full, "That is full")
    # The first button is the one that Enter presses: it is no “no”.
    assert re.findall(r"<button[^>]*>", full.text.partition("<main")[2])[0].endswith(" hidden>")
    assertNotContains(visitor.get(TOP), "Put it at the top too")
    answer = yes(visitor, visitors_page)
    assertContains(answer, "3 lines stand at the top already", status_code=422)
    assert at_top(visitors_page) == ["One.", "Two.", "Three."]
    say(visitors_page, "must_know", "One.\nTwo.")
    yes(visitor, visitors_page)
    assert at_top(visitors_page) == ["One.", "Two.", CHOKE]


def test_more_than_there_is_room_for_is_told(visitor, visitors_page):
    say(visitors_page, "must_know", "One.\nTwo.")
    save(visitor, f"{CHOKE}\n{NUTS}")
    answer = yes(visitor, visitors_page, "0", "1")
    assertContains(answer, "There is room for 1 more", status_code=422)
    assert at_top(visitors_page) == ["One.", "Two."]


def test_a_second_press_adds_nothing(visitor, visitors_page):
    save(visitor, CHOKE)
    sent = {"say": "yes", "lines": ["0"], "seen": seen(visitors_page)}
    assert [visitor.post(TOP, sent).status_code for _ in range(2)] == [302, 302]
    assert texts(visitors_page, "must_know") == [CHOKE]


@pytest.mark.parametrize("number", ["1", "-1", "7", "x", "0 0"])
def test_only_a_line_that_was_asked_about_can_be_chosen(visitor, visitors_page, number):
    save(visitor, f"{CHOKE}\nSoup.")
    assert yes(visitor, visitors_page, number).status_code == 422
    assert at_top(visitors_page) == []


def test_half_typed_words_for_the_top_are_not_lost(visitor, visitors_page):
    must_know = load().topic("must_know")
    words = Words(text="Half a thought")
    draft_actions.save_draft(
        profile=visitors_page, topic=must_know, words=words, started_from=0, version=""
    )
    save(visitor, CHOKE)
    yes(visitor, visitors_page)
    assertContains(visitor.get(write_url("must_know")), "Look at both")
    assert visitors_page.drafts.about("must_know").get().text == "Half a thought"


# Whose words, and who sees them


def test_words_stay_whose_they_were(visitors_page):
    topic = load().topic("eating")
    say(visitors_page, "eating", CHOKE, said_by="Dee", checked=True)
    raising.put_at_top(profile=visitors_page, topic=topic, lines=[CHOKE], seen=seen(visitors_page))
    top = visitors_page.answers.about("must_know").get()
    assert (top.said_by, top.checked) == ("Dee", True)


def test_nobody_is_said_to_have_said_the_words_of_another(visitors_page):
    topic = load().topic("eating")
    say(visitors_page, "must_know", NUTS, said_by="Dee", checked=True)
    say(visitors_page, "eating", CHOKE)
    raising.put_at_top(profile=visitors_page, topic=topic, lines=[CHOKE], seen=seen(visitors_page))
    assert visitors_page.answers.about("must_know").first().said_by == ""


def test_who_sees_the_top_is_said_before_a_kept_line_is_put_there(visitor, visitors_page):
    save(visitor, CHOKE, only_me="yes")
    assertContains(visitor.get(TOP), "You keep this answer to yourself.")
    assertContains(visitor.get(TOP), "The top is shown to everybody you share it with")
    yes(visitor, visitors_page)
    assert not visitors_page.answers.about("must_know").get().only_me
    assert visitors_page.answers.about("eating").get().only_me


def test_a_top_that_is_kept_stays_kept(visitor, visitors_page):
    say(visitors_page, "must_know", NUTS, only_me=True)
    save(visitor, CHOKE)
    assertContains(visitor.get(TOP), "You keep what stands at the top to yourself too")
    yes(visitor, visitors_page)
    assert visitors_page.answers.about("must_know").first().only_me


def test_who_would_see_it_at_once_is_named(anas_browser, anas_page):
    make_share(anas_page, topics=("must_know",))
    say(anas_page, "eating", CHOKE)
    assertContains(anas_browser.get(TOP), "Priya, Sunrise Home Care")


# Another window, and an old page


@pytest.mark.parametrize(
    ("topic", "kept"),
    [("must_know", {}), ("must_know", {"only_me": True}), ("eating", {"only_me": True})],
)
def test_what_changed_meanwhile_is_shown_before_a_yes_counts(visitor, visitors_page, topic, kept):
    say(visitors_page, "must_know", "One.")
    save(visitor, CHOKE)
    sent = {"say": "yes", "lines": ["0"], "seen": seen(visitors_page)}
    text = {"must_know": "One.\nTwo.", "eating": CHOKE}[topic]
    say(visitors_page, topic, text, **kept)
    before = at_top(visitors_page)
    assertContains(visitor.post(TOP, sent), "Something has changed", status_code=409)
    assert at_top(visitors_page) == before
    assert visitor.post(TOP, sent | {"seen": seen(visitors_page)}).status_code == 302
    assert at_top(visitors_page) == [*before, CHOKE]


def test_a_line_that_was_taken_back_is_not_brought_back(visitor, visitors_page):
    save(visitor, CHOKE)
    sent = {"say": "yes", "lines": ["0"], "seen": seen(visitors_page)}
    say(visitors_page, "eating", "")
    assert visitor.post(TOP, sent).status_code == 302
    assert at_top(visitors_page) == []


def test_a_no_is_for_the_lines_that_were_seen(visitor, visitors_page):
    save(visitor, CHOKE)
    old = seen(visitors_page)
    say(visitors_page, "eating", f"{CHOKE}\n{NUTS}")
    answer = visitor.post(TOP, {"say": "no", "seen": old})
    assertContains(answer, NUTS, status_code=409)
    assert visitors_page.raised.decided().count() == 0


@pytest.mark.parametrize("old", ["", "0.0", "1", "9.9", "1.0.0", "x" * 300])
def test_a_mark_that_is_not_of_now_is_not_believed(visitor, visitors_page, old):
    save(visitor, CHOKE)
    assert yes(visitor, visitors_page, seen=old).status_code in {409, 422}
    assert at_top(visitors_page) == []


def test_the_words_that_were_brought_up_are_sealed(visitor, visitors_page):
    save(visitor, CHOKE)
    assert b"choke" not in bytes(Raised.objects.values_list("line", flat=True).get())
