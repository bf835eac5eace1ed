"""Is it still right? A page gone through topic by topic, in any number of sittings."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.review import actions as review_actions
from profiles.review.course import course_of
from profiles.review.models import Checked, Review
from profiles.review.queries import due_for_review
from profiles.topics.load import load
from tests.factories import make_page, say, signed_in, texts
from tests.writing.test_write import typed

pytestmark = pytest.mark.django_db

REVIEW, END = reverse("review:review"), reverse("review:end")
BEGIN, LATER = reverse("review:begin"), reverse("review:later")
EMAILS, HOME = reverse("review:emails"), reverse("house:me")


def at(topic: str) -> str:
    return reverse("review:topic", kwargs={"topic": topic})


def write_in_review(topic: str) -> str:
    return reverse("writing:write", args=[load().topic(topic).part, topic]) + "?review=yes"


@pytest.fixture
def full(anas_page: Profile) -> Profile:
    """Ana's page, with a name and three more answers."""
    say(anas_page, "people", "My sister Dee.")
    say(anas_page, "sleep", "Bed at ten.")
    return anas_page


def begin(browser: Client, why: str = "") -> str:
    return browser.post(BEGIN, {"why": why}).url


def press(browser: Client, page: Profile, topic: str, what: str = "right") -> str:
    number = page.answers.about(topic).first().number
    return browser.post(at(topic), {"say": what, "number": number}).url


def how(page: Profile) -> dict[str, str]:
    return {topic: row.how for topic, row in page.checked.by_topic().items()}


def long_ago(page: Profile, days: int = 200) -> None:
    """Let the first word have been said so long ago. (It was taken away again.)"""
    moment = timezone.now() - timedelta(days=days)
    Answer.objects.create(
        profile=page, topic="calm", number=1, text="", is_clear=True, said_at=moment
    )


def test_it_asks_each_topic_that_has_an_answer_once_in_the_order_of_the_page(anas_browser, full):
    assert begin(anas_browser) == at("call_me")
    assert press(anas_browser, full, "call_me") == at("important")
    assert press(anas_browser, full, "important") == at("people")
    assert press(anas_browser, full, "people") == at("sleep")
    assert press(anas_browser, full, "sleep") == END
    assertContains(anas_browser.get(END), "You checked your page on")
    assert full.reviews.get().finished_at


def test_a_topic_shows_its_words_as_they_stand_how_far_one_is_and_three_buttons(anas_browser, full):
    begin(anas_browser)
    page = anas_browser.get(at("important")).content.decode()
    for words in ("Tea first.", "Then we talk.", "2 of 4", "Still right", "Change", "Not now"):
        assert words in page


def test_what_is_kept_to_oneself_is_asked_too(anas_browser, full):
    say(full, "health", "Tablets at nine.", only_me=True)
    begin(anas_browser)
    assertContains(anas_browser.get(at("health")), "Only you can see this.")


@pytest.mark.parametrize("why", ["moved", "hospital"])
def test_what_a_change_touches_comes_first(anas_browser, full, why):
    say(full, "must_know", "I am allergic to peanuts.")
    assert begin(anas_browser, why) == at("must_know")
    review = full.reviews.get()
    assert review.why == why
    assert {topic.key for topic in course_of(review, full).topics} == {
        "must_know", "call_me", "important", "people", "sleep",
    }  # fmt: skip


def test_a_change_that_we_do_not_know_is_not_found(anas_browser, full):
    assert anas_browser.post(BEGIN, {"why": "married"}).status_code == 404


