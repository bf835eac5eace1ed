"""One question: what was said, and a box for what to say now."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from profiles.answers.models import Draft
from profiles.pages.models import Profile
from tests.factories import say, texts

pytestmark = pytest.mark.django_db
WRITE = reverse("writing:write", args=["matters", "important"])
DRAFT = reverse("writing:draft", args=["matters", "important"])
BOTH = reverse("writing:both", args=["matters", "important"])


def typed(text, **others):
    return {
        "text": text,
        "picture": "",
        "only_me": "no",
        "started_from": 0,
        "draft_stamp": "",
    } | others


def seen():
    """What the conflict page's form says of the half-typed words it shows."""
    return {"draft_stamp": Draft.objects.get().version}


def test_it_shows_what_was_said_before(anas_browser):
    page = anas_browser.get(WRITE).content.decode()
    assert "Tea first.\nThen we talk.</textarea>" in page


def test_somebody_who_helps_is_asked_who_may_see_it_in_words_that_fit(anas_browser, anas_page):
    Profile.objects.update(for_someone=True)
    page = anas_browser.get(WRITE).content.decode()
    assert "It can go on their page" in page
    assert "Only me, for now" not in page


def test_saving_keeps_the_words_and_carries_on(anas_browser, anas_page):
    response = anas_browser.post(WRITE, typed("Coffee at 8.", started_from=1))
    assert response.url == reverse("writing:write", args=["matters", "people"])
    assert texts(anas_page, "important")[-1] == "Coffee at 8."


def test_a_window_chooses_the_version_of_its_draft_and_no_other_shape_is_kept(anas_browser):
    chosen = "0123456789abcdef01"
    anas_browser.post(DRAFT, typed("Tea.", next_stamp=chosen))
    assert Draft.objects.get().version == chosen
    known = " ".join(["f" * 18] * 39 + [chosen])  # as many as a script keeps
    answer = anas_browser.post(DRAFT, typed("Milk.", draft_stamp=known, next_stamp=f"{chosen} x"))
    kept = Draft.objects.get()
    assert (answer.status_code, kept.text) == (200, "Milk.")
    assert chosen not in kept.version


def test_saving_to_stop_for_now_goes_home(anas_browser):
    response = anas_browser.post(WRITE, typed("Coffee.", started_from=1, later="yes"))
    assert response.url == reverse("house:me")


@pytest.mark.parametrize(
    "part, topic, following",
    [
        ("like", "appreciate", reverse("writing:write", args=["matters", "important"])),
        ("help", "medicines", reverse("house:me")),
    ],
)
def test_a_part_leads_on_to_the_next_and_the_last_one_home(visitor, part, topic, following):
    here = reverse("writing:write", args=[part, topic])
    assert visitor.post(here, typed("I sing at 8.")).url == following


def test_lines_from_any_computer_are_kept_as_lines(visitor, visitors_page):
    visitor.post(WRITE, typed("  Tea.  \r\nToast.\r\n\r\n"))
    assert texts(visitors_page, "important") == ["Tea.\nToast."]


def test_every_script_and_sign_is_kept_as_it_was_typed(visitor, visitors_page):
    text = "Llŷr, żółć, السلام عليكم, 谢谢, 👩‍👩‍👧, {{ 7*7 }}, <script>, */ a{b:c}"
    visitor.post(WRITE, typed(text))
    assert texts(visitors_page, "important") == [text]
    page = visitor.get(WRITE).content.decode()
    assert "{{ 7*7 }}" in page
    assert "<script>," not in page


def test_too_much_is_refused_with_the_words_still_in_the_box(visitor, visitors_page):
    text = "x" * 4_001
    response = visitor.post(WRITE, typed(text))
    page = response.content.decode()
    assert response.status_code == 422
    assert "The most we can keep here is 4,000" in page
    assert text in page
    assert "<title>Problem: " in page
    assert not visitors_page.answers.filter(topic="important").exists()


