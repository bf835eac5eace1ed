"""What is printed is written down, and what could not be printed is not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from profiles.access.models import Look
from profiles.answers import actions, models
from profiles.core import codes
from profiles.door import door, paper_codes
from profiles.door.models import Paper
from profiles.door.own_pages import LettersMissing, print_own_page, print_sheet
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.pdf.fit import Busy, DoesNotFit
from profiles.sharing import actions as sharing
from tests.factories import I_DECIDED, make_share, put_beside, say
from tests.pdf.reading import text_of

pytestmark = pytest.mark.django_db
FAR_TOO_LONG = "Tea first, and then we talk about the weather.\n" * 80


@pytest.fixture
def asked_for():
    """What is asked of the database to print a page."""

    def asked(page):
        with CaptureQueriesContext(connection) as queries:
            door.to_print(page)
        return [query["sql"] for query in queries]

    return asked


def holds(asked):
    """Is the page held for that? So it is in each transaction, and each says that it begins."""
    return any(sql.startswith(("BEGIN", "SAVEPOINT")) for sql in asked)


def test_a_page_that_is_too_long_leaves_no_paper(ana, anas_page):
    say(anas_page, "important", FAR_TOO_LONG)
    with pytest.raises(DoesNotFit):
        print_own_page(anas_page, by=ana)
    assert not Paper.objects.exists()


def test_nor_a_line_that_says_its_keeper_took_it(dee, kept_page):
    say(kept_page, "important", FAR_TOO_LONG)
    with pytest.raises(DoesNotFit):
        print_own_page(kept_page, by=dee)
    assert not Look.objects.exists()


def test_when_too_many_print_there_is_neither(ana, anas_page, monkeypatch):
    def busy(*args: object) -> None:
        raise Busy

    monkeypatch.setattr(printing, "make_pdf", busy)
    with pytest.raises(Busy):
        print_own_page(anas_page, by=ana, share=make_share(anas_page))
    assert not Paper.objects.exists()


def test_a_keepers_paper_is_one_line_and_one_paper(dee, kept_page):
    print_own_page(kept_page, by=dee)
    assert [look.happened for look in Look.objects.all()] == ["pdf"]
    assert Paper.objects.count() == 1


def test_letters_that_come_out_as_boxes_are_asked_about_before_anything_is_written(ana, anas_page):
    say(anas_page, "important", "Tea first \U000f0000")
    with pytest.raises(LettersMissing) as missing:
        print_own_page(anas_page, by=ana, with_boxes=False)
    assert missing.value.letters == ("\U000f0000",)
    assert not Paper.objects.exists()


def test_the_paper_says_the_code_that_is_kept(ana, anas_page):
    made = print_own_page(anas_page, by=ana, share=make_share(anas_page))
    [paper] = Paper.objects.all()
    assert f"{paper.code[:4]}-{paper.code[4:]}" in text_of(made.pdf)


def test_printed_again_it_is_the_same_paper(ana, anas_page):
    for _ in range(2):
        print_own_page(anas_page, by=ana)
    assert Paper.objects.count() == 1


def test_words_saved_while_it_is_printed_are_on_the_next_paper(ana, anas_page, monkeypatch):
    """The code is of the edition whose words stand on the paper, whatever is saved meanwhile."""
    make, share = printing.make_pdf, make_share(anas_page)

    def saved_meanwhile(sheet):
        say(anas_page, "important", "Coffee first.")
        return make(sheet)

    monkeypatch.setattr(printing, "make_pdf", saved_meanwhile)
    made = print_own_page(anas_page, by=ana, share=share)
    [paper] = Paper.objects.all()
    assert "Tea first." in text_of(made.pdf)
    assert [answer.text for answer in paper.edition.answers.filter(topic="important")] == [
        "Tea first.\nThen we talk."
    ]


def test_pages_that_were_printed_before_wait_for_nobody_to_be_read(anas_page, asked_for):
    door.to_print(anas_page)  # from now on there is an edition of it
    assert not holds(asked_for(anas_page))
    say(anas_page, "important", "Coffee first.")
    assert holds(asked_for(anas_page))


def test_words_saved_while_they_are_read_are_not_printed_under_an_older_number(
    anas_page, monkeypatch
):
    """Between the words and their edition somebody may save: then the page is read anew, held."""
    door.to_print(anas_page)
    newest_edition = actions.newest_edition

    def saved_meanwhile(page):
        monkeypatch.setattr(actions, "newest_edition", newest_edition)
        say(anas_page, "important", "Coffee first.")
        door.to_print(anas_page)
        return newest_edition(page)

    monkeypatch.setattr(actions, "newest_edition", saved_meanwhile)
    sheet = door.to_print(anas_page)
    said = {entry.topic: entry.lines for entry in sheet.entries}
    assert (sheet.edition, said["important"]) == (2, ("Coffee first.",))


def test_a_page_that_is_deleted_while_its_photos_are_read_is_gone(
    anas_browser, anas_page, monkeypatch
):
    put_beside(anas_page, "important")

    current_answers = models.current_answers

    def deleted_meanwhile(page):
        monkeypatch.setattr(models, "current_answers", current_answers)
        found = current_answers(page)
        delete_page(profile=anas_page)
        return found

    monkeypatch.setattr(models, "current_answers", deleted_meanwhile)
    assertRedirects(anas_browser.get("/me/page.pdf"), reverse("pages:start"))


def test_what_is_handed_over_while_it_is_printed_is_not_its_keepers_any_more(
    dees_browser, ana, kept_page, monkeypatch
):
    make = printing.make_pdf

    def handed_over_meanwhile(sheet):
        Profile.objects.filter(pk=kept_page.pk).update(owner=ana, kept_by=None)
        return make(sheet)

    monkeypatch.setattr(printing, "make_pdf", handed_over_meanwhile)
    assertRedirects(dees_browser.get("/me/page.pdf"), reverse("pages:start"))
    assert not Paper.objects.exists() and not kept_page.looks.exists()


def test_a_share_that_changes_before_its_turn_comes_is_printed_as_it_is_now(ana, anas_page):
    """Whoever prints waits for their turn, with the share in hand as it was asked for."""
    narrowed, stopped = (make_share(anas_page, topics=["call_me", "important"]) for _ in "ab")
    now = {share.pk: share for share in anas_page.shares.given().with_profile(anas_page)}
    sharing.change_what(
        share=now[narrowed.pk], by=ana, topics=["call_me"], with_photo=False, may_print=True,
        decided=I_DECIDED,
    )  # fmt: skip
    sharing.stop(share=now[stopped.pk], by=ana)
    assert "Tea first" not in text_of(print_own_page(anas_page, by=ana, share=narrowed).pdf)
    print_own_page(anas_page, by=ana, share=stopped)
    assert [paper.share for paper in Paper.objects.all()] == [narrowed]


def test_a_sheet_that_is_open_already_is_not_opened_again(ana, anas_page, monkeypatch):
    sheet = door.to_print(anas_page)
    monkeypatch.setattr(door, "to_print", None)
    monkeypatch.setattr(door, "as_reader", None)
    assert print_sheet(sheet, profile=anas_page).pages == 1


def test_a_refusal_says_the_longest_answers(anas_browser: Client, anas_page):
    say(anas_page, "important", FAR_TOO_LONG)
    answer = anas_browser.get("/me/page.pdf")
    assert answer.status_code == 409
    assert "/me/matters/important/" in answer.content.decode()


def test_paper_of_an_edition_that_took_the_number_of_a_lost_one_has_another_code(
    anas_page, monkeypatch
):
    """A restore loses what was printed since: paper that is in a hand must not pass for the new."""
    sheet = door.to_print(anas_page)
    code = paper_codes.own_code(anas_page, sheet, None)
    assert code == paper_codes.own_code(anas_page, sheet, None)  # of two who print at once
    secrets = []
    monkeypatch.setattr(codes, "code_from", lambda secret, about: secrets.append(secret))
    paper_codes.own_code(anas_page, sheet, None)
    assert str(anas_page.editions.get().frozen_at) in secrets[0]
