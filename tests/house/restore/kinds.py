"""Everything that takes something away: what was there before, how it is ended, and is it back?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.accounts import after_restore as accounts
from profiles.accounts.actions import end_session, end_sessions, make_account
from profiles.accounts.models import DataKey, Session, User
from profiles.answers.actions import change_line
from profiles.answers.models import answers_now
from profiles.core.mails import OPENED, PROMISED, REMINDER, no_more, read_stop, stop_address
from profiles.door.door import open_through
from profiles.house import for_people
from profiles.pages.actions import delete_page, leave, tell_by_email
from profiles.pages.models import Profile
from profiles.photos import images
from profiles.photos.actions import add_photo, bring_photo_back, remove_photo
from profiles.reading import passcodes
from profiles.reading.actions import introduce, try_passcode
from profiles.reading.models import Introduction
from profiles.review.actions import remind_by_email
from profiles.sharing import actions, ask_actions, new_actions
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.endings import note_ending
from profiles.sharing.models import AskCode, Share
from profiles.sheet.sheet import Sheet
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Handing, Supporter
from profiles.topics.load import load
from profiles.workers import actions as workers
from profiles.workers import promise_actions
from profiles.workers.models import HelloCard
from tests.factories import (
    I_DECIDED,
    ask_for_help,
    clinic_share,
    make_card,
    make_kept_page,
    make_page,
    make_share,
    make_supporter,
    make_user,
    put_beside,
    say,
)
from tests.photos.photos import as_file, corners

CAL: Final = Reader(name="Cal", role="nurse")
THREE: Final = ("important", "sleep", "health")
numbers = count(1)


@dataclass(frozen=True)
class Case:
    """One thing that can be taken away."""

    end: Callable[[], Any]
    is_back: Callable[[], bool]


def somebody() -> User:
    return make_user(f"somebody{next(numbers)}@example.org")


def a_page(owner: User | None = None, **said: str) -> Profile:
    said = {"call_me": "Ana", "important": "Tea first.\nThen we talk.", "sleep": "Late."} | said
    return make_page(owner or somebody(), **said)


def fresh(share: Share) -> Share | None:
    return Share.objects.filter(pk=share.pk).select_related("profile__data_key").first()


def sheet(share: Share) -> Sheet | None:
    """What its reader is shown now; none where it shows nothing."""
    now = fresh(share)
    opened = open_through(now, reader=CAL, channel=Channel.SCREEN) if now else None
    return opened.sheet if opened else None


def shows(share: Share) -> set[str]:
    """The topics that its reader is shown now."""
    shown = sheet(share)
    return {*shown.topics} if shown else set()


def a_share(**said: Any) -> tuple[Share, User]:
    page = a_page(health="Asthma.")
    return make_share(page, topics=THREE, **said), page.owner


def of_a_share(end: Callable[[Share, User], Any], **said: Any) -> Case:
    """A share that shows something, and what closes it."""
    share, by = a_share(**said)
    return Case(lambda: end(share, by), lambda: bool(shows(share)))


def stopped() -> Case:
    return of_a_share(lambda share, by: actions.stop(share=share, by=by))


def paused() -> Case:
    return of_a_share(lambda share, by: actions.pause(share=share, by=by))


def ended_by_a_clock_that_ran_ahead() -> Case:
    def end(share: Share, by: User) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
            assert note_ending(share=share)

    return of_a_share(end)


def shorter() -> Case:
    share, by = a_share()
    soon, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)

    def end() -> None:
        actions.change_how_long(share=share, by=by, ends_at=soon, decided=I_DECIDED)

    return Case(end, lambda: fresh(share).is_open(later))


def narrowed(is_back: Callable[[Share], bool], **becomes: Any) -> Case:
    share, by = a_share(with_photo=True)
    asked = {"topics": THREE, "with_photo": True, "may_print": True} | becomes

    def end() -> None:
        actions.change_what(share=share, by=by, decided=I_DECIDED, **asked)

    return Case(end, lambda: is_back(fresh(share)))


def fewer_topics() -> Case:
    return narrowed(lambda share: "sleep" in shows(share), topics=["important"])


def no_photo() -> Case:
    return narrowed(lambda share: share.with_photo, with_photo=False)


def no_print() -> Case:
    return narrowed(lambda share: bool(share.may_print), may_print=False)


def a_passcode_set() -> Case:
    share, by = a_share()
    end = lambda: actions.change_passcode(share=share, by=by)  # noqa: E731
    return Case(end, lambda: not fresh(share).passcode_set)


def a_passcode_changed() -> Case:
    share, by = a_share(with_passcode=True)
    old = share.passcode
    introduce(share=share, reader=CAL)

    def lets_in() -> bool:
        now = fresh(share)
        came = Introduction.objects.by_passcode_of_share().filter(share=now).exists()
        return came or passcodes.guess(now, old) is passcodes.Guess.RIGHT

    return Case(lambda: actions.change_passcode(share=share, by=by), lets_in)


def a_passcode_locked() -> Case:
    share, _ = a_share(with_passcode=True)

    def end() -> None:
        for more in range(1, 11):
            wrong = str((int(share.passcode) + more) % 1_000_000).zfill(6)
            try_passcode(share=fresh(share), typed=wrong, reader=CAL)

    return Case(end, lambda: not fresh(share).is_locked)


def a_spoken_code() -> Case:
    share, by = a_share()
    code = actions.speak(share=share, by=by)
    another = lambda: actions.speak(share=share, by=by)  # noqa: E731
    return Case(another, lambda: Share.objects.with_spoken_code(code).exists())


def a_share_that_was_being_made() -> Case:
    """It was given and stopped: its link is with somebody, and is not to be given to another."""
    page = a_page()
    begun = new_actions.begin(profile=page, by=page.owner)

    def end() -> None:
        share = make_share(page)
        assert share.pk == begun.pk
        actions.stop(share=share, by=page.owner)

    return Case(
        end, lambda: page.shares.filter(key_digest=begun.key_digest, stopped_at=None).exists()
    )


def a_ticked_page() -> tuple[Share, Supporter]:
    page = a_page()
    say(page, "health", "Asthma.", only_me=True)
    helper = make_supporter(page, somebody(), kept_topics=["health"])
    return make_share(page, topics=THREE), helper


def helper_sees(helper: Supporter, topic: str) -> bool:
    now = Supporter.objects.helping().filter(pk=helper.pk).first()
    return now is not None and any(
        answer.topic == topic for answer in now.agreed.shown(answers_now(now.profile))
    )


def of_a_clinic(end: Callable[[Share, User], Any]) -> Case:
    """A clinic's computer: what was typed for its link is forgotten, and it takes nothing."""
    page = a_page()
    share = clinic_share(page, nhs_number="9434765919")

    def is_back() -> bool:
        return fresh(share).is_open() or ClinicLink.objects.filter(share=share.pk).exists()

    return Case(lambda: end(share, page.owner), is_back)


