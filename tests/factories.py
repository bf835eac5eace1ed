"""People, pages, answers and shares for tests: plain functions with good defaults."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.accounts.actions import make_account
from profiles.accounts.models import User
from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.photos import images
from profiles.photos.actions import add_beside
from profiles.sharing import new_actions
from profiles.sharing.clinic import AT_THE_DESK, FoundBy, Taking
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.sharing.wording import wording_for
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Handing, Supporter
from profiles.topics.load import load
from profiles.workers import actions as workers
from profiles.workers import promise_actions
from profiles.workers.about import About
from profiles.workers.models import HelloCard, Promise
from profiles.workers.promise_actions import Promised
from tests.photos.photos import as_file, corners

I_DECIDED = Decided(mode=Mode.ME)
TOLD_ROSA = Decided(mode=Mode.TOLD, decided_by="Rosa", shown="pointed")


def make_user(email: str = "ana@example.org") -> User:
    return make_account(email=email)


def signed_in(user: User) -> Client:
    """A browser in which this account is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def make_page(owner: User | None = None, **said: str) -> Profile:
    """A page; each keyword is a topic and what is said under it."""
    page = page_actions.start_page(for_someone=False, language="en", user=owner)
    for topic, text in said.items():
        say(page, topic, text)
    return page


def say(page: Profile, topic: str, text: str, **kept: Any) -> Answer | None:
    """Save words under a topic, after whatever was said there last."""
    newest = page.answers.about(topic).first()
    return actions.save_answer(
        profile=page,
        topic=load().topic(topic),
        words=Words(text=text, **kept),
        started_from=newest.number if newest else 0,
    )


def put_beside(page: Profile, topic: str, alt: str = "A blue cup", **looks: Any) -> Answer:
    """Put a photo beside what was said under a topic."""
    [newest] = page.answers.current().filter(topic=topic).with_profile(page)
    whole = images.take_in(as_file(corners(**looks)), images.BESIDE)
    photo = add_beside(profile=page, topic=topic, whole=whole, alt=alt)
    about = load().topic(topic)
    saved = actions.save_answer(
        profile=page,
        topic=about,
        words=replace(Words.of(newest), picture=about.picture, photo_id=photo.pk),
        started_from=newest.number,
    )
    assert saved
    return saved


def texts(page: Profile, topic: str) -> list[str]:
    """Everything ever saved under a topic, oldest first."""
    return [answer.text for answer in page.answers.about(topic).with_profile(page)][::-1]


def begin_share(
    page: Profile,
    *,
    reader_name: str = "Priya, Sunrise Home Care",
    topics: Collection[str] = ("important",),
    may_print: bool = True,
    with_photo: bool = False,
    email: str = "",
    with_passcode: bool = False,
    ends_at: datetime | None = None,
    keeper_name: str = "Rosa",
) -> Share:
    """A share on which everything is said but the yes; by its keeper, while the page is kept."""
    by = page.account
    assert by
    share = new_actions.begin(profile=page, by=by)
    share.profile = page
    new_actions.say_who(
        share=share,
        by=by,
        reader_name=reader_name,
        worker_email=email,
        with_passcode=with_passcode,
        keeper_name=keeper_name,
    )
    new_actions.say_what(
        share=share, by=by, topics=topics, with_photo=with_photo, may_print=may_print
    )
    ends_at = ends_at or timezone.now() + timedelta(days=90)
    new_actions.say_how_long(share=share, by=by, ends_at=ends_at)
    return share


def make_share(page: Profile, **said: Any) -> Share:
    """A share that its person has said yes to; or its keeper decided, while the page is kept."""
    share = begin_share(page, **said)
    assert page.account
    decided = TOLD_ROSA if page.is_kept else I_DECIDED
    return new_actions.give(
        share=share, by=page.account, decided=decided, shown=wording_for(share).fingerprint
    )


