"""Everything that was ever said on a page, as data for its person to take along."""

from typing import Any, Final

from profiles.answers.models import Answer, Draft
from profiles.pages.models import Profile
from profiles.topics.pictures import name_of

FORMAT: Final = "tell-it-once/history/1"


def as_data(page: Profile, most: int) -> dict[str, Any]:
    """Every answer, newest first, and what is typed and not saved. Of many answers, the newest."""
    answers = page.answers.latest_first()[:most].with_profile(page)
    drafts = page.drafts.order_by("topic").with_profile(page)
    return {
        "format": FORMAT,
        "answers": [_said(answer) for answer in answers],
        "not_saved": [_typed(draft) for draft in drafts],
    }


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "topic": answer.topic,
        "number": answer.number,
        "said_at": answer.said_at.isoformat(),
        "text": answer.text,
        "taken_off": answer.is_clear,
        "picture": name_of(answer.picture),
        "photo": answer.photo.alt if answer.photo else "",
        "only_me": answer.only_me,
        "said_by": answer.said_by or "me",
        "checked": answer.checked,
        "written_down_by": answer.helped_by or "",
        "yes_by": answer.yes_by,
        "language": answer.language,
    }


def _typed(draft: Draft) -> dict[str, Any]:
    return {
        "topic": draft.topic,
        "typed_at": draft.saved_at.isoformat(),
        "text": draft.text,
        "picture": name_of(draft.picture),
        "photo": draft.photo.alt if draft.photo else "",
        "only_me": draft.only_me,
    }
