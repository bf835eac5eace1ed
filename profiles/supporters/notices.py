"""The email that tells a person of words that somebody suggests."""

from django_tasks import task

from profiles.access.notices import letter_to_owner
from profiles.core.mails import Letter, sayable
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.supporters.models import Suggestion


@task
def suggested(notice: int, turn: int) -> None:
    """Tell a person that somebody who helps them suggests words."""
    send_notice(notice, turn, by=suggested, write=_suggested)


def _suggested(notice: Notice) -> Letter | None:
    """Nothing, where they have answered by now, or stopped that help: it would sound as if it went
    on. It says the name if it may, as that is now.
    """
    waiting = Suggestion.objects.new().filter(pk=notice.about, profile=notice.profile)
    suggestion = waiting.select_related("supporter").first()
    if suggestion is None or suggestion.supporter.ended_at:
        return None
    supporter = suggestion.supporter
    supporter.profile = notice.profile
    who = sayable(supporter.name) if supporter.names_in_emails else ""
    return letter_to_owner("suggested", notice.profile, who=who)
