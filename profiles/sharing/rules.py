"""Who may share a page, and who may open it."""

from django.contrib.auth.models import AnonymousUser

from profiles.accounts.models import User
from profiles.core.verdict import YES, Verdict, no
from profiles.pages.models import Profile
from profiles.sharing.models import MOST_OPEN, Share, digest_of_address


def is_its_person(user: User | AnonymousUser | None, profile: Profile) -> Verdict:
    """Is this the person the page is about? What only they can say waits for them."""
    if user is None or not user.is_authenticated:
        return no("Sign in first. Then only you can share your page, and stop sharing it.")
    if profile.owner_id != user.pk:
        return no(
            "Only the person this page is about can do this, from an account of their own. "
            "It waits until they have taken the page over."
        )
    return YES


def may_share(user: User | AnonymousUser | None, profile: Profile) -> Verdict:
    """Sharing is a yes of the person the page is about. Before they have taken it over, whoever
    keeps it for them may decide, which is never called their yes: see decision 33.
    """
    if user is None or not user.is_authenticated:
        return no("Sign in first. Then only you can share your page, and stop sharing it.")
    mine = profile.kept_by_id if profile.is_kept else profile.owner_id
    if mine != user.pk:
        return no(
            "Only the person this page is about can share it; or whoever keeps it for them, "
            "until they have taken it over."
        )
    return YES


def may_change(share: Share) -> Verdict:
    """What a keeper shared is kept on or stopped by its person, before anything else is done."""
    if share.waits_for_yes:
        return no("Say first whether this goes on. It was shared before the page was yours.")
    return YES


def may_begin(user: User | AnonymousUser | None, profile: Profile) -> Verdict:
    """May one more share be made?"""
    if not (verdict := may_share(user, profile)):
        return verdict
    whose = "their" if profile.for_someone else "your"
    if not profile.answers.current().exists():
        return no(
            f"There is nothing on {whose} page yet. Answer one question, and you can share it."
        )
    if profile.shares.current().count() >= MOST_OPEN:
        return no(
            f"You share {whose} page with {MOST_OPEN} people and places. That is the most we can "
            "do. Stop one, and you can share with somebody new."
        )
    return YES


def may_open(user: User | AnonymousUser, share: Share) -> Verdict:
    """May whoever holds this share's link go in? One for a worker is for that account alone."""
    if share.kind != Share.Kind.WORKER:
        return YES
    if not user.is_authenticated:
        return no("Sign in with the email address that this page was shared with.")
    if share.worker_id is None:
        mine = share.worker_digest == digest_of_address(user.email)
    else:
        mine = share.worker_id == user.pk
    return YES if mine else no("This page is for somebody who signs in with another address.")


def may_have_passcode(share: Share, *, wanted: bool = True) -> Verdict:
    """May a passcode be asked for besides? One worker's share is opened by their account alone.

    A clinic's link has one or none for good: it says so itself, and may be in a computer already.
    """
    if share.kind == Share.Kind.WORKER:
        return no("They sign in to read your page, so there is no passcode.")
    if share.kind == Share.Kind.CLINIC and wanted != share.passcode_set:
        return no("The link says whether there is a passcode. Stop this, and share anew.")
    if share.kind == Share.Kind.CLINIC and not wanted:
        return no("This link has no passcode.")
    return YES


def may_be_given_out(share: Share) -> Verdict:
    """May its link be emailed, or read out as a code? A clinic's opens the page by itself, with no
    doorstep: it is shown on a screen, and copied by hand.
    """
    if share.kind == Share.Kind.CLINIC:
        return no("This link is for a computer. Show it on this screen, or copy it.")
    return YES


def may_print(share: Share) -> Verdict:
    """May the page be taken along, on paper or as a file?"""
    return YES if share.may_print else no("This page was shared to be read, not to be printed.")
