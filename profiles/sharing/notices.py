"""The email that tells a person that somebody asks to see their page."""

from django_tasks import task

from profiles.access.notices import letter_to_owner
from profiles.core.mails import Letter
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.sharing.models import Ask


@task
def asked(notice: int, turn: int) -> None:
    """Tell a person that somebody asks to see their page."""
    send_notice(notice, turn, by=asked, write=_asked)


def _asked(notice: Notice) -> Letter | None:
    """Nothing, where they have answered by now."""
    unanswered = Ask.objects.filter(pk=notice.about, profile=notice.profile, answer="")
    return letter_to_owner("asked", notice.profile) if unanswered.exists() else None
