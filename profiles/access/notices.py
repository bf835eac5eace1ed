"""The emails that tell a person what happened to their page. What they say is decided when sent."""

from django_tasks import task

from profiles.access.models import OPENINGS, Look
from profiles.core.mails import OPENED, Letter, stop_address
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.pages.models import Profile


@task
def opened(notice: int, turn: int) -> None:
    """Tell a person that somebody opened their page."""
    send_notice(notice, turn, by=opened, write=_opened)


@task
def told(notice: int, turn: int) -> None:
    """Tell a person that somebody who helps them did something they should know."""
    send_notice(notice, turn, by=told, write=_told)


def letter_to_owner(name: str, profile: Profile, **said: object) -> Letter | None:
    """An email to the person whose page it is; None where they want none, or there is nobody."""
    owner = profile.owner
    if owner is None or not profile.tells_me:
        return None
    stop = stop_address(OPENED, row=profile.pk, account=owner.pk)
    return Letter(name=name, to=owner.email, stop=stop, said={"page": profile, **said})


def _opened(notice: Notice) -> Letter | None:
    """It speaks for what happened since, too. Where they have stopped all of it, it is too late:
    it would sound as if sharing went on.
    """
    since = Look.objects.of_kinds(OPENINGS).filter(profile=notice.profile, pk__gte=notice.about)
    goes_on = since.filter(share__stopped_at=None, share__paused_at=None).exclude(share=None)
    return letter_to_owner("opened", notice.profile) if goes_on.exists() else None


def _told(notice: Notice) -> Letter | None:
    return letter_to_owner("told", notice.profile)