def a_clinics_link_stopped() -> Case:
    return of_a_clinic(lambda share, by: actions.stop(share=share, by=by))


def a_clinics_link_over() -> Case:
    def end(share: Share, by: User) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
            assert note_ending(share=share)

    return of_a_clinic(end)


def a_tick_of_a_share() -> Case:
    share, _ = a_ticked_page()
    less = {"topics": ["important", "sleep"], "with_photo": False, "may_print": True}
    end = lambda: actions.change_what(  # noqa: E731
        share=share, by=share.profile.owner, decided=I_DECIDED, **less
    )
    return Case(end, lambda: bool(fresh(share).shown_though_kept))


def a_tick_of_a_helper() -> Case:
    share, helper = a_ticked_page()
    end = lambda: helping.change(  # noqa: E731
        supporter=helper, by=share.profile.owner, may="write", kept_topics=[]
    )
    return Case(end, lambda: helper_sees(helper, "health"))


def ticks_that_opening_ended() -> Case:
    share, helper = a_ticked_page()

    def end() -> None:
        say(share.profile, "health", "Asthma.", only_me=False)
        say(share.profile, "health", "Asthma.", only_me=True)

    return Case(end, lambda: "health" in shows(share) or helper_sees(helper, "health"))


def of_a_topic(end: Callable[[Profile], Any], **said: str) -> Case:
    page = a_page(**said)
    share = make_share(page, topics=THREE)
    return Case(lambda: end(page), lambda: "important" in shows(share))


