"""Earlier words, earlier pages, deleting, and choosing between pages."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.accounts.models import DataKey, User
from profiles.answers import actions
from profiles.answers.models import Answer
from profiles.pages import views
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from tests.factories import make_page, say, signed_in, texts

pytestmark = pytest.mark.django_db
DELETE = reverse("pages:delete")


def test_every_word_ever_saved_can_be_seen_and_brought_back(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.")
    earlier = reverse("writing:earlier_words", args=["matters", "important"])
    page = anas_browser.get(earlier).content.decode()
    assert "Tea first." in page and "Coffee." in page
    anas_browser.post(reverse("writing:bring_back", args=["matters", "important", 1]))
    assert texts(anas_page, "important") == [
        "Tea first.\nThen we talk.",
        "Coffee.",
        "Tea first.\nThen we talk.",
    ]


@pytest.mark.parametrize("number", [0, 9])
def test_words_that_never_were_cannot_be_brought_back(anas_browser, anas_page, number):
    back = reverse("writing:bring_back", args=["matters", "important", number])
    assert anas_browser.post(back).status_code == 404


def test_a_line_taken_off_can_be_put_back(anas_browser, anas_page):
    line = reverse("writing:line", args=["matters", "important"])
    response = anas_browser.post(line, {"number": 1, "line": 0, "do": "remove"})
    page = anas_browser.get(response.url).content.decode()
    assert "Put it back" in page
    anas_browser.post(reverse("writing:bring_back", args=["matters", "important", 1]))
    assert texts(anas_page, "important")[-1] == "Tea first.\nThen we talk."


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "1", "line": "0", "do": "burn"},
        {"number": "x", "line": "0", "do": "up"},
        {"number": "1", "line": "-1", "do": "up"},
        {},
    ],
)
def test_a_line_cannot_be_moved_by_nonsense(anas_browser, anas_page, typed):
    line = reverse("writing:line", args=["matters", "important"])
    assert anas_browser.post(line, typed).status_code == 404
    assert anas_page.answers.filter(topic="important").count() == 1


def test_a_line_moved_on_an_old_screen_changes_nothing_new(anas_browser, anas_page):
    say(anas_page, "important", "Coffee.\nToast.")
    line = reverse("writing:line", args=["matters", "important"])
    anas_browser.post(line, {"number": 1, "line": 0, "do": "down"})
    assert texts(anas_page, "important")[-1] == "Coffee.\nToast."


def test_an_earlier_page_can_be_seen_and_brought_back(anas_browser, anas_page):
    actions.freeze_if_changed(anas_page)
    say(anas_page, "important", "Coffee.")
    actions.freeze_if_changed(anas_page)
    assert "Edition 2" in anas_browser.get(reverse("writing:earlier")).content.decode()
    assert "Tea first." in anas_browser.get(reverse("door:earlier", args=[1])).content.decode()
    anas_browser.post(reverse("writing:bring_back_edition", args=[1]))
    assert texts(anas_page, "important")[-1] == "Tea first.\nThen we talk."


def test_an_edition_that_never_was_is_the_kind_404(anas_browser, anas_page):
    assert anas_browser.get(reverse("door:earlier", args=[9])).status_code == 404
    assert anas_browser.post(reverse("writing:bring_back_edition", args=[9])).status_code == 404


def test_before_deleting_it_says_what_goes_and_offers_a_copy(anas_browser):
    page = anas_browser.get(DELETE).content.decode()
    assert "What goes" in page
    assert "What we cannot take back" in page
    assert reverse("exports:copy") in page


def test_deleting_needs_a_tick(anas_browser, anas_page):
    response = anas_browser.post(DELETE)
    assert response.status_code == 422
    assert "Tick the box" in response.content.decode()
    assert Answer.objects.exists()


def test_deleting_leaves_nothing_of_the_person(anas_browser, anas_page):
    actions.freeze_if_changed(anas_page)
    response = anas_browser.post(DELETE, {"sure": "on"})
    assert response.status_code == 200
    assert not Profile.objects.exists()
    assert not Answer.objects.exists()
    assert not DataKey.objects.exists()
    assert not User.objects.exists()
    assert "_auth_user_id" not in anas_browser.session


def test_deleting_one_page_of_two_keeps_the_other_and_the_account(anas_browser, anas_page, ana):
    other = make_page(ana, call_me="Ana at work")
    anas_browser.post(DELETE, {"sure": "on"})
    assert Profile.objects.get() == anas_page
    assert User.objects.filter(pk=ana.pk).exists()
    assert not Profile.objects.filter(pk=other.pk).exists()


def test_a_form_is_about_the_page_it_was_opened_for(anas_browser, anas_page, ana):
    form = anas_browser.get(reverse("writing:write", args=["matters", "important"]))
    assert f'name="about_page" value="{anas_page.key}"' in form.content.decode()
    other = make_page(ana, call_me="Ben")
    written = {"text": "Milk.", "only_me": "no", "started_from": 1, "about_page": anas_page.key}
    anas_browser.post(reverse("writing:write", args=["matters", "important"]), written)
    assert texts(anas_page, "important")[-1] == "Milk."
    assert not other.answers.filter(topic="important").exists()


def test_words_that_save_themselves_open_no_other_page(anas_browser, anas_page, ana):
    other = make_page(ana, call_me="Ben")
    typed = {"text": "Milk.", "only_me": "no", "started_from": 1, "about_page": anas_page.key}
    address = reverse("writing:draft", args=["matters", "important"])
    saved = anas_browser.post(address, typed, headers={"HX-Request": "true"})
    assert (saved.status_code, anas_page.drafts.count()) == (200, 1)
    assert Profile.objects.of(ana).first() == other


def test_the_page_that_is_deleted_is_the_one_that_was_shown(anas_browser, anas_page, ana):
    assert anas_page.key in anas_browser.get(DELETE).content.decode()
    other = make_page(ana, call_me="Ben")
    anas_browser.post(DELETE, {"sure": "on", "about_page": anas_page.key})
    assert Profile.objects.get() == other


def test_a_form_about_somebody_elses_page_is_the_kind_404(dees_browser, dee, anas_page):
    make_page(dee, call_me="Dee")
    response = dees_browser.post(DELETE, {"sure": "on", "about_page": anas_page.key})
    assert response.status_code == 404
    assert Profile.objects.count() == 2


@pytest.mark.parametrize("others", [0, 1], ids=["the last page", "one of two"])
def test_deleting_a_page_twice_is_deleting_it_once_and_says_so(
    anas_browser, anas_page, ana, others
):
    left = [make_page(ana, call_me="Ben") for _ in range(others)]
    for _ in range(2):
        answer = anas_browser.post(DELETE, {"sure": "on", "about_page": anas_page.key})
        assertContains(answer, "page is deleted")
    assert [*Profile.objects.all()] == left


def test_a_page_that_another_press_deletes_meanwhile_is_deleted(
    anas_browser, anas_page, ana, monkeypatch
):
    other, find = make_page(ana, call_me="Ben"), views.page_of

    def found_and_gone(request):
        found = find(request)
        delete_page(profile=Profile.objects.get(pk=found.pk))
        return found

    monkeypatch.setattr(views, "page_of", found_and_gone)
    answer = anas_browser.post(DELETE, {"sure": "on", "about_page": anas_page.key})
    assertContains(answer, "This page is deleted")
    assert Profile.objects.get() == other


def test_a_button_is_about_the_page_it_stands_on(anas_browser, anas_page, ana):
    part = anas_browser.get(reverse("writing:part", args=["matters"])).content.decode()
    assert f'name="about_page" value="{anas_page.key}"' in part


def test_deleting_signs_the_account_out_everywhere(anas_browser, ana, anas_page):
    elsewhere = signed_in(ana)
    anas_browser.post(DELETE, {"sure": "on"})
    assert not elsewhere.session.exists(elsewhere.cookies["sessionid"].value)


def test_an_account_with_no_page_can_be_deleted(dees_browser, dee):
    assert "Delete your account" in dees_browser.get(DELETE).content.decode()
    dees_browser.post(DELETE, {"sure": "on"})
    assert not User.objects.exists()


def test_a_visitor_can_delete_too(visitor, visitors_page):
    visitor.post(DELETE, {"sure": "on"})
    assert not Profile.objects.exists()
    assert visitor.get(reverse("house:me")).status_code == 403


def test_nobody_can_choose_another_persons_page(dees_browser, dee, anas_page):
    make_page(dee, call_me="Dee")
    response = dees_browser.post(reverse("pages:choose"), {"page": anas_page.key})
    assert response.status_code == 404
