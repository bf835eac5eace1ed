"""The email that says that somebody's archive is ready. It is made first."""

from django.utils import timezone
from django_tasks import task

from profiles.core.mails import Letter
from profiles.exports.making import make_archive
from profiles.exports.models import KeptArchive
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice


@task
def archive_is_ready(notice: int, turn: int) -> None:
    """Make an archive that takes long, and tell whoever asked for it that they can fetch it."""
    send_notice(notice, turn, by=archive_is_ready, write=_archive_is_ready)


def _archive_is_ready(notice: Notice) -> Letter | None:
    """Nothing is made, and nothing said, where the page is not theirs any more."""
    page = notice.profile
    asked = KeptArchive.objects.filter(pk=notice.about).select_related("account").first()
    if asked is None:
        return None
    if asked.account_id not in {page.owner_id, page.kept_by_id}:
        asked.delete()
        return None
    if asked.made_at is None:
        asked.profile = page
        asked.file = make_archive(page, by=asked.account)
        asked.made_at = timezone.now()
        asked.save()
    return Letter(name="archive", to=asked.account.email, said={"page": page})
