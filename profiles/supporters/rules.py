"""Who may be asked to help, and what a supporter may do."""

from profiles.accounts.models import User
from profiles.core.verdict import YES, Verdict, no
from profiles.pages.models import Profile
from profiles.sharing.models import digest_of_address
from profiles.sharing.rules import is_its_person
from profiles.supporters.models import MOST_SUPPORTERS, MOST_WAITING, Supporter

NOT_ANY_MORE = "You do not help with this page any more. Nothing was kept"


def may_ask_for_help(user: User | None, profile: Profile) -> Verdict:
    """Letting somebody see the page is a yes, and only its person can say it."""
    if not (verdict := is_its_person(user, profile)):
        return verdict
    if profile.supporters.current().count() >= MOST_SUPPORTERS:
        return no(
            f"{MOST_SUPPORTERS} people help you. That is the most we can do. "
            "Stop one, and you can ask somebody new."
        )
    return YES


def may_be_asked(email: str, profile: Profile) -> Verdict:
    """May somebody with this address be asked to help?"""
    if profile.owner and digest_of_address(profile.owner.email) == digest_of_address(email):
        return no("That is your own email address. Enter the address of whoever helps you")
    if profile.supporters.current().with_address(email).exists():
        return no("You have asked somebody at that address already")
    return YES


def may_suggest(supporter: Supporter) -> Verdict:
    """May this supporter offer words?"""
    if not supporter.may_suggest:
        return no("You can see this page. To suggest words, ask the person to let you.")
    return may_leave_words(supporter)


def may_leave_words(supporter: Supporter) -> Verdict:
    """Is there room for one more suggestion that waits for the person?"""
    if supporter.suggestions.waiting().count() >= MOST_WAITING:
        return no(
            f"{MOST_WAITING} of your suggestions are waiting for an answer. "
            "Wait until the person has looked at some."
        )
    return YES


def may_write_together(supporter: Supporter) -> Verdict:
    """May this supporter write down what the person says?"""
    if not supporter.may_write:
        return no("To write together on one device, ask the person to let you.")
    return YES


def may_be_handed(email: str, profile: Profile) -> Verdict:
    """May the page be offered to somebody with this address? Nobody takes a page from themself."""
    keeper = profile.kept_by
    if keeper and digest_of_address(keeper.email) == digest_of_address(email):
        return no("That is your own email address. Enter the address of the person")
    return YES


def may_hand_over(user: User | None, profile: Profile) -> Verdict:
    """Only whoever keeps a page for somebody can hand it to them."""
    if user is None or profile.kept_by_id != user.pk:
        return no("Only the one who keeps this page can hand it over.")
    return YES


def may_write_down(user: User, profile: Profile, supporter: Supporter | None) -> Verdict:
    """Whoever helps with a page today, or keeps it, may write down how something was decided."""
    if supporter:
        may = supporter.profile_id == profile.pk and _helps(user, supporter)
    else:
        may = Profile.objects.kept(user).filter(pk=profile.pk).exists()
    if not may:
        return no(NOT_ANY_MORE)
    return YES


def _helps(user: User, supporter: Supporter) -> bool:
    return Supporter.objects.of(user).filter(pk=supporter.pk).exists()
