"""What a person is called, as whom a share is with may see it."""

from collections.abc import Iterable

from profiles.answers.models import Answer, answers_now
from profiles.core.names import CALL_ME, name_in
from profiles.pages.models import Profile
from profiles.sharing.models import Share


def name_shown(share: Share) -> str:
    """What the person is called, as whom this share is with may see it today; "" if they may not.

    Ask it of a share that is open: a closed one shows no name.
    """
    return name_among(visible_through(share))


def visible_through(share: Share) -> list[Answer]:
    """The answers that this share shows today."""
    return share.agreed.shown(answers_now(share.profile))


def who_helps(page: Profile) -> list[str]:
    """What the person calls those who help them today: whoever helps sees the page."""
    return [helper.name for helper in page.supporters.helping().order_by("pk").with_profile(page)]


def name_among(visible: Iterable[Answer]) -> str:
    """What the person is called, if that is among these answers; else ""."""
    return next((name_in(answer.lines) for answer in visible if answer.topic == CALL_ME), "")
