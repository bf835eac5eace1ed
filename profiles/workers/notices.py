"""The email that reminds a worker of what they promised for tomorrow."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from profiles.core.mails import PROMISED, Letter, stop_address
from profiles.notices.actions import send_notice
from profiles.notices.models import Notice
from profiles.workers.models import Promise, PromiseEvent


@task
def promised(notice: int, turn: int) -> None:
    """Tell a worker that something they promised is for tomorrow."""
    send_notice(notice, turn, by=promised, write=_promised)


def _promised(notice: Notice) -> Letter | None:
    """Of all that one run of `tidy` told them of, the first that is still open speaks for the rest.

    Nothing, once the day has come: it speaks of tomorrow.
    """
    made = PromiseEvent.objects.select_related("promise__maker__worker")
    event = made.filter(pk=notice.about, promise__maker__worker__reminds_me=True).first()
    if event is None:
        return None
    worker, tomorrow = event.promise.maker.worker, timezone.localdate() + timedelta(days=1)
    still_open = Promise.objects.made_by(worker).open().due_on(tomorrow)
    together = PromiseEvent.objects.filter(
        kind=event.kind, happened_at=event.happened_at, promise__in=still_open
    )
    if together.order_by("pk").first() != event:
        return None
    stop = stop_address(PROMISED, row=worker.pk, account=worker.pk)
    return Letter(name="promise", to=worker.email, stop=stop)
