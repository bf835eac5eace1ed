"""Who may go through a page, and who may be reminded of it."""

from profiles.accounts.models import User
from profiles.core.verdict import YES, Verdict, no
from profiles.pages.models import Profile


def may_review(profile: Profile) -> Verdict:
    """May somebody go through the page and say what is still right?"""
    if not profile.answers.current().exists():
        return no("There is nothing on this page yet. Answer one question first.")
    return YES


def may_be_reminded(user: User | None, profile: Profile) -> Verdict:
    """Emails that it is time to check a page go to the account that the page is in."""
    if user is None or user.pk not in (profile.owner_id, profile.kept_by_id):
        return no("We can only email somebody who has signed in to keep this page.")
    return YES