def test_it_goes_on_where_it_was_left_on_any_device(ana, anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    other = signed_in(ana)
    assertContains(other.get(HOME), "You have looked at 1 of 4.")
    assert begin(other) == at("important")
    assert Review.objects.count() == 1


def test_begun_for_another_reason_it_begins_anew(anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    begin(anas_browser, "moved")
    assertContains(anas_browser.get(REVIEW), "You have looked at 0 of 4.")


def test_what_was_said_three_months_ago_is_no_answer_for_today(anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    Review.objects.update(begun_at=timezone.now() - timedelta(days=90))
    assertNotContains(anas_browser.get(HOME), "You have begun")
    assertRedirects(anas_browser.get(at("important")), REVIEW)
    assert begin(anas_browser) == at("call_me")


def test_change_leads_to_the_question_and_saving_leads_on(anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    assertContains(anas_browser.get(at("important")), write_in_review("important"))
    assertContains(anas_browser.get(write_in_review("important")), "Back to the check")
    saved = anas_browser.post(write_in_review("important"), typed("Coffee.", started_from=1))
    assert saved.url == at("people")
    assert how(full)["important"] == "changed"
    assert texts(full, "important")[-1] == "Coffee."


def test_words_that_were_left_as_they_were_are_still_right(anas_browser, full):
    begin(anas_browser)
    same = typed("Tea first.\nThen we talk.", started_from=1)
    anas_browser.post(write_in_review("important"), same)
    assert how(full)["important"] == "right"


def test_saving_to_stop_for_now_goes_home_and_counts(anas_browser, full):
    begin(anas_browser)
    saved = anas_browser.post(
        write_in_review("important"), typed("Coffee.", started_from=1, later="yes")
    )
    assert saved.url == HOME
    assert how(full) == {"important": "changed"}


def test_a_question_opened_in_another_way_is_no_part_of_it(anas_browser, full):
    begin(anas_browser)
    plain = write_in_review("important").partition("?")[0]
    saved = anas_browser.post(plain, typed("Coffee.", started_from=1))
    assert "review" not in saved.url
    assert how(full) == {}


def test_words_that_changed_meanwhile_are_shown_and_not_said_right(anas_browser, full):
    begin(anas_browser)
    say(full, "important", "Coffee first.")
    answer = anas_browser.post(at("important"), {"say": "right", "number": 1})
    assertContains(answer, "Coffee first.", status_code=409)
    assertContains(answer, "These words have changed", status_code=409)
    assert how(full) == {}


def test_a_conflict_keeps_both_texts_and_comes_back_to_the_check(anas_browser, full):
    begin(anas_browser)
    say(full, "important", "Coffee first.")
    met = anas_browser.post(write_in_review("important"), typed("Milk first.", started_from=1))
    assert met.url.endswith("/both/?review=yes")
    version = full.drafts.get().version
    chosen = {"choice": "both", "started_from": 2, "draft_stamp": version}
    assert anas_browser.post(met.url, chosen).url == at("important")
    assertContains(anas_browser.get(at("important")), "Milk first.")
    assert how(full) == {}


def test_half_typed_words_are_told_and_stay(anas_browser, full):
    draft_actions.save_draft(
        profile=full, topic=load().topic("important"), words=Words(text="Milk"),
        started_from=1, version="",
    )  # fmt: skip
    begin(anas_browser)
    assertContains(anas_browser.get(at("important")), "You typed something here")
    press(anas_browser, full, "important")
    draft = full.drafts.get()
    assert draft.text == "Milk"
    away = reverse("writing:throw_away", args=["matters", "important"]) + "?review=yes"
    assert anas_browser.post(away, {"draft_stamp": draft.version}).url == write_in_review(
        "important"
    )


def test_what_was_put_off_is_said_at_the_end_and_the_earlier_date_stays(anas_browser, full):
    earlier = timezone.now() - timedelta(days=200)
    full.reviews.create(with_person=True, begun_at=earlier, finished_at=earlier)
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    press(anas_browser, full, "important", "later")
    press(anas_browser, full, "people")
    assert press(anas_browser, full, "sleep", "later") == END
    assertContains(anas_browser.get(END), "You said “Not now” to these:")
    assertContains(anas_browser.get(END), "So the page still says that it was checked on")
    assert full.reviews.finished().first().finished_at == earlier


def test_what_was_put_off_can_be_looked_at_at_once_and_then_it_counts(anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me", "later")
    press(anas_browser, full, "important")
    press(anas_browser, full, "people", "later")
    press(anas_browser, full, "sleep")
    assert begin(anas_browser) == at("call_me")
    assert press(anas_browser, full, "call_me") == at("people")
    assert press(anas_browser, full, "people") == END
    assert full.reviews.get().finished_at


def test_putting_topics_off_puts_the_asking_off_for_a_month(anas_browser, full):
    long_ago(full)
    begin(anas_browser)
    for topic in ("call_me", "important", "people", "sleep"):
        press(anas_browser, full, topic, "later")
    assertNotContains(anas_browser.get(HOME), "It takes about two minutes.")
    now = timezone.now()
    assert not due_for_review(now).exists()
    assert due_for_review(now + timedelta(days=31)).exists()


def test_blanks_are_not_asked_and_are_told_at_the_end_without_blame(anas_browser, full):
    begin(anas_browser)
    for topic in ("call_me", "important", "people", "sleep"):
        press(anas_browser, full, topic)
    page = anas_browser.get(END)
    assertContains(page, "You have said nothing about:")
    assertContains(page, "That is fine.")


def test_a_topic_that_was_cleared_meanwhile_is_not_asked_any_more(anas_browser, full):
    begin(anas_browser)
    for topic in ("call_me", "important", "people"):
        press(anas_browser, full, topic)
    say(full, "sleep", "")
    assert begin(anas_browser) == END
    assert full.reviews.get().finished_at


def test_pressed_twice_it_is_written_once(anas_browser, full):
    begin(anas_browser)
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    press(anas_browser, full, "call_me")
    assert (Review.objects.count(), Checked.objects.count()) == (1, 1)


def test_home_asks_when_it_is_time_and_not_before(anas_browser, full):
    assertNotContains(anas_browser.get(HOME), "It takes about two minutes.")
    long_ago(full)
    assertContains(anas_browser.get(HOME), "It takes about two minutes.")


def test_not_now_puts_it_off_and_home_asks_no_more(anas_browser, full):
    long_ago(full)
    assertRedirects(anas_browser.post(LATER), HOME)
    assertNotContains(anas_browser.get(HOME), "It takes about two minutes.")


def test_a_page_with_nothing_on_it_cannot_be_checked(visitor, visitors_page):
    say(visitors_page, "call_me", "")
    assertContains(visitor.get(REVIEW), "There is nothing on this page yet.")
    assert visitor.post(BEGIN).status_code == 403


def test_somebody_without_an_account_can_check_their_page(visitor, visitors_page):
    assert begin(visitor) == at("call_me")
    assertNotContains(visitor.get(REVIEW), "An email when it is time")


@pytest.mark.parametrize("say_what", ["", "wrong", "right"])
def test_a_press_that_says_nothing_is_not_found(anas_browser, full, say_what):
    begin(anas_browser)
    assert anas_browser.post(at("important"), {"say": say_what}).status_code == 404


def test_a_topic_that_is_none_is_not_found(anas_browser, full):
    begin(anas_browser)
    assert anas_browser.get(at("shoe_size")).status_code == 404


def test_a_topic_with_no_answer_leads_back(anas_browser, full):
    begin(anas_browser)
    assertRedirects(anas_browser.get(at("calm")), REVIEW)


def test_before_it_is_through_there_is_no_end(anas_browser, full):
    assertRedirects(anas_browser.get(END), REVIEW)
    begin(anas_browser)
    assertRedirects(anas_browser.get(END), REVIEW)


def test_a_check_of_a_page_kept_for_somebody_is_not_with_them(full):
    full.for_someone = True
    assert review_actions.begin(profile=full).with_person is False


def test_what_a_keeper_began_is_not_gone_on_with_as_the_persons_own_check(full):
    full.for_someone = True
    began = review_actions.begin(profile=full)
    full.for_someone = False  # handed to its person
    mine = review_actions.begin(profile=full)
    assert (mine.pk != began.pk, mine.with_person) == (True, True)


def test_deleting_the_page_takes_its_checks_along(anas_browser, full):
    begin(anas_browser)
    press(anas_browser, full, "call_me")
    page_actions.delete_page(profile=full)
    assert not (Review.objects.exists() or Checked.objects.exists())


@pytest.mark.parametrize("wanted", ["no", "yes"])
def test_emails_are_stopped_and_started_again_with_one_button(anas_browser, full, wanted):
    assertRedirects(anas_browser.post(EMAILS, {"wanted": wanted}), REVIEW)
    full.refresh_from_db()
    assert full.reminds_me is (wanted == "yes")


def test_a_stranger_has_no_check_of_anas_page(dees_browser, full):
    assert dees_browser.get(REVIEW).url == reverse("pages:start")


def test_old_pages_are_not_checked_by_opening_anything(anas_browser, full):
    for address in (REVIEW, at("important"), END, HOME):
        anas_browser.get(address)
    assert not Review.objects.exists()
    assert make_page(call_me="Jo").reviews.count() == 0
