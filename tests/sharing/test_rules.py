"""Who may share, and who may open: as a table that somebody who knows the work can read."""

import pytest
from django.contrib.auth.models import AnonymousUser

from profiles.sharing import rules
from profiles.sharing.models import MOST_OPEN, Share
from tests.factories import make_kept_page, make_page, make_share, make_user, take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(ana, dee):
    return {"ana": ana, "dee": dee, "nobody": None, "signed out": AnonymousUser()}


@pytest.mark.parametrize(
    "who, reason",
    [
        ("ana", ""),  # it is her page
        ("dee", "Only the person this page is about can share it"),
        ("nobody", "Sign in first"),
        ("signed out", "Sign in first"),
    ],
)
def test_who_may_share(cast, anas_page, who, reason):
    verdict = rules.may_share(cast[who], anas_page)
    assert verdict.reason.startswith(reason)
    assert bool(verdict) == (reason == "")


@pytest.mark.parametrize(
    "who, is_handed_over, may",
    [
        ("ben", False, True),  # who keeps it
        ("nan", False, False),  # whom it is about, before it is theirs
        ("dee", False, False),
        ("nobody", False, False),
        ("ben", True, False),
        ("nan", True, True),
        ("dee", True, False),
    ],
)
def test_who_may_share_a_page_that_is_kept_for_somebody(cast, who, is_handed_over, may):
    ben, nan = make_user("ben@example.org"), make_user("nan@example.org")
    kept = make_kept_page(ben)
    if is_handed_over:
        take_over(kept, nan)
    them = (cast | {"ben": ben, "nan": nan})[who]
    assert bool(rules.may_share(them, kept)) == may
    assert bool(rules.is_its_person(them, kept)) == (may and is_handed_over)


def test_an_empty_page_is_not_shared(ana):
    assert "nothing on your page" in rules.may_begin(ana, make_page(ana)).reason


def test_there_is_a_most_and_the_sentence_says_it(ana, anas_page, monkeypatch):
    monkeypatch.setattr(rules, "MOST_OPEN", 2)
    for _ in range(2):
        make_share(anas_page)
    assert rules.may_begin(ana, anas_page).reason.startswith("You share your page with 2 people")
    assert MOST_OPEN == 200


@pytest.mark.parametrize(
    "kind, who, allowed",
    [
        (Share.Kind.LINK, "signed out", True),  # whoever has the link
        (Share.Kind.LINK, "dee", True),
        (Share.Kind.WORKER, "priya", True),  # the address it was shared with
        (Share.Kind.WORKER, "dee", False),
        (Share.Kind.WORKER, "ana", False),
        (Share.Kind.WORKER, "signed out", False),
    ],
)
def test_who_may_open(cast, priya, anas_page, kind, who, allowed):
    email = "Priya@Example.org" if kind == Share.Kind.WORKER else ""
    share = make_share(anas_page, email=email)
    assert bool(rules.may_open((cast | {"priya": priya})[who], share)) == allowed


def test_a_share_that_an_account_has_claimed_stays_with_it(priya, dee, anas_page):
    share = make_share(anas_page, email=priya.email)
    share.worker = dee
    assert not rules.may_open(priya, share)
    assert rules.may_open(dee, share)


@pytest.mark.parametrize("may_print", [True, False])
def test_who_may_print(anas_page, may_print):
    assert bool(rules.may_print(make_share(anas_page, may_print=may_print))) == may_print