def a_topic_kept() -> Case:
    return of_a_topic(lambda page: say(page, "important", "Tea first.", only_me=True))


def a_topic_taken_off() -> Case:
    return of_a_topic(lambda page: say(page, "important", ""))


def a_line_taken_off() -> Case:
    page, topic = a_page(), load().topic("important")
    share = make_share(page, topics=THREE)
    end = lambda: change_line(profile=page, topic=topic, number=1, line=1, how="remove")  # noqa: E731
    return Case(end, lambda: "Then we talk." in repr(sheet(share)))


def a_photo_beside() -> Case:
    page = a_page()
    put_beside(page, "important")
    share = make_share(page, topics=THREE)
    end = lambda: say(page, "important", "Tea first.\nThen we talk.")  # noqa: E731
    return Case(end, lambda: bool(sheet(share).photos))


def the_photo() -> Case:
    page = a_page()
    add_photo(profile=page, whole=photo(), alt="Me")
    return Case(lambda: remove_photo(profile=page), lambda: page.photos.newest() is not None)


def another_photo() -> Case:
    page = a_page()
    first = add_photo(profile=page, whole=photo(), alt="Me")

    def is_back() -> bool:
        now = page.photos.newest()
        return now is not None and now.pk == first.pk

    return Case(lambda: add_photo(profile=page, whole=photo(), alt="Me in a hat"), is_back)


def a_photo_before_an_earlier_page() -> Case:
    page = a_page()
    first, second = (add_photo(profile=page, whole=photo(), alt=alt) for alt in ("Me", "In a hat"))

    def is_back() -> bool:
        now = page.photos.newest()
        return now is not None and now.pk == second.pk

    return Case(lambda: bring_photo_back(profile=page, photo=first), is_back)


def photo() -> bytes:
    return images.take_in(as_file(corners()), images.BESIDE)


def of_a_helper(
    end: Callable[[Supporter, Profile], Any], is_back: Callable[[Supporter], bool]
) -> Case:
    page = a_page()
    helper = make_supporter(page, somebody())
    Supporter.objects.filter(pk=helper.pk).update(names_in_emails=True)
    return Case(lambda: end(helper, page), lambda: is_back(Supporter.objects.get(pk=helper.pk)))


def a_helper_stopped() -> Case:
    return of_a_helper(
        lambda helper, page: helping.stop(supporter=helper, by=page.owner),
        lambda helper: helper.ended_at is None,
    )


def a_helper_left() -> Case:
    return of_a_helper(
        lambda helper, page: helping.leave(supporter=helper, by=helper.user),
        lambda helper: helper.ended_at is None,
    )


def a_helper_may_less() -> Case:
    return of_a_helper(
        lambda helper, page: helping.change(
            supporter=helper, by=page.owner, may="see", kept_topics=[], names_in_emails=True
        ),
        lambda helper: helper.may_write,
    )


def names_in_emails() -> Case:
    return of_a_helper(
        lambda helper, page: helping.change(
            supporter=helper, by=page.owner, may="write", kept_topics=[]
        ),
        lambda helper: helper.names_in_emails,
    )


def an_invitation_declined() -> Case:
    page, aunt = a_page(), somebody()
    key = ask_for_help(page, email=aunt.email)
    helper = Supporter.objects.asked(key).get()
    end = lambda: helping.decline(supporter=helper, by=aunt)  # noqa: E731
    return Case(end, lambda: Supporter.objects.asked(key).exists())


def offered(to: User) -> tuple[Profile, str]:
    page = make_kept_page(somebody())
    key = handing.offer(profile=page, by=page.kept_by, email=to.email, keeper_name="Rosa")
    return page, key


def an_offer_taken_back() -> Case:
    page, key = offered(somebody())
    end = lambda: handing.take_back(profile=page, by=page.kept_by)  # noqa: E731
    return Case(end, lambda: Handing.objects.open().with_key(key).exists())


def an_offer_declined() -> Case:
    jo = somebody()
    _, key = offered(jo)
    end = lambda: handing.decline(handing=Handing.objects.with_key(key).get(), by=jo)  # noqa: E731
    return Case(end, lambda: Handing.objects.open().with_key(key).exists())


