"""Writing side by side: the person's yes is kept, and without one nothing changes."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.supporters import actions
from profiles.supporters.forms import SaidYesForm
from profiles.supporters.models import Supporter
from profiles.templatetags.words import in_sentence
from tests.factories import put_beside, say, texts

pytestmark = pytest.mark.django_db


def address(supporter, part="matters", topic="important") -> str:
    given = {"ref": supporter.ref, "part": part, "topic": topic}
    return reverse("supporters:write_together", kwargs=given)


def typed(supporter, topic="important", **said):
    """What somebody sends who has just opened the question."""
    supporter = Supporter.objects.helping().get(pk=supporter.pk)
    seen = actions.visible(supporter, profile=supporter.profile, topic=topic)
    usual = {"words": "Rovers.", "whose": "theirs", "yes_by": "pointed"}
    return usual | {"started_from": actions.mark(supporter, seen)} | said


def write(browser, here, said):
    """Type the words, and say yes where they are shown alone."""
    answer = browser.post(here, said)
    if answer.status_code != 302:
        return answer
    return browser.post(answer["Location"], {"yes_by": said["yes_by"]})


def started_from(answer) -> str:
    return answer.context["form"]["started_from"].value()


def newest(page, topic="important"):
    return page.answers.about(topic).with_profile(page)[0]


def test_the_question_comes_with_the_words_that_stand_there(sisters_browser, anas_sister):
    assertContains(sisters_browser.get(address(anas_sister)), "Then we talk.")


def test_what_the_person_said_is_hers_with_who_helped_and_how_she_said_yes(
    sisters_browser, anas_page, anas_sister
):
    answer = write(sisters_browser, address(anas_sister), typed(anas_sister))
    assertRedirects(answer, reverse("supporters:together", kwargs={"ref": anas_sister.ref}))
    said = newest(anas_page)
    assert (said.text, said.whose, said.helped_by, said.yes_by) == (
        "Rovers.", "", "my sister Dee", "pointed",
    )  # fmt: skip


def test_what_the_supporter_says_is_said_by_them_and_checked(
    sisters_browser, anas_page, anas_sister
):
    write(sisters_browser, address(anas_sister), typed(anas_sister, whose="mine", yes_by="said"))
    assert newest(anas_page).whose == "my sister Dee, and checked with me"


def show(browser, here, **said) -> str:
    """Type the words and show them; gives where they are shown."""
    answer = browser.post(here, said)
    assert answer.status_code == 302 and answer["Location"].startswith(f"{here}?yes=")
    return answer["Location"]


def test_what_waits_for_a_yes_is_given_back_after_signing_out_and_shown_again_after(
    sisters_browser, sister, anas_page, anas_sister
):
    waits = show(sisters_browser, address(anas_sister), **typed(anas_sister))
    sent = dict(sisters_browser.get(waits).context["typed"]) | {"yes_by": "said"}
    sisters_browser.logout()
    assertContains(sisters_browser.post(waits, sent), ">\nRovers.</textarea>", status_code=403)
    sisters_browser.force_login(sister)
    again = sisters_browser.post(waits, sent)
    assert again.context["form"]["words"].value() == "Rovers."
    assert newest(anas_page).text == "Tea first.\nThen we talk."


def test_the_words_are_shown_alone_before_a_yes(sisters_browser, anas_page, anas_sister):
    here = address(anas_sister)
    said = typed(anas_sister, words="Tea & cake.\r\nThen we talk.")
    shown = sisters_browser.get(show(sisters_browser, here, **said))
    assertContains(shown, "Is this right, Ana?</h1>")
    assertContains(shown, "Tea &amp; cake.\nThen we talk.</p>")
    assertContains(shown, "Ana said yes by")
    for other in ("<nav", "<footer", "<textarea", "<details", "What else can we say?"):
        assertNotContains(shown, other)
    assert len(texts(anas_page, "important")) == 1


@pytest.mark.parametrize("way", ["No, change it", "the way back of the browser"])
def test_every_word_comes_back_until_there_is_a_yes(sisters_browser, anas_sister, way):
    here = address(anas_sister)
    shown = show(sisters_browser, here, **typed(anas_sister, words="A\r\nB"))
    change = shown.replace("?yes=", "?again=")
    assertContains(sisters_browser.get(shown), f'href="{change}">No, change it</a>')
    form = sisters_browser.get(change if way == "No, change it" else here)
    assertContains(form, "A\r\nB</textarea>")
    ticked = 'value="theirs" id="id_whose_0" required checked'
    assertContains(form, ticked, count=1 if way == "No, change it" else 0)
    assert len(texts(anas_sister.profile, "important")) == 1


def test_words_that_were_left_cover_none_that_are_newer(sisters_browser, anas_page, anas_sister):
    here = address(anas_sister)
    show(sisters_browser, here, **typed(anas_sister, words="CNRY-left"))
    say(anas_page, "important", "Coffee.")
    assertContains(sisters_browser.get(here), "Coffee.</textarea>")


def test_without_how_the_yes_was_said_the_words_are_shown_again(sisters_browser, anas_sister):
    answer = write(sisters_browser, address(anas_sister), typed(anas_sister, yes_by=""))
    assertContains(answer, "Choose how the person said yes", status_code=422)
    assertContains(
        answer,
        '<p class="yes-words words" dir="auto" lang="en">Rovers.</p>',
        html=True,
        status_code=422,
    )


def test_the_name_is_shown_whole_to_say_yes_to(sisters_browser, anas_sister):
    here = address(anas_sister, "name", "call_me")
    said = typed(anas_sister, "call_me", called="Annie", words="Say it like Any")
    shown = show(sisters_browser, here, **said)
    assertContains(sisters_browser.get(shown), "Annie\nSay it like Any</p>")
    again = sisters_browser.get(shown.replace("?yes=", "?again="))
    assertContains(again, 'value="Annie"')
    assertContains(again, "Say it like Any</textarea>")


def test_topics_to_point_at_say_what_is_said_as_far_as_they_see(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    list_of_all = reverse("supporters:together", kwargs={"ref": anas_sister.ref})
    for here in (list_of_all, address(anas_sister, "help", "sleep")):
        answer = sisters_browser.get(here)
        assertContains(answer, f'href="{address(anas_sister, "help", "eating")}"')
        assertNotContains(answer, "My nights<span")
    assertContains(sisters_browser.get(list_of_all), "What to call me<span")
    current = f'href="{address(anas_sister, "help", "sleep")}" aria-current="page"'
    assertContains(answer, current, count=1)


@pytest.mark.parametrize("left_out", ["yes_by", "whose", "words"])
def test_without_a_yes_nothing_changes(sisters_browser, anas_page, anas_sister, left_out):
    answer = write(sisters_browser, address(anas_sister), typed(anas_sister, **{left_out: ""}))
    assert answer.status_code == 422
    assert len(texts(anas_page, "important")) == 1


def test_it_is_in_the_log_with_the_question(sisters_browser, anas_page, anas_sister, anas_browser):
    write(sisters_browser, address(anas_sister), typed(anas_sister))
    assert anas_page.looks.filter(happened=Happened.TOGETHER).count() == 1
    looked = anas_browser.get(reverse("access:looked"))
    assertContains(looked, "wrote down words together with you.")
    assertContains(looked, "What matters most to me")


def test_a_photo_beside_the_answer_stays_there(sisters_browser, anas_page, anas_sister):
    put_beside(anas_page, "important", "My blue cup")
    write(sisters_browser, address(anas_sister), typed(anas_sister))
    [answer] = anas_page.answers.current().filter(topic="important").with_profile(anas_page)
    assert (answer.text, answer.photo.alt) == ("Rovers.", "My blue cup")


def test_words_that_changed_meanwhile_are_shown_and_neither_is_lost(
    sisters_browser, anas_page, anas_sister
):
    before = typed(anas_sister)
    say(anas_page, "important", "Coffee.")
    answer = write(sisters_browser, address(anas_sister), before)
    assertContains(answer, "Coffee.", status_code=409)
    assertContains(answer, "Rovers.", status_code=409)
    again = typed(anas_sister, started_from=started_from(answer))
    write(sisters_browser, address(anas_sister), again)
    assert texts(anas_page, "important")[-2:] == ["Coffee.", "Rovers."]


def test_under_a_topic_they_cannot_see_the_words_wait_and_cover_nothing(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "sleep", "CNRY-night", only_me=True)
    here = address(anas_sister, "help", "sleep")
    assertNotContains(sisters_browser.get(here), "CNRY-night")
    write(sisters_browser, here, typed(anas_sister, "sleep", words="Window open."))
    helping = reverse("door:helping", kwargs={"ref": anas_sister.ref})
    assert sisters_browser.get(helping).context["suggestions"] == []  # it would tell of the topic
    assert texts(anas_page, "sleep") == ["CNRY-night"]
    assert anas_page.suggestions.get().text == "Window open."


def test_a_topic_that_is_shared_with_them_can_be_written_and_stays_private(
    ana, sisters_browser, anas_page, anas_sister
):
    say(anas_page, "sleep", "Window open.", only_me=True)
    actions.change(supporter=anas_sister, by=ana, may="write", kept_topics=["sleep"])
    said = typed(anas_sister, "sleep", words="Door open too.")
    write(sisters_browser, address(anas_sister, "help", "sleep"), said)
    assert newest(anas_page, "sleep").text == "Door open too."
    assert newest(anas_page, "sleep").only_me


def test_the_picture_stays(sisters_browser, anas_page, anas_sister):
    say(anas_page, "important", "Tea.", picture="2615")
    write(sisters_browser, address(anas_sister), typed(anas_sister))
    assert newest(anas_page).picture == "2615"


def test_whoever_was_stopped_since_they_pressed_gets_their_words_back_and_sees_no_more(
    ana, sisters_browser, anas_page, anas_sister, monkeypatch
):
    said, ask = typed(anas_sister, words="CNRY-words"), SaidYesForm.is_valid

    def stop_then(form):
        actions.stop(supporter=anas_sister, by=ana)
        return ask(form)

    monkeypatch.setattr(SaidYesForm, "is_valid", stop_then)
    answer = write(sisters_browser, address(anas_sister), said)
    assertContains(answer, "CNRY-words</textarea>", status_code=403)
    for gone in ("Tea first.", ": said</span>", "What else can we say?"):
        assertNotContains(answer, gone, status_code=403)
    assert len(texts(anas_page, "important")) == 1


def test_whoever_may_not_write_cannot(ana, sisters_browser, anas_page, anas_sister):
    actions.change(supporter=anas_sister, by=ana, may="suggest", kept_topics=[])
    assert write(sisters_browser, address(anas_sister), typed(anas_sister)).status_code == 403
    assert len(texts(anas_page, "important")) == 1


@pytest.mark.parametrize("saves", [0, 1, 3])
def test_a_helper_cannot_tell_that_something_is_kept_or_that_it_grows(
    sisters_browser, anas_page, anas_sister, saves
):
    """Whether nothing was ever said, or it is kept: the question comes with the same mark."""
    here = address(anas_sister, "help", "sleep")
    before = started_from(sisters_browser.get(here))
    for night in range(saves):
        say(anas_page, "sleep", f"CNRY-{night}", only_me=True)
    assert started_from(sisters_browser.get(here)) == before


def test_words_that_were_taken_off_and_words_that_are_kept_are_told_alike(
    sisters_browser, anas_page, anas_sister
):
    here, told = address(anas_sister, "help", "sleep"), []
    before = typed(anas_sister, "sleep", words="Window open.")
    for text, only_me in [("Door open.", False), ("", False), ("Light on.", False)]:
        say(anas_page, "sleep", text, only_me=only_me)
    stale = started_from(sisters_browser.get(here))
    for text, only_me in [("", False), ("CNRY-night", True)]:
        say(anas_page, "sleep", text, only_me=only_me)
        answer = write(sisters_browser, here, before | {"started_from": stale})
        told.append((answer.status_code, started_from(answer), answer.context["now"]))
    assert told[0] == told[1] == (409, before["started_from"], None)


def test_under_a_question_that_was_emptied_words_can_be_written_again(
    sisters_browser, anas_page, anas_sister
):
    say(anas_page, "important", "")
    write(sisters_browser, address(anas_sister), typed(anas_sister))
    assert newest(anas_page).text == "Rovers."


def test_pressing_yes_twice_keeps_it_once(sisters_browser, anas_page, anas_sister):
    shown = show(sisters_browser, address(anas_sister), **typed(anas_sister))
    led_to = {sisters_browser.post(shown, {"yes_by": "said"})["Location"] for _ in range(2)}
    assert led_to == {reverse("supporters:together", kwargs={"ref": anas_sister.ref})}
    assert len(texts(anas_page, "important")) == 2
    assert anas_page.looks.filter(happened=Happened.TOGETHER).count() == 1


def test_pressing_twice_keeps_it_once(sisters_browser, anas_page, anas_sister):
    said = typed(anas_sister)
    for _ in range(2):
        assert write(sisters_browser, address(anas_sister), said).status_code == 302
    assert len(texts(anas_page, "important")) == 2


@pytest.mark.parametrize("made_up", ["1000000", "1", "0", "-1", "x", "9" * 64, "٣"])
@pytest.mark.parametrize("part, topic", [("matters", "important"), ("help", "sleep")])
def test_a_mark_that_was_made_up_is_a_conflict_and_the_person_can_still_save(
    sisters_browser, anas_browser, anas_page, anas_sister, made_up, part, topic
):
    said = typed(anas_sister, topic) | {"started_from": made_up}
    answer = write(sisters_browser, address(anas_sister, part, topic), said)
    assertContains(answer, "Rovers.", status_code=409)
    there = reverse("writing:write", kwargs={"part": part, "topic": topic})
    form = anas_browser.get(there).context["form"]
    mine = {"text": "Mine.", "only_me": "no", "started_from": form["started_from"].value()}
    assert anas_browser.post(there, mine).status_code == 302
    assert newest(anas_page, topic).text == "Mine."


def test_the_page_that_a_helper_sees_bears_no_number(sisters_browser, anas_page, anas_sister):
    here = reverse("door:helping", kwargs={"ref": anas_sister.ref})
    for night in range(2):
        say(anas_page, "sleep", f"CNRY-{night}", only_me=True)
        assertNotContains(sisters_browser.get(here), "Edition")


def test_a_name_turns_no_question_around_it():
    label = SaidYesForm(name="דינה <b>").fields["yes_by"].label
    assert label == f"{in_sentence('דינה <b>')} said yes by"
    assert "<b>" not in label and "<bdi" in label
