"""The email that reminds a person that it is time to check their page."""

from django.utils import timezone
from django_tasks import task

from profiles.core.mails import REMINDER, Letter, stop_address
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.review.models import Reminder
from profiles.review.queries import due_for_review


@task
def reminder(notice: int, turn: int) -> None:
    """Tell a person that it is time to check their page."""
    send_notice(notice, turn, by=reminder, write=_reminder)


def _reminder(notice: Notice) -> Letter | None:
    """Nothing, where it was checked, put off, or not wanted any more. Then it counts as none."""
    page, claim = notice.profile, Reminder.objects.filter(pk=notice.about).first()
    account, due = page.account, due_for_review(timezone.now()).filter(pk=page.pk).first()
    is_due = claim and due and due.since == claim.about  # type: ignore[attr-defined]
    if account is None or not page.reminds_me or not is_due:
        Reminder.objects.filter(pk=notice.about).delete()
        return None
    stop = stop_address(REMINDER, row=page.pk, account=account.pk)
    return Letter(name="reminder", to=account.email, stop=stop, said={"page": page})
