"""What came of help, as data, for the person to take along."""

from typing import Any

from profiles.pages.models import Profile
from profiles.supporters.sentences import decision


def as_data(page: Profile, most: int) -> dict[str, Any]:
    """What was suggested and what became of it, and what was decided for the person; newest first.

    At most so many of each.
    """
    suggestions = page.suggestions.latest_first()[:most].with_profile(page)
    decisions = page.decisions.latest_first()[:most].with_profile(page)
    return {
        "format": "tell-it-once/help/1",
        "suggestions": [
            {
                "topic": each.topic,
                "text": each.text,
                "why": each.why,
                "by": each.supporter.name,
                "made_at": each.made_at.isoformat(),
                "answer": each.answer,
                "answered_at": each.answered_at.isoformat() if each.answered_at else None,
            }
            for each in suggestions
        ],
        "decisions": [
            {
                "about": each.about,
                "tried": each.tried,
                "how": list(decision(each)["sentences"]),
                "written_by": each.written_by,
                "written_at": each.written_at.isoformat(),
            }
            for each in decisions
        ],
    }
