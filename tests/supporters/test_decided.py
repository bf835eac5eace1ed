"""When somebody cannot decide this, now: who decided, by what right, and what the person showed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.pages import actions
from tests.factories import make_supporter

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


def test_it_is_kept_and_the_person_can_read_it(sisters_browser, anas_browser, here):
    assertRedirects(sisters_browser.post(here, typed()), here)
    page = anas_browser.get(reverse("supporters:helpers"))
    assertContains(page, "It was decided in best interests, by Dr Rees, her doctor.")
    assertContains(page, "Pictures, in the morning.")
    assertContains(page, "my sister Dee")


def test_it_is_never_called_consent(sisters_browser, here):
    answer = sisters_browser.post(here, typed(), follow=True)
    assert "consent" not in answer.content.decode().lower()


def test_it_is_in_the_log(sisters_browser, anas_page, here):
    sisters_browser.post(here, typed())
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
    answer = sisters_browser.post(here, typed(age="child", authority="parent"), follow=True)
    assertContains(answer, "parental responsibility, for somebody under 16")


def test_whoever_keeps_a_page_writes_it_down_for_that_page(dees_browser, dee):
    kept = actions.start_page(for_someone=True, language="en", user=dee)
    here = reverse("supporters:decided", kwargs={"ref": kept.key})
    assertContains(dees_browser.post(here, typed(), follow=True), "Her sister Dee")
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
    sisters_browser.post(here, typed(about="CNRY-about", tried="CNRY-tried", asked="CNRY-asked"))
    assertNotContains(dees_browser.get(theirs), "CNRY")
    assertContains(sisters_browser.get(here), "CNRY-tried")


def test_a_helper_who_was_asked_again_does_not_get_the_words_of_their_namesake(
    sisters_browser, dees_browser, dee, anas_page, anas_sister, here
):
    namesake = make_supporter(anas_page, dee, name=anas_sister.name)
    sisters_browser.post(here, typed(about="CNRY-about"))
    theirs = reverse("supporters:decided", kwargs={"ref": namesake.ref})
    assertNotContains(dees_browser.get(theirs), "CNRY")
