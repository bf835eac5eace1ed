"""What a clock that ran ahead wrote down lasts no longer than it should, once it is right."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.clinics import files
from profiles.core.clock import APART
from profiles.core.expired import LONGEST, forget_expired
from profiles.door import door
from profiles.exports.models import KeptArchive
from profiles.house.landing import lists_of
from profiles.moments import news
from profiles.notices import actions as notices
from profiles.notices.models import Notice
from profiles.pages import actions as pages
from profiles.pages.models import Profile
from profiles.review import actions as review
from profiles.review.models import newest_finished
from profiles.review.queries import due_for_review, to_remind
from profiles.sharing import actions
from profiles.sharing.clinic import ClinicLink, Taking
from profiles.supporters import handing
from profiles.supporters.handing import waits_for
from profiles.workers.models import PromiseEvent
from profiles.workers.promise_actions import say_what_became
from tests.clinics.computer import computer, made
from tests.factories import (
    ask_for_help,
    begin_clinic_share,
    make_kept_page,
    make_page,
    make_promise,
    make_share,
    make_supporter,
    signed_in,
)
from tests.journeys.steps import code_from_email
from tests.readers import ReaderWithLink
from tests.review.test_reminders import check_all
from tests.tidying import tidy

pytestmark = pytest.mark.django_db
RIGHT = datetime(2026, 11, 25, 10, tzinfo=UTC)
AHEAD = RIGHT + timedelta(days=365)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AHEAD, tick=False) as clock:
        cache.clear()
        yield clock
        cache.clear()


def is_in(browser: Client) -> bool:
    return browser.get(reverse("mfa_index")).status_code == 200  # not only a while ago


@pytest.mark.parametrize("apart, stays", [(APART, True), (APART * 2, False)])
def test_who_signed_in_then_signs_in_again(clock, ana, anas_page, apart, stays):
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": ana.email})
    browser.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    assert len(mail.outbox) == 1 and is_in(browser)
    clock.move_to(AHEAD - apart)
    assert is_in(browser) is stays


@pytest.mark.parametrize("apart, works", [(APART, True), (APART * 2, False)])
def test_a_code_that_was_emailed_then_signs_nobody_in(clock, ana, anas_page, apart, works):
    browser, confirm = Client(), reverse("account_confirm_login_code")
    browser.post(reverse("account_request_login_code"), {"email": ana.email})
    code = {"code": code_from_email()}
    clock.move_to(AHEAD - apart)
    browser.post(confirm, code)
    assert is_in(browser) is works
    clock.move_to(AHEAD)
    browser.post(confirm, code)
    assert is_in(browser) is works


@pytest.mark.parametrize("apart, works", [(APART, True), (APART * 2, False)])
def test_a_code_that_was_emailed_then_changes_no_address(clock, ana, anas_page, apart, works):
    clock.move_to(AHEAD - apart)
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": ana.email})
    browser.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    clock.move_to(AHEAD)  # another machine's
    browser.post(reverse("account_email"), {"email": "new@example.org", "action_add": "yes"})
    clock.move_to(AHEAD - apart)
    browser.post(reverse("account_email_verification_sent"), {"code": code_from_email()})
    ana.refresh_from_db()
    assert (ana.email == "new@example.org") is works


def test_what_a_visitor_wrote_then_stays_theirs(clock):
    browser = Client()
    browser.post(reverse("pages:start"), {"who": "me", "language": "en"})
    clock.move_to(RIGHT)
    assert browser.get(reverse("house:me")).status_code == 200


def test_what_a_visitor_opened_then_is_kept_no_longer_than_said(clock, visitors_page):
    clock.move_to(RIGHT)
    tidy()
    clock.shift(timedelta(days=settings.GUEST_DAYS, hours=1))
    assert "nobody came back to: 1 deleted." in tidy()


def test_what_was_typed_for_a_clinic_then_is_kept_no_longer_than_said(clock, anas_page):
    begin_clinic_share(anas_page)
    assert not ClinicLink.objects.left()
    clock.move_to(RIGHT)
    assert ClinicLink.objects.left().exists()


def test_an_address_that_was_typed_then_and_not_signed_in_with_is_let_go(clock):
    Client().post(reverse("account_request_login_code"), {"email": "new@example.org"})
    clock.move_to(RIGHT)
    assert "Accounts that nobody entered: 0 deleted." in tidy()
    clock.shift(timedelta(days=1, hours=1))
    assert "Accounts that nobody entered: 1 deleted." in tidy()


def test_another_page_can_be_chosen_than_was_then(clock, ana, anas_page):
    clock.move_to(RIGHT)
    another = make_page(ana)
    assert Profile.objects.of(ana).first() == anas_page
    for chosen in (another, anas_page, another):
        pages.choose(profile=chosen)
        assert Profile.objects.of(ana).first() == chosen


def test_what_is_said_last_of_a_promise_counts(clock, priya, anas_page):
    promise = make_promise(make_share(anas_page), worker=priya, days=1)
    for moment, said in ((AHEAD, "done"), (RIGHT, "not_done"), (RIGHT, "done")):
        clock.move_to(moment)
        say_what_became(promise=promise, by=anas_page.owner, said=PromiseEvent.Kind(said))
        promise.refresh_from_db()
        assert promise.said == said


def test_what_was_told_then_hides_nothing_that_comes_after(clock, anas_page):
    told = []
    for moment in (AHEAD, RIGHT, RIGHT + timedelta(hours=1)):
        clock.move_to(moment)
        note(Happened.TOGETHER, profile=anas_page, reader=Reader(name="Rosa"))
        anas_page.refresh_from_db()
        [row] = news.told(anas_page, moment)
        pages.read_what_was_told(profile=anas_page, until=row.row.at)
        told.append(row.number)
    anas_page.refresh_from_db()
    assert len({*told}) == 3 and not news.told(anas_page, RIGHT)


def test_a_check_that_was_finished_then_gives_way_to_the_next(clock, anas_page):
    for moment in (AHEAD, RIGHT):
        clock.move_to(moment)
        check_all(anas_page)
        assert newest_finished.first(anas_page.pk).finished_at == moment


def test_a_reader_who_came_in_then_says_again_who_they_are(clock, anas_page):
    share = make_share(anas_page, ends_at=AHEAD + timedelta(days=9))
    reader = ReaderWithLink()
    reader.come_in(share)
    assert reader.ask(share).status_code == 200
    clock.move_to(RIGHT)
    assert reader.ask(share).status_code == 302


def test_a_code_that_was_read_out_then_opens_nothing(clock, anas_page):
    share = make_share(anas_page, ends_at=AHEAD + timedelta(days=9))
    code = actions.speak(share=share, by=share.profile.owner)
    clock.move_to(RIGHT)
    assert Client().post("/s/", {"code": code}).status_code == 422


def test_what_a_helper_sees_after_it_stands_in_the_list(clock, anas_page, priya):
    supporter = make_supporter(anas_page, priya)
    looked = anas_page.looks.of_kinds([Happened.LOOKED])
    for moment, count in ((AHEAD, 1), (RIGHT, 2), (RIGHT, 2)):
        clock.move_to(moment)
        sheet = door.to_draw_for(supporter)
        assert sheet is not None and door.note_drawn(supporter, sheet)
        assert looked.count() == count


def test_what_was_emailed_then_keeps_no_email_from_its_person(clock, anas_page):
    hour = timedelta(hours=1)
    kind = {"profile": anas_page, "task": "a", "owed_at": AHEAD, "due_at": AHEAD}
    Notice.objects.create(**kind, about=1, taken_at=AHEAD, ended_at=AHEAD)
    Notice.objects.create(**kind, about=2, taken_at=AHEAD)
    assert Notice.objects.lately(AHEAD, within=hour).count() == 2
    assert Notice.objects.lately(RIGHT, within=hour).count() == 0


def test_a_check_that_was_put_off_then_is_asked_about_again(clock, anas_page):
    clock.move_to(RIGHT - timedelta(days=200))
    page = make_page(anas_page.owner, important="Tea first.")
    review.put_off(profile=page, at=AHEAD)
    assert page not in due_for_review(AHEAD)
    assert page in due_for_review(RIGHT)


def test_a_reminder_from_then_keeps_none_from_being_sent(clock, ana):
    clock.move_to(RIGHT - timedelta(days=200))
    page = make_page(ana, important="Tea first.")
    page.reminders.create(about=RIGHT - timedelta(days=900), number=1, sent_at=AHEAD)
    assert page not in to_remind(AHEAD)
    assert page in to_remind(RIGHT)


def test_a_check_that_was_begun_then_is_begun_anew_and_gone_on_with(anas_page):
    then = review.begin(profile=anas_page, at=AHEAD)
    assert review.begin(profile=anas_page, at=AHEAD) == then
    now = review.begin(profile=anas_page, at=RIGHT)
    assert now != then
    assert review.begin(profile=anas_page, at=RIGHT) == now


def test_what_was_put_off_then_is_handed_over_again(anas_page):
    sends = "profiles.access.notices.opened"
    kind = {"profile": anas_page, "task": sends, "about": 1, "owed_at": AHEAD, "due_at": AHEAD}
    notice = Notice.objects.create(**kind)
    assert notices.hand_over_again(at=RIGHT) == 1
    notice.refresh_from_db()
    assert notice.due_at == RIGHT


def test_a_file_that_was_made_then_is_let_go(anas_page, ana):
    made = KeptArchive.objects.create(profile=anas_page, account=ana, made_at=AHEAD)
    assert [*KeptArchive.objects.ready(AHEAD)] == [*KeptArchive.objects.over(RIGHT)] == [made]
    assert not KeptArchive.objects.ready(RIGHT)


def test_what_was_counted_then_is_let_go(clock):
    cache.set("tried", "too often", LONGEST.total_seconds())
    assert forget_expired(AHEAD) == 0
    clock.move_to(RIGHT)
    assert forget_expired(RIGHT) == 1
    assert cache.get("tried") is None


@pytest.mark.parametrize("apart, opens", [(APART, True), (APART * 2, False)])
def test_who_was_asked_to_help_then_cannot_answer(clock, anas_page, priya, apart, opens):
    invitation = reverse("supporters:invitation", args=[ask_for_help(anas_page, email=priya.email)])
    browser = signed_in(priya)
    clock.move_to(AHEAD - apart)
    supporter = anas_page.supporters.get()
    assert waits_for(priya) is lists_of(priya).may_help is opens is not supporter.did_not_answer()
    assert (browser.get(invitation).status_code == 200) is opens
    clock.move_to(AHEAD)  # nobody answers it later either
    assert (browser.get(invitation).status_code == 200) is opens


@pytest.mark.parametrize("apart, opens", [(APART, True), (APART * 2, False)])
def test_a_page_that_was_offered_then_cannot_be_taken(clock, priya, apart, opens):
    kept = make_kept_page()
    key = handing.offer(profile=kept, by=kept.kept_by, email=priya.email, keeper_name="my mum")
    clock.move_to(AHEAD - apart)
    assert waits_for(priya) is lists_of(priya).may_help is opens
    answer = signed_in(priya).post(reverse("supporters:handed", args=[key]))
    kept.refresh_from_db()
    assert (kept.owner == priya) is opens is (answer.status_code == 302)


@pytest.mark.parametrize("apart, opens", [(APART, 200), (APART * 2, 404)])
def test_a_desk_that_was_shown_a_page_then_takes_none(clock, anas_page, apart, opens, monkeypatch):
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: made())
    clinic, until_a_day = (
        computer(anas_page),
        computer(anas_page, ends_at=AHEAD + timedelta(days=1)),
    )
    clock.move_to(AHEAD - apart)
    assert (clinic.get().status_code, until_a_day.get().status_code) == (opens, 200)
    # What was typed for it is forgotten, and it stays over.
    assert ClinicLink.objects.filter(share=clinic.share).exists() is (opens == 200)
    clock.move_to(AHEAD)
    assert clinic.get().status_code == opens


@pytest.mark.parametrize("apart, opens", [(APART, 200), (APART * 2, 404)])
def test_a_ticket_from_then_fetches_nothing(clock, anas_page, apart, opens, monkeypatch):
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: made())
    ends_at = AHEAD + timedelta(days=9)
    clinic = computer(anas_page, taking=Taking.PASSCODE, ends_at=ends_at)
    place = clinic.places()[0]
    clock.move_to(AHEAD - apart)
    assert clinic.browser.get(place).status_code == opens
