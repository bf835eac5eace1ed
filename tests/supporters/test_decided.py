"""When somebody cannot decide this, now: who decided, by what right, and what the person showed."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from time_machine import travel

from profiles.access.models import Happened
from profiles.pages import actions
from profiles.supporters import actions as helping
from profiles.supporters import decision_actions
from profiles.supporters.forms import DecisionForm
from tests.factories import TOLD_ROSA, make_kept_page, make_supporter, take_over

pytestmark = pytest.mark.django_db


def typed(**said):
    return {
        "age": "adult",
        "about": "That the day centre sees this page.",
        "tried": "Pictures, in the morning.",
        "authority": "best_interests",
        "decided_by": "Dr Rees, her doctor",
        "asked": "Her sister Dee",
        "person_showed": "She smiled at the picture of the day centre",
        "can_object": "She turns away",
        "review_on": str(timezone.localdate() + timedelta(days=90)),
    } | said


@pytest.fixture
def here(anas_sister) -> str:
    return reverse("supporters:decided", kwargs={"ref": anas_sister.ref})


def fill_in(browser, here, **said) -> str:
    """Fill it in and carry on; gives where it is seen whole."""
    answer = browser.post(here, typed(**said))
    assert answer.status_code == 302 and answer["Location"].startswith(f"{here}check/")
    return answer["Location"]


def write_down(browser, here, **said):
    """Fill it in, see it whole, and press the button under it."""
    check = fill_in(browser, here, **said)
    assert browser.get(check).status_code == 200
    return browser.post(check)


def test_it_is_kept_and_the_person_can_read_it(sisters_browser, anas_browser, anas_page, here):
    done = f"{here}{{}}/"
    answer = write_down(sisters_browser, here)
    assertRedirects(answer, done.format(anas_page.decisions.get().ref))
    page = anas_browser.get(reverse("supporters:helpers"))
    assertContains(page, "It was decided in best interests, by Dr Rees, her doctor.")
    assertContains(page, "Pictures, in the morning.")
    assertContains(page, "my sister Dee")


def test_it_is_seen_whole_before_anything_is_kept(sisters_browser, anas_page, here):
    said = {"tried": "Pictures.\nA good day.", "reference": "LPA 7"}
    check = sisters_browser.get(fill_in(sisters_browser, here, **said))
    assertContains(check, "<h1>Is this right?</h1>")
    for words in ("That the day centre sees this page.", "A good day.", "Reference: LPA 7."):
        assertContains(check, f"{words}</", count=1)
    assertContains(check, "it cannot be changed. Ana can read it.")
    assertContains(check, "If there is more to say later, write it down as a new one.")
    assertNotContains(check, "Carry on")  # the form is another page
    assert not anas_page.decisions.exists()


def test_what_was_looked_at_is_given_back_after_signing_out_and_shown_again_after(
    sisters_browser, sister, anas_page, here
):
    check = fill_in(sisters_browser, here, about="CNRY-about")
    sent = dict(sisters_browser.get(check).context["typed"])
    sisters_browser.logout()
    assertContains(sisters_browser.post(check, sent), "CNRY-about", status_code=403)
    sisters_browser.force_login(sister)
    again = sisters_browser.post(check, sent)
    assert again.context["form"]["about"].value() == "CNRY-about"
    assert not anas_page.decisions.exists()


@pytest.mark.parametrize("way", ["Change", "the way back of the browser"])
def test_every_word_comes_back_until_it_is_written_down(sisters_browser, anas_page, here, way):
    said = typed(about='Tea & "cake"', tried="Pictures.\r\nA good day.", reference="LPA 7")
    check = fill_in(sisters_browser, here, **said)
    change = f"{here}?again={check.rstrip('/').rpartition('/')[2]}"
    assertContains(sisters_browser.get(check), f'href="{change}">Change</a>')
    form = sisters_browser.get(change if way == "Change" else here)
    assert {name: form.context["form"][name].value() for name in said} == said
    assertContains(form, " checked", count=2)
    assert not anas_page.decisions.exists()
    sisters_browser.post(check)
    assert sisters_browser.get(change).context["form"]["about"].value() is None


def test_what_is_typed_in_two_windows_is_told_apart(sisters_browser, anas_page, here):
    first = fill_in(sisters_browser, here, about="The dentist.")
    second = fill_in(sisters_browser, here, about="The doctor.")
    assertContains(sisters_browser.get(first), "The dentist.")
    sisters_browser.post(first)
    assert anas_page.decisions.get().about == "The dentist."
    assertContains(sisters_browser.get(here), "The doctor.")  # it is still to be written down
    sisters_browser.post(second)
    assert anas_page.decisions.count() == 2


def test_it_is_told_whole_once_it_is_written_down(sisters_browser, here):
    done = sisters_browser.get(write_down(sisters_browser, here)["Location"])
    assertContains(done, "<h1>It is written down</h1>")
    assertContains(done, "She smiled at the picture of the day centre", count=1)
    assertContains(done, "Ana can read it. It cannot be changed.")
    assertContains(done, f'href="{here}">Write down a new one</a>')


def test_no_address_bears_a_word_of_it(sisters_browser, anas_page, here):
    check = fill_in(sisters_browser, here, about="CNRYabout")
    done = sisters_browser.post(check)["Location"]
    assert done == f"{here}{anas_page.decisions.get().ref}/"
    for address in (check, done):
        page = sisters_browser.get(address, follow=True).content.decode()
        assert not re.search(r'(?:href|action|src)="[^"]*CNRY', page)


def test_pressed_again_from_wherever_it_is_written_once(sisters_browser, anas_page, here):
    check = fill_in(sisters_browser, here)
    first = sisters_browser.post(check)
    again = sisters_browser.post(check)  # twice, or by the way back
    back = sisters_browser.get(check)
    other_window = write_down(sisters_browser, here)
    led_to = {answer["Location"] for answer in (first, again, back, other_window)}
    assert led_to == {f"{here}{anas_page.decisions.get().ref}/"}
    assert anas_page.looks.filter(happened=Happened.DECIDED).count() == 1


def test_whatever_differs_is_another_one(sisters_browser, anas_page, here):
    later = str(timezone.localdate() + timedelta(days=91))
    for said in ({}, {"about": "The dentist."}, {"tried": "Time."}, {"review_on": later}):
        write_down(sisters_browser, here, **said)
    assert anas_page.decisions.count() == 4


def test_the_same_words_of_another_helper_are_theirs(
    sisters_browser, dees_browser, dee, anas_page, here
):
    other = make_supporter(anas_page, dee)
    write_down(sisters_browser, here)
    write_down(dees_browser, reverse("supporters:decided", kwargs={"ref": other.ref}))
    assert anas_page.decisions.by(other).count() == 1
    assert anas_page.decisions.count() == 2


def test_what_was_sent_to_be_checked_is_all_that_is_written(sisters_browser, anas_page, here):
    check = fill_in(sisters_browser, here)
    sisters_browser.post(check, typed(about="Something else."))
    assert anas_page.decisions.get().about == "That the day centre sees this page."


def test_a_day_that_has_come_meanwhile_is_asked_about_again(sisters_browser, anas_page, here):
    tomorrow = timezone.localdate() + timedelta(days=1)
    check = fill_in(sisters_browser, here, tried="CNRY-tried", review_on=str(tomorrow))
    with travel(timezone.now() + timedelta(days=1), tick=False):
        for answer in (sisters_browser.get(check), sisters_browser.post(check)):
            assertContains(answer, "Choose a day after today", status_code=422)
            assertContains(answer, "CNRY-tried", status_code=422)
    assert not anas_page.decisions.exists()


def test_nobody_elses_check_opens(sisters_browser, dees_browser, dee, anas_page, here):
    other = make_supporter(anas_page, dee)
    theirs = reverse("supporters:decided", kwargs={"ref": other.ref})
    name = fill_in(sisters_browser, here, about="CNRY-about").removeprefix(here)
    for method in (dees_browser.get, dees_browser.post):
        assertRedirects(method(theirs + name), theirs)
    assert not anas_page.decisions.exists()


def test_what_is_typed_about_one_page_is_not_shown_with_another(dees_browser, dee, anas_page):
    other = make_supporter(anas_page, dee)
    kept = actions.start_page(for_someone=True, language="en", user=dee)
    here, there = (
        reverse("supporters:decided", kwargs={"ref": ref}) for ref in (other.ref, kept.key)
    )
    check = fill_in(dees_browser, here, about="CNRY-about")
    for address in (there, check.replace(here, there), f"{there}?again={check.split('/')[-2]}"):
        assertNotContains(dees_browser.get(address, follow=True), "CNRY")


def test_a_thought_about_words_is_not_asked_again_where_it_is_checked(
    sisters_browser, anas_page, here
):
    said = typed(tried="The client was asked.")
    assertContains(sisters_browser.post(here, said), "A thought about your words")
    write_down(sisters_browser, here, tried="The client was asked.", as_it_is="yes")
    assert anas_page.decisions.get().tried == "The client was asked."


def test_whoever_was_stopped_since_they_pressed_gets_their_words_back(
    sisters_browser, ana, anas_page, anas_sister, here, monkeypatch
):
    write_down(sisters_browser, here, about="CNRY-before")
    check = fill_in(sisters_browser, here, about="CNRY-about")
    ask = DecisionForm.is_valid

    def stop_then(form):
        helping.stop(supporter=anas_sister, by=ana)
        return ask(form)

    monkeypatch.setattr(DecisionForm, "is_valid", stop_then)
    answer = sisters_browser.post(check)
    assertContains(answer, "You do not help with this page any more", status_code=403)
    assertContains(answer, "CNRY-about", status_code=403)
    for gone in ("CNRY-before", "Ana"):
        assertNotContains(answer, gone, status_code=403)
    assert anas_page.decisions.count() == 1
    assert sisters_browser.post(check).status_code == 410


def test_a_keeper_who_handed_the_page_over_writes_nothing_on_it(dee, ana):
    kept = make_kept_page(dee)
    take_over(kept, ana)
    with pytest.raises(PermissionDenied):
        decision_actions.write_down(
            profile=kept, supporter=None, by=dee, about="", tried="", decided=TOLD_ROSA
        )


def test_nobody_reads_it_under_an_address_of_their_own(
    sisters_browser, dees_browser, dee, anas_page, here
):
    other = make_supporter(anas_page, dee)
    write_down(sisters_browser, here)
    written = anas_page.decisions.get().ref
    for ref, decision in ((other.ref, written), (anas_page.key, written), (other.ref, "made-up")):
        address = reverse("supporters:written_down", kwargs={"ref": ref, "decision": decision})
        assert dees_browser.get(address).status_code == 404


def test_it_is_never_called_consent(sisters_browser, here):
    for answer in (
        sisters_browser.get(fill_in(sisters_browser, here)),
        sisters_browser.get(write_down(sisters_browser, here)["Location"]),
    ):
        assert "consent" not in answer.content.decode().lower()


def test_it_is_in_the_log(sisters_browser, anas_page, here):
    write_down(sisters_browser, here)
    assert anas_page.looks.filter(happened=Happened.DECIDED).count() == 1


@pytest.mark.parametrize(
    "said, sentence",
    [
        ({"age": ""}, "Choose how old the person is"),
        ({"about": ""}, "Tell us what was decided"),
        ({"tried": ""}, "Tell us what you tried first"),
        ({"authority": ""}, "Choose what gives the right to decide"),
        ({"authority": "parent"}, "From 16 on it is one of the others"),
        ({"age": "child"}, "Under 16, it is whoever has parental responsibility"),
        ({"decided_by": ""}, "Tell us who decided"),
        ({"asked": ""}, "Tell us who else was asked. If nobody was, say so"),
        ({"person_showed": ""}, "Tell us what the person showed that they want"),
        ({"can_object": ""}, "Tell us how the person can say no"),
        ({"review_on": ""}, "Choose the day on which this will be looked at again"),
        ({"review_on": "2020-01-01"}, "Choose a day after today, and within a year"),
    ],
)
def test_nothing_can_be_left_out(sisters_browser, anas_page, here, said, sentence):
    assertContains(sisters_browser.post(here, typed(**said)), sentence, status_code=422)
    assert not anas_page.decisions.exists()


def test_for_somebody_under_16_whoever_has_parental_responsibility_decides(sisters_browser, here):
    check = fill_in(sisters_browser, here, age="child", authority="parent")
    answer = sisters_browser.get(check)
    assertContains(answer, "parental responsibility, for somebody under 16")


def test_whoever_keeps_a_page_writes_it_down_for_that_page(dees_browser, dee):
    kept = actions.start_page(for_someone=True, language="en", user=dee)
    here = reverse("supporters:decided", kwargs={"ref": kept.key})
    written = dees_browser.get(write_down(dees_browser, here)["Location"])
    assertContains(written, "Her sister Dee")
    assert kept.decisions.count() == 1


def test_nobody_writes_it_on_a_page_that_is_not_theirs_to_help_with(dees_browser, anas_page):
    here = reverse("supporters:decided", kwargs={"ref": anas_page.key})
    assert dees_browser.post(here, typed()).status_code == 404
    assert not anas_page.decisions.exists()


def test_it_says_for_which_country_it_is(sisters_browser, here):
    assertContains(sisters_browser.get(here), "The rules in England and Wales")
    assertContains(sisters_browser.get(here), "Scotland and Northern Ireland have other rules.")


@pytest.mark.parametrize("may", ["see", "suggest", "write"])
def test_whoever_helps_sees_what_they_wrote_and_not_what_others_did(
    sisters_browser, dees_browser, dee, anas_page, here, may
):
    other = make_supporter(anas_page, dee, may)
    theirs = reverse("supporters:decided", kwargs={"ref": other.ref})
    write_down(sisters_browser, here, about="CNRY-about", tried="CNRY-tried", asked="CNRY-asked")
    assertNotContains(dees_browser.get(theirs), "CNRY")
    assertContains(sisters_browser.get(here), "CNRY-tried")


def test_a_helper_who_was_asked_again_does_not_get_the_words_of_their_namesake(
    sisters_browser, dees_browser, dee, anas_page, anas_sister, here
):
    namesake = make_supporter(anas_page, dee, name=anas_sister.name)
    write_down(sisters_browser, here, about="CNRY-about")
    theirs = reverse("supporters:decided", kwargs={"ref": namesake.ref})
    assertNotContains(dees_browser.get(theirs), "CNRY")