def begin_clinic_share(
    page: Profile,
    *,
    reader_name: str = "Ward 4, St Mary’s",
    topics: Collection[str] = ("important",),
    with_photo: bool = False,
    taking: Taking = Taking.NOW,
    lasts: timedelta | None = AT_THE_DESK,
    ends_at: datetime | None = None,
    keeper_name: str = "Rosa",
    **found_by: str,
) -> Share:
    """A share with a clinic's computer on which everything is said but the yes."""
    by = page.account
    assert by
    share = new_actions.begin(profile=page, by=by)
    share.profile = page
    new_actions.say_who(
        share=share, by=by, reader_name=reader_name, for_clinic=True, keeper_name=keeper_name
    )
    known = {
        "given_names": "Ana",
        "family_name": "Ruiz",
        "birth_date": "1956-03-04",
        "gender": "female",
    } | found_by
    new_actions.say_clinic(share=share, by=by, taking=taking, found_by=FoundBy(**known))
    new_actions.say_what(share=share, by=by, topics=topics, with_photo=with_photo, may_print=True)
    lasts = None if ends_at else lasts
    new_actions.say_how_long(share=share, by=by, ends_at=ends_at, lasts=lasts)
    return share


def clinic_share(page: Profile, **said: Any) -> Share:
    """A share with a clinic's computer, open: its other half is `share.clinic_link`."""
    share = begin_clinic_share(page, **said)
    assert page.account
    decided = TOLD_ROSA if page.is_kept else I_DECIDED
    return new_actions.give(
        share=share, by=page.account, decided=decided, shown=wording_for(share).fingerprint
    )


def make_kept_page(keeper: User | None = None, **said: str) -> Profile:
    """A page that somebody keeps for the person it is about; each keyword is a topic."""
    keeper = keeper or make_user("rosa@example.org")
    page = page_actions.start_page(for_someone=True, language="en", user=keeper)
    for topic, text in ({"call_me": "Jo", "important": "Tea first."} | said).items():
        say(page, topic, text)
    return page


def take_over(page: Profile, by: User) -> Profile:
    """A kept page is offered to the person it is about, and they take it."""
    assert page.kept_by
    key = handing.offer(profile=page, by=page.kept_by, email=by.email, keeper_name="my mum Rosa")
    assert handing.take(handing=Handing.objects.with_key(key).get(), by=by)
    page.refresh_from_db()
    return page


def ask_for_help(
    page: Profile,
    *,
    email: str = "dee@example.org",
    may: str = Supporter.May.WRITE,
    name: str = "my sister Dee",
    kept_topics: Collection[str] = (),
) -> str:
    """Somebody is asked to help; the key of the link that they answer by."""
    assert page.owner
    return helping.ask(
        profile=page, by=page.owner, name=name, email=email, may=may, kept_topics=kept_topics
    )


def make_supporter(
    page: Profile, user: User, may: str = Supporter.May.WRITE, **said: Any
) -> Supporter:
    """Somebody who was asked to help, and said yes."""
    key = ask_for_help(page, email=user.email, may=may, **said)
    supporter = Supporter.objects.asked(key).get()
    supporter.profile = page
    assert helping.accept(supporter=supporter, by=user)
    supporter.refresh_from_db(fields=["user", "accepted_at"])
    return supporter


def make_card(worker: User, **said: str) -> HelloCard:
    """A worker's hello card."""
    return workers.save_card(worker=worker, about=About(**({"name": "Priya"} | said)))


def make_promise(
    share: Share,
    *,
    worker: User | None = None,
    words: str = "I will ring you.",
    days: int = 2,
    name: str = "Priya",
) -> Promise:
    """Something that a reader of this share promised, by a day so many days from now."""
    by_day = timezone.localdate() + timedelta(days=days)
    return promise_actions.promise(
        share=share,
        reader=Reader(name=name, role="support worker"),
        promised=Promised(words=words, by_day=by_day),
        worker=worker,
    )
