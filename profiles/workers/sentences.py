"""What is said about promises: to the person, and to whoever made them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.sharing.models import Share
from profiles.sharing.names import name_shown
from profiles.workers import rules
from profiles.workers.models import Promise, PromiseEvent

LATELY: Final = timedelta(days=14)  # how long a promise, or a sorry, stays on the person's home
FEW: Final = 3
ANSWERS: Final = {
    PromiseEvent.Kind.DONE: "Done",
    PromiseEvent.Kind.LATE: "Done, but late",
    PromiseEvent.Kind.NOT_DONE: "Not done",
}
TOLD: Final = {  # to whoever promised
    PromiseEvent.Kind.DONE: "They said: it was done.",
    PromiseEvent.Kind.LATE: "They said: it was done, but late.",
    PromiseEvent.Kind.NOT_DONE: "They said: it was not done.",
}


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """One promise, in words."""

    ref: str
    who: str
    about: str
    words: str
    by_day: date
    is_over: bool  # its day has passed
    hears: bool  # of what the person says: it was promised by an account that is still there
    waits: bool  # for its person: whoever keeps their page cannot say what became of it
    said: PromiseEvent.Kind | None
    sorry: str
    sorry_at: datetime | None

    @property
    def word(self) -> str:
        """What became of it, for the person: "" while it is open."""
        return ANSWERS[self.said] if self.said else ""

    @property
    def kind(self) -> str:
        """How that looks."""
        return "done" if self.said in {PromiseEvent.Kind.DONE, PromiseEvent.Kind.LATE} else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the person can say of it now. Nothing is late before its day is over."""
        if self.waits:
            return []
        late = {PromiseEvent.Kind.LATE} if not self.is_over else set()
        return [(kind.value, words) for kind, words in ANSWERS.items() if kind not in late]


def row(promise: Promise) -> PromiseRow:
    """One promise, as the person sees it."""
    look, sorry = promise.look, promise.sorry
    return PromiseRow(
        ref=promise.ref,
        who=look.reader_said,
        about=", ".join(filter(None, [look.reader_role, look.reader_place])),
        words=look.words or "",
        by_day=promise.by_day,
        is_over=promise.by_day < timezone.localdate(),
        hears=hasattr(promise, "maker"),
        waits=promise.profile.is_kept,
        said=promise.said,
        sorry=(sorry.look.words or "") if sorry and sorry.look else "",
        sorry_at=sorry.happened_at if sorry else None,
    )


def to(page: Profile) -> dict[str, list[PromiseRow]]:
    """Everything that was promised to this person: what is open first, the next day on top."""
    rows = [row(promise) for promise in page.promises.soonest_first().whole().with_profile(page)]
    return {
        "open": [each for each in rows if not each.said],
        "before": [each for each in reversed(rows) if each.said],
    }


def at_a_glance(page: Profile) -> dict[str, Any]:
    """What is promised and open, or was lately; and a sorry that is new. For the person's home."""
    since = timezone.now() - LATELY
    due = page.promises.open().due_from(timezone.localdate(since)).soonest_first()
    sorry = page.promises.sorry_since(since).latest_first()
    return {
        "open": [row(promise) for promise in due[:FEW].whole().with_profile(page)],
        "sorry": [row(promise) for promise in sorry[:FEW].whole().with_profile(page)],
        "any": page.promises.exists(),
    }


def by(worker: User) -> list[dict[str, Any]]:
    """What this worker promised, what became of it, and for what they are asked for a sorry.

    Whose page it was is told only where the person's name may be shown to them today.
    """
    promises = Promise.objects.made_by(worker).latest_first().with_page()
    return [told(worker, promise) for promise in promises]


def told(worker: User, promise: Promise) -> dict[str, Any]:
    """One promise, as its maker sees it."""
    promise.know(promise.profile)
    share = promise.look.share
    shown = row(promise)
    return {
        "row": shown,
        "name": name_shown(share) if share and _in_the_list(worker, share) else "",
        "became": TOLD[shown.said] if shown.said else "",
        "asks": bool(rules.may_say_sorry(worker, promise)),
    }


def _in_the_list(worker: User, share: Share) -> bool:
    """Does it stand under a name in the worker's list? A link, or what is closed, does not."""
    return share.kind == Share.Kind.WORKER and share.worker_id == worker.pk and share.is_open()
