"""Who may hear of what happens to a page."""

from profiles.accounts.models import User
from profiles.core.verdict import YES, Verdict, no
from profiles.pages.models import Profile


def may_be_told(user: User | None, profile: Profile) -> Verdict:
    """Emails about a page go to the person it is about, at the address they sign in with."""
    if user is None or profile.owner_id != user.pk:
        return no("We can only email the person this page is about, once they have an account.")
    return YES