def test_a_pasted_book_is_handed_back_too(visitor, visitors_page):
    book = "Call me Jo. " * 250_000
    sent = urlencode(typed(book))
    ours = {"Sec-Fetch-Site": "same-origin"}
    form = "application/x-www-form-urlencoded"
    response = visitor.post(WRITE, sent, content_type=form, headers=ours)
    assert response.status_code == 413  # it is not even taken apart
    assert book.strip() in response.content.decode()


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"picture": "nothing"}, "Choose one of these pictures"),
        ({"only_me": "perhaps"}, "Choose who may see this"),
        ({"text": "a\x00b"}, "a letter in your words that we cannot keep"),
    ],
)
def test_anything_else_that_is_wrong_gets_its_sentence(visitor, visitors_page, wrong, sentence):
    response = visitor.post(WRITE, typed("Tea.") | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not visitors_page.answers.filter(topic="important").exists()


def test_bytes_that_are_no_letters_break_nothing(visitor, visitors_page):
    body = urlencode(typed("")).encode() + b"&text=a%ED%A0%80b"
    response = visitor.generic(
        "POST", WRITE, body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in {302, 422}


@pytest.mark.parametrize("number", ["-1", "one", "", "9" * 30])
def test_a_number_nobody_typed_breaks_nothing(visitor, visitors_page, number):
    response = visitor.post(WRITE, typed("Tea.", started_from=number))
    assert response.status_code in {302, 422}


def test_extra_fields_change_nothing(visitor, visitors_page, dee):
    visitor.post(WRITE, typed("Tea.", owner=dee.pk, number=9, profile=99, is_clear="on"))
    answer = visitors_page.answers.get(topic="important")
    assert (answer.number, answer.is_clear, answer.profile_id) == (1, False, visitors_page.pk)


def test_two_windows_meet_and_both_texts_are_shown(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.")
    response = anas_browser.post(WRITE, typed("Milk.", started_from=1))
    assert response.url == BOTH
    page = anas_browser.get(BOTH).content.decode()
    assert "Coffee." in page
    assert "Milk." in page


@pytest.mark.parametrize(
    "choice, now", [("mine", "Milk."), ("theirs", "Coffee."), ("both", "Coffee.\nMilk.")]
)
def test_the_person_says_which_is_right(anas_browser, anas_page, choice, now):
    say(anas_page, "important", "Coffee.")
    anas_browser.post(WRITE, typed("Milk.", started_from=1))
    anas_browser.post(BOTH, {"choice": choice, "started_from": 2} | seen())
    assert texts(anas_page, "important")[-1] == now
    assert not Draft.objects.exists()


def test_words_typed_on_after_both_were_shown_are_shown_again_before_a_choice(
    anas_browser, anas_page
):
    say(anas_page, "important", "Coffee.")
    anas_browser.post(WRITE, typed("Milk.", started_from=1))
    shown = seen()
    anas_browser.post(DRAFT, typed("Milk and sugar.", started_from=1, **shown))
    response = anas_browser.post(BOTH, {"choice": "mine", "started_from": 2} | shown)
    assert response.url == BOTH
    assert texts(anas_page, "important")[-1] == "Coffee."


@pytest.mark.parametrize(
    ("saved", "typed_here", "offered"),
    [
        ("Coffee.", "", {"mine": "Leave it blank", "theirs": "What was saved last"}),
        ("Coffee.", " \n", {"mine": "Leave it blank", "theirs": "What was saved last"}),
        ("", "Milk.", {"mine": "What I typed and did not save", "theirs": "Leave it blank"}),
    ],
)
def test_where_one_of_two_texts_says_nothing_there_is_nothing_of_it_to_keep(
    anas_browser, anas_page, saved, typed_here, offered
):
    say(anas_page, "important", saved)
    anas_browser.post(WRITE, typed(typed_here, started_from=1))
    page = anas_browser.get(BOTH)
    assert dict(page.context["form"].fields["choice"].choices) == offered
    assert b"the other is kept in your earlier words" not in page.content
    anas_browser.post(BOTH, {"choice": "mine", "started_from": 2} | seen())
    assert texts(anas_page, "important")[-1] == typed_here.strip()


def test_not_choosing_is_asked_again(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.")
    anas_browser.post(WRITE, typed("Milk.", started_from=1))
    response = anas_browser.post(BOTH, {"started_from": 2} | seen())
    assert "Choose which words are right" in response.content.decode()


def test_both_together_may_be_too_much_and_then_says_so(anas_browser, anas_page):
    say(anas_page, "important", "a" * 3_000)
    anas_browser.post(WRITE, typed("b" * 3_000, started_from=1))
    response = anas_browser.post(BOTH, {"choice": "both", "started_from": 2} | seen())
    assert "The most we can keep" in response.content.decode()
    assert Draft.objects.get().text == "b" * 3_000


def test_autosave_keeps_half_typed_words_off_the_page(visitor, visitors_page):
    response = visitor.post(DRAFT, typed("Te"))
    assert response.status_code == 200
    assert Draft.objects.get().text == "Te"
    assert not visitors_page.answers.filter(topic="important").exists()
    assert b"Te</textarea>" in visitor.get(WRITE).content


def test_autosave_stops_when_another_window_typed(visitor):
    visitor.post(DRAFT, typed("Te"))
    response = visitor.post(DRAFT, typed("Coffee"))
    assert response.status_code == 409
    assert Draft.objects.get().text == "Te"


def test_half_typed_words_older_than_the_answer_can_be_seen_beside_it(anas_browser, anas_page):
    anas_browser.post(DRAFT, typed("Half", started_from=1))
    say(anas_page, "important", "Coffee.")
    page = anas_browser.get(WRITE).content.decode()
    assert "Coffee.</textarea>" in page
    assert "Look at both" in page
    assert "Half" in anas_browser.get(BOTH).content.decode()


def test_typing_on_beside_older_half_typed_words_does_not_overwrite_them(anas_browser, anas_page):
    anas_browser.post(DRAFT, typed("Half", started_from=1))
    say(anas_page, "important", "Coffee.")
    form = anas_browser.get(WRITE).context["form"]
    new = typed("Cocoa.", started_from=2, draft_version=form["draft_stamp"].value())
    assert anas_browser.post(DRAFT, new).status_code == 409
    anas_browser.post(WRITE, new)
    assert texts(anas_page, "important")[-1] == "Cocoa."
    assert Draft.objects.get().text == "Half"


def test_a_conflict_loses_nothing_that_a_third_window_half_typed(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.")
    anas_browser.post(DRAFT, typed("Half", started_from=2))
    anas_browser.post(WRITE, typed("Milk.", started_from=1))
    assert Draft.objects.get().text == "Milk."
    assert texts(anas_page, "important")[1:] == ["Coffee.", "Half", "Coffee."]


def test_a_choice_about_words_that_never_were_is_asked_again(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.")
    anas_browser.post(WRITE, typed("Milk.", started_from=1))
    response = anas_browser.post(BOTH, {"choice": "mine", "started_from": 99} | seen())
    assert response.url == BOTH


def test_half_typed_words_can_be_thrown_away(visitor):
    visitor.post(DRAFT, typed("Te"))
    away = reverse("writing:throw_away", args=["matters", "important"])
    visitor.post(away, {"draft_stamp": Draft.objects.get().version})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "part, topic", [("matters", "nothing"), ("nothing", "important"), ("safe", "important")]
)
def test_an_unknown_question_is_the_kind_404(visitor, part, topic):
    response = visitor.get(reverse("writing:write", args=[part, topic]))
    assert response.status_code == 404
    assert b"You have not done anything wrong" in response.content


@pytest.mark.parametrize("address", [WRITE, DRAFT])
def test_words_typed_after_the_session_ended_are_handed_back(client, db, address):
    response = client.post(address, typed("Tea <first>.", about_page="a page of theirs"))
    assert response.status_code == 410
    assert "Tea &lt;first&gt;." in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_somebody_with_no_page_is_asked_to_sign_in_or_start_one(client):
    assert client.get(WRITE).status_code == 403


def test_the_wrong_method_is_refused(visitor):
    assert visitor.put(WRITE).status_code == 405
    assert visitor.get(DRAFT).status_code == 405


def test_a_list_pasted_from_another_program_can_be_printed(anas_browser, anas_page):
    """Some of its marks have no shape in our letters, and would keep the whole page from paper."""
    words = "\uf0b7\tTea first.\n\uf0b7\tThen toast."
    anas_browser.post(WRITE, typed(words, started_from=1))
    assert anas_page.answers.about("important").first().lines == ["Tea first.", "Then toast."]
    assert anas_browser.get("/me/page.pdf")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("known", ["", "another's"])
def test_throwing_words_away_takes_none_that_another_window_typed_since(anas_browser, known):
    anas_browser.post(DRAFT, typed("Tea.", started_from=1))
    seen_here = Draft.objects.get().version
    anas_browser.post(DRAFT, typed("Milk.", started_from=1, draft_stamp=seen_here))
    away = reverse("writing:throw_away", args=["matters", "important"])
    for version in (known, seen_here):
        anas_browser.post(away, {"draft_stamp": version})
    assert Draft.objects.get().text == "Milk."