def a_page_handed_over() -> Case:
    jo = somebody()
    page, key = offered(jo)
    end = lambda: handing.take(handing=Handing.objects.with_key(key).get(), by=jo)  # noqa: E731
    return Case(end, lambda: Profile.objects.get(pk=page.pk).owner_id is None)


def what_a_keeper_shared_with_an_account_that_is_gone() -> Case:
    """Their account was made after the backup: what the keeper shared is closed all the same."""
    page = make_kept_page(somebody())
    share = make_share(page)
    address = f"new{next(numbers)}@example.org"
    key = handing.offer(profile=page, by=page.kept_by, email=address, keeper_name="Rosa")

    def end() -> None:
        assert handing.take(
            handing=Handing.objects.with_key(key).get(), by=make_account(email=address)
        )

    return Case(end, lambda: bool(shows(share)))


def a_page_deleted() -> Case:
    page = a_page()
    key = page.data_key_id

    def is_back() -> bool:
        has_key = DataKey.objects.filter(pk=key).exists()
        return Profile.objects.filter(key=page.key).exists() or has_key

    return Case(lambda: delete_page(profile=page), is_back)


def an_account_deleted() -> Case:
    ana = somebody()
    page = a_page(ana)
    ana_number = ana.pk
    end = lambda: leave(profile=page, account=ana)  # noqa: E731
    return Case(end, lambda: User.objects.filter(pk=ana_number).exists())


def a_workers_account_deleted() -> Case:
    priya = somebody()
    card = make_card(priya)
    share = make_share(a_page(), email=priya.email)
    actions.claim(share=share, by=priya)

    def is_back() -> bool:
        claimed = Share.objects.claimed().filter(pk=share.pk).exists()
        return claimed or DataKey.objects.filter(pk=card.data_key_id).exists()

    return Case(lambda: leave(profile=None, account=priya), is_back)


def of_a_claim(worker: User, by: Callable[[], User]) -> Case:
    """It is bound to an account: whoever has its address later is another."""
    share = make_share(a_page(), email=worker.email)

    def is_back() -> bool:
        now = fresh(share)
        return now.worker is None and now.is_open()

    return Case(lambda: actions.claim(share=share, by=by()), is_back)


def a_worker_came_in() -> Case:
    priya = somebody()
    return of_a_claim(priya, lambda: priya)


def a_worker_came_in_whose_account_is_gone() -> Case:
    email = f"new{next(numbers)}@example.org"
    return of_a_claim(User(email=email), lambda: make_account(email=email))


def a_card_deleted() -> Case:
    card = make_card(somebody())
    there = HelloCard.objects.filter(pk=card.pk)
    return Case(lambda: workers.delete_card(card=card), there.exists)


def a_cards_photo() -> Case:
    card = make_card(somebody())
    workers.add_photo(card=card, whole=photo(), alt="Me")
    end = lambda: workers.remove_photo(card=card)  # noqa: E731
    return Case(end, lambda: bool(HelloCard.objects.get(pk=card.pk).photo))


def an_ask_code() -> Case:
    page = a_page()
    code = ask_actions.make_ask_code(profile=page, by=page.owner)
    end = lambda: ask_actions.drop_ask_code(profile=page, by=page.owner)  # noqa: E731
    return Case(end, lambda: AskCode.objects.filter(code_digest=code.code_digest).exists())


def another_ask_code() -> Case:
    page = a_page()
    code = ask_actions.make_ask_code(profile=page, by=page.owner)
    end = lambda: ask_actions.make_ask_code(profile=page, by=page.owner)  # noqa: E731
    return Case(end, lambda: AskCode.objects.filter(code_digest=code.code_digest).exists())


def of_a_session(end: Callable[[User, Client, str], Any]) -> Case:
    ana, browser = somebody(), Client()
    browser.force_login(ana)
    row = Session.objects.get(account=ana).pk
    return Case(lambda: end(ana, browser, row), lambda: Session.objects.filter(pk=row).exists())


def signed_out() -> Case:
    return of_a_session(lambda ana, browser, row: browser.post("/account/logout/"))


def a_device_signed_out() -> Case:
    return of_a_session(lambda ana, browser, row: end_session(user=ana, row=row))


def signed_out_elsewhere() -> Case:
    return of_a_session(lambda ana, browser, row: end_sessions(user=ana))


