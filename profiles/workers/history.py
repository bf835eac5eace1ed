"""What was promised, as data, for the person to take along."""

from typing import Any, Final

from profiles.pages.models import Profile
from profiles.workers.models import Promise, PromiseEvent

FORMAT: Final = "tell-it-once/promises/1"


def as_data(page: Profile, most: int) -> dict[str, Any]:
    """Each promise, by which day, and what became of it, each time somebody said so; the last day
    on top. At most so many.
    """
    promises = page.promises.latest_first()[:most].whole().with_profile(page)
    return {"format": FORMAT, "promises": [_promised(each) for each in promises]}


def _promised(promise: Promise) -> dict[str, Any]:
    look = promise.look
    told = sorted(promise.events.all(), key=lambda event: event.pk)
    return {
        "text": look.words or "",
        "by": look.reader_said,
        "role": look.reader_role or "",
        "place": look.reader_place or "",
        "made_at": look.looked_at.isoformat(),
        "by_day": promise.by_day.isoformat(),
        "became": [
            {
                "what": event.kind,
                "at": event.happened_at.isoformat(),
                **({"text": event.look.words or ""} if event.look else {}),
            }
            for event in told
            if event.kind != PromiseEvent.Kind.REMINDED
        ],
    }
