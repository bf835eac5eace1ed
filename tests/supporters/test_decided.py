"""When somebody cannot decide this, now: who decided, by what right, and what the person showed."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

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


HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)">')


def carried(check) -> dict[str, str]:
    """What the page that shows it whole sends on."""
    assert check.status_code == 200
    return {name: unescape(value) for name, value in HIDDEN.findall(check.content.decode())}


def write_down(browser, here, **said):
    """Fill it in, see it whole, and press the button under it."""
    return browser.post(here, carried(browser.post(here, typed(**said))) | {"do": "write"})


def test_it_is_kept_and_the_person_can_read_it(sisters_browser, anas_browser, anas_page, here):
    done = f"{here}{{}}/"
    answer = write_down(sisters_browser, here)
    assertRedirects(answer, done.format(anas_page.decisions.get().ref))
    page = anas_browser.get(reverse("supporters:helpers"))
    assertContains(page, "It was decided in best interests, by Dr Rees, her doctor.")
    assertContains(page, "Pictures, in the morning.")
    assertContains(page, "my sister Dee")


def test_it_is_seen_whole_before_anything_is_kept(sisters_browser, anas_page, here):
    check = sisters_browser.post(here, typed(tried="Pictures.\nA good day.", reference="LPA 7"))
    assertContains(check, "<h1>Is this right?</h1>")
    for said in ("That the day centre sees this page.", "A good day.", "Reference: LPA 7."):
        assertContains(check, f"{said}</")
    assertContains(check, "it cannot be changed. Ana can read it.")
    assertContains(check, "If there is more to say later, write it down as a new one.")
    assertNotContains(check, "Carry on")  # the form is another page
    assert not anas_page.decisions.exists()


def test_change_brings_every_word_back(sisters_browser, anas_page, here):
    said = typed(about='Tea & "cake"', tried="Pictures.\r\nA good day.", reference="LPA 7")
    check = sisters_browser.post(here, said)
    form = sisters_browser.post(here, carried(check) | {"do": "change"})
    assertContains(form, "Carry on")
    assert {name: form.context["form"][name].value() for name in said} == said
    assert carried(check).items() >= said.items()
    assert not anas_page.decisions.exists()


def test_it_is_told_whole_once_it_is_written_down(sisters_browser, here):
    done = sisters_browser.get(write_down(sisters_browser, here)["Location"])
    assertContains(done, "<h1>It is written down</h1>")
    assertContains(done, "She smiled at the picture of the day centre", count=1)
    assertContains(done, "Ana can read it. It cannot be changed.")
    assertContains(done, f'href="{here}">Write down a new one</a>')


def test_no_address_bears_a_word_of_it(sisters_browser, anas_page, here):
    check = sisters_browser.post(here, typed(about="CNRYabout"))
    done = sisters_browser.post(here, carried(check) | {"do": "write"})["Location"]
    assert done == f"{here}{anas_page.decisions.get().ref}/"
    for page in (check, sisters_browser.get(done)):
        assert not re.search(r'(?:href|action|src)="[^"]*CNRY', page.content.decode())


def test_pressed_again_from_wherever_it_is_written_once(sisters_browser, anas_page, here):
    first = write_down(sisters_browser, here)
    again = sisters_browser.post(here, typed() | {"do": "write"})  # twice, or by the way back
    other_window = write_down(sisters_browser, here)
    assert first["Location"] == again["Location"] == other_window["Location"]
    assert anas_page.decisions.count() == 1
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


@pytest.mark.parametrize(
    ("name", "made_up"), [("about", ""), ("age", "child"), ("asked", "x" * 999)]
)
def test_what_is_sent_on_is_not_believed(sisters_browser, anas_page, here, name, made_up):
    check = carried(sisters_browser.post(here, typed(tried="CNRY-tried")))
    answer = sisters_browser.post(here, check | {name: made_up, "do": "write"})
    assertContains(answer, "CNRY-tried", status_code=422)
    assertContains(answer, f'action="{here}"', status_code=422)
    assert not anas_page.decisions.exists()


def test_a_thought_about_words_is_not_asked_again_where_it_is_checked(
    sisters_browser, anas_page, here
):
    said = typed(tried="The client was asked.")
    assertContains(sisters_browser.post(here, said), "A thought about your words")
    check = sisters_browser.post(here, said | {"as_it_is": "yes"})
    sisters_browser.post(here, carried(check) | {"do": "write"})
    assert anas_page.decisions.get().tried == "The client was asked."


def test_whoever_was_stopped_since_they_pressed_gets_their_words_back(
    sisters_browser, ana, anas_page, anas_sister, here, monkeypatch
):
    write_down(sisters_browser, here, about="CNRY-before")
    check = carried(sisters_browser.post(here, typed(about="CNRY-about")))
    ask = DecisionForm.is_valid

    def stop_then(form):
        helping.stop(supporter=anas_sister, by=ana)
        return ask(form)

    monkeypatch.setattr(DecisionForm, "is_valid", stop_then)
    answer = sisters_browser.post(here, check | {"do": "write"})
    assertContains(answer, "You do not help with this page any more", status_code=403)
    assertContains(answer, "CNRY-about", status_code=403)
    for gone in ("CNRY-before", "Ana"):
        assertNotContains(answer, gone, status_code=403)
    assert anas_page.decisions.count() == 1
    assert sisters_browser.post(here, check | {"do": "write"}).status_code == 404


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
        sisters_browser.post(here, typed()),
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
    answer = sisters_browser.post(here, typed(age="child", authority="parent"))
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