def an_account_closed() -> Case:
    ana = somebody()
    open_ones = User.objects.filter(pk=ana.pk, is_active=True)
    return Case(lambda: for_people.close(user=ana), open_ones.exists)


def a_passkey() -> Case:
    """Taken away as the view does: allauth asks first who it is, lately, and there is a journey."""
    said = {"credential": {}, "name": "My phone"}
    passkey = Authenticator.objects.create(user=somebody(), type="webauthn", data=said)
    there = Authenticator.objects.filter(pk=passkey.pk)

    def end() -> None:
        accounts.note_passkey(passkey)
        there.get().delete()

    return Case(end, there.exists)


def an_address() -> Case:
    ana = somebody()
    old, new = ana.email, f"moved{next(numbers)}@example.org"

    def end() -> None:
        user = User.objects.get(pk=ana.pk)
        user.email = new
        user.save()
        EmailAddress.objects.filter(user=user).update(email=new)
        accounts.note_address(user)

    return Case(end, lambda: User.objects.with_address(old) is not None)


def mails(kind: Any) -> Case:
    page = a_page()
    Profile.objects.filter(pk=page.pk).update(tells_me=True, reminds_me=True)
    row = page.owner.pk if kind is PROMISED else page.pk
    stop = read_stop(stop_address(kind, row=row, account=page.owner.pk).rstrip("/").split("/")[-1])
    assert stop
    model = User if kind is PROMISED else Profile
    return Case(
        lambda: no_more(stop), lambda: bool(getattr(model.objects.get(pk=row), kind.column))
    )


def mails_stopped_by_their_link() -> Case:
    return mails(REMINDER)


def mails_about_looks() -> Case:
    return mails(OPENED)


def mails_about_promises() -> Case:
    return mails(PROMISED)


def a_switch(turn: Callable[[Profile], Any], column: str, model: Any = Profile) -> Case:
    page = a_page()
    Profile.objects.filter(pk=page.pk).update(tells_me=True)
    row = page.pk if model is Profile else page.owner.pk
    return Case(lambda: turn(page), lambda: getattr(model.objects.get(pk=row), column))


def told_by_email() -> Case:
    return a_switch(lambda page: tell_by_email(profile=page, wanted=False), "tells_me")


def reminded_by_email() -> Case:
    return a_switch(lambda page: remind_by_email(profile=page, wanted=False), "reminds_me")


def reminded_of_promises() -> Case:
    def turn(page: Profile) -> None:
        promise_actions.remind_by_email(worker=page.owner, wanted=False)

    return a_switch(turn, "reminds_me", User)


KINDS: Final = (
    stopped, paused, ended_by_a_clock_that_ran_ahead, shorter, fewer_topics, no_photo, no_print,
    a_passcode_set, a_passcode_changed, a_passcode_locked, a_spoken_code,
    a_share_that_was_being_made, a_clinics_link_stopped, a_clinics_link_over,
    a_tick_of_a_share, a_tick_of_a_helper, ticks_that_opening_ended,
    a_topic_kept, a_topic_taken_off, a_line_taken_off, a_photo_beside, the_photo, another_photo,
    a_photo_before_an_earlier_page,
    a_helper_stopped, a_helper_left, a_helper_may_less, names_in_emails, an_invitation_declined,
    an_offer_taken_back, an_offer_declined, a_page_handed_over,
    what_a_keeper_shared_with_an_account_that_is_gone, a_page_deleted, an_account_deleted,
    a_workers_account_deleted, a_worker_came_in, a_worker_came_in_whose_account_is_gone,
    a_card_deleted, a_cards_photo, an_ask_code, another_ask_code,
    signed_out, a_device_signed_out, signed_out_elsewhere, a_passkey, an_address, an_account_closed,
    mails_stopped_by_their_link, mails_about_looks, mails_about_promises, told_by_email,
    reminded_by_email, reminded_of_promises,
)  # fmt: skip
# Doing these again opens or seals something. Photos do too, and are back for their person alone.
NEED_WORDS: Final[tuple[Callable[[], Case], ...]] = (
    a_passcode_set, a_passcode_changed, a_topic_kept, a_topic_taken_off, a_line_taken_off,
    a_page_handed_over,
)  # fmt: skip
