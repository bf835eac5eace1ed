"""The email to whoever shared a page, when its passcode was tried too often."""

from django_tasks import task

from profiles.core.mails import Letter
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.sharing.models import Share


@task
def locked(notice: int, turn: int) -> None:
    """Tell a person that nobody new can come in by one of their links."""
    send_notice(notice, turn, by=locked, write=_locked)


def _locked(notice: Notice) -> Letter | None:
    """Nothing, where they have stopped that link by now, or given it another passcode."""
    whose = notice.profile.account  # its keeper's, until its person has it
    share = Share.objects.current().filter(looks=notice.about).first()
    if whose is None or share is None or not share.is_locked:
        return None
    return Letter(name="locked", to=whose.email, said={"page": notice.profile})
