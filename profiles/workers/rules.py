"""Who may promise, and who is asked for a sorry."""

from profiles.accounts.models import User
from profiles.core.verdict import YES, Verdict, no
from profiles.sharing.models import Share
from profiles.workers.models import MOST_OPEN, Promise, PromiseEvent


def may_promise(share: Share) -> Verdict:
    """May one more promise be made through this share?"""
    if Promise.objects.through(share).open().count() >= MOST_OPEN:
        return no(
            f"There are {MOST_OPEN} promises here that wait for their day. That is the most we "
            "can keep. Leave this one out"
        )
    return YES


def may_say_sorry(worker: User, promise: Promise) -> Verdict:
    """Whoever promised is asked, once, when the person has said that it was not done."""
    if not has_promised(worker, promise):
        return no("Somebody else promised this.")
    if promise.said is not PromiseEvent.Kind.NOT_DONE:
        return no("The person has not said that this was not done.")
    if promise.sorry:
        return no("You have said sorry already. The person can see it.")
    return YES


def has_promised(worker: User, promise: Promise) -> bool:
    """Is it this worker who promised it?"""
    return Promise.objects.made_by(worker).filter(pk=promise.pk).exists()
