"""An archive that takes long is made by a worker, kept for a day, and fetched by whoever asked."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from time_machine import travel

from profiles.accounts.models import User
from profiles.door import door
from profiles.exports import making
from profiles.exports.archive import EVERYTHING
from profiles.exports.models import ASKED_FOR, KEPT, KeptArchive
from profiles.notices.models import Notice
from profiles.pages import actions as page_actions
from profiles.pages.gone import PageIsGone
from profiles.pages.models import Profile
from profiles.pdf.fit import Busy
from profiles.sheet.catalogue import layouts
from tests.factories import make_kept_page, signed_in
from tests.notices.worker import IN_THE_DATABASE, tasks_kept, work
from tests.structure.everybody import just_signed_in
from tests.tidying import tidy

pytestmark = pytest.mark.django_db
ARCHIVE, KEPT_ARCHIVE = reverse("exports:archive"), reverse("exports:kept_archive")
COPY = reverse("exports:copy")


@pytest.fixture(autouse=True)
def it_takes_long(settings, monkeypatch):
    settings.TASKS = IN_THE_DATABASE
    cache.clear()
    settings.ARCHIVE_WAIT = -1
    monkeypatch.setattr(door, "layouts", lambda: {"one-page": layouts()["one-page"]})


@pytest.fixture
def asked(ana, anas_page) -> Client:
    """Ana's browser, in which she has just asked for everything."""
    browser = just_signed_in(ana)
    mail.outbox.clear()
    assertRedirects(browser.get(ARCHIVE), COPY, fetch_redirect_response=False)
    return browser


def test_whoever_asked_is_emailed_when_it_is_ready_and_fetches_it_signed_in(asked):
    page = asked.get(COPY)
    assertContains(page, "This takes a while. We email you when your file is ready.")
    assertContains(page, "You have asked for it, and it takes a while.")
    assert asked.get(KEPT_ARCHIVE).status_code == 404
    assert mail.outbox == []
    work()
    [email] = mail.outbox
    assert (email.subject, email.to) == ("Your file is ready", ["ana@example.org"])
    assert f"http://testserver{COPY}" in email.body
    assert f"http://testserver{reverse('account_devices')}" in email.body  # for who did not ask
    page = asked.get(COPY)
    assertContains(page, KEPT_ARCHIVE)
    assertNotContains(page, "You have asked for it")
    answer = asked.get(KEPT_ARCHIVE)
    with ZipFile(BytesIO(answer.content)) as zipped:
        assert b"Tea first." in zipped.read(EVERYTHING)
    assert "tell-it-once.zip" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_it_is_sealed_and_its_task_holds_numbers_alone(asked):
    work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM profiles_keptarchive")
        [[kept]] = cursor.fetchall()
    assert b"PK\x03\x04" not in bytes(kept)  # by which a zip file is known
    assert b"read-me" not in bytes(kept)
    assert "example" not in str(tasks_kept())


def test_asked_for_twice_it_is_made_once_and_asked_for_later_it_is_made_anew(asked):
    asked.get(ARCHIVE)
    assert (KeptArchive.objects.count(), Notice.objects.count()) == (1, 1)
    work()
    asked.get(ARCHIVE)
    assert asked.get(KEPT_ARCHIVE).status_code == 404
    work()
    assert len(mail.outbox) == 2


def test_nobody_else_fetches_it_and_who_signed_in_long_ago_is_asked_again(asked, dee, ana):
    work()
    assert just_signed_in(dee).get(KEPT_ARCHIVE).status_code in {302, 404}
    long_ago = signed_in(ana)
    assert long_ago.get(KEPT_ARCHIVE).status_code == 302
    KeptArchive.objects.update(account=dee)
    assert asked.get(KEPT_ARCHIVE).status_code == 404


def test_it_is_let_go_of_after_a_day_and_one_that_nobody_made_later(asked):
    work()
    now = timezone.now()
    assert "ready for a day: 0 let go." in tidy()
    KeptArchive.objects.update(made_at=now - KEPT)
    assert asked.get(KEPT_ARCHIVE).status_code == 404
    assert "ready for a day: 1 let go." in tidy()
    asked.get(ARCHIVE)
    KeptArchive.objects.update(asked_at=now - KEPT)
    assert "ready for a day: 0 let go." in tidy()
    KeptArchive.objects.update(asked_at=now - ASKED_FOR)
    assert "ready for a day: 1 let go." in tidy()
    work()
    assert len(mail.outbox) == 1


def test_one_from_a_clock_that_ran_ahead_is_not_kept_until_then(asked):
    work()
    KeptArchive.objects.update(made_at=timezone.now() + KEPT)
    assert asked.get(KEPT_ARCHIVE).status_code == 404
    assert "ready for a day: 1 let go." in tidy()


def is_handed_over(page: Profile) -> None:
    Profile.objects.update(owner=User.objects.create_user("new@example.org"))


@pytest.mark.parametrize(
    "happens", [is_handed_over, lambda page: page_actions.delete_page(profile=page)]
)
def test_where_the_page_is_theirs_no_more_nothing_is_made(asked, anas_page, happens):
    happens(anas_page)
    work()
    assert mail.outbox == []
    assert not KeptArchive.objects.exists()


def test_a_keeper_who_takes_it_is_in_the_log(rosa):
    page = make_kept_page(rosa)
    just_signed_in(rosa).get(ARCHIVE)
    assert not page.looks.exists()
    work()
    assert page.looks.count() == 1


def test_what_is_handed_over_while_it_is_made_is_not_its_keepers_any_more(
    rosa, kept, ana, monkeypatch
):
    paper_of = making.paper_of

    def handed_over_meanwhile(sheet, *, profile):
        Profile.objects.filter(pk=kept.pk).update(owner=ana, kept_by=None)
        return paper_of(sheet, profile=profile)

    monkeypatch.setattr(making, "paper_of", handed_over_meanwhile)
    with pytest.raises(PageIsGone):
        making.make_archive(kept, by=rosa)
    assert not kept.looks.exists()


def test_while_too_many_print_it_waits_and_is_made_later(asked, monkeypatch):
    def busy(*given, **said):
        raise Busy

    with monkeypatch.context() as patch:
        patch.setattr(making, "paper_of", busy)
        work()
    assert mail.outbox == []
    with travel(Notice.objects.waiting().get().due_at):
        work()
    assert len(mail.outbox) == 1


def test_a_visitor_has_no_address_and_waits(visitor):
    assert visitor.get(ARCHIVE).status_code == 200


def test_what_does_not_take_long_comes_at_once(ana, anas_page, settings):
    settings.ARCHIVE_WAIT = 600
    assert just_signed_in(ana).get(ARCHIVE).status_code == 200
    assert not KeptArchive.objects.exists()
