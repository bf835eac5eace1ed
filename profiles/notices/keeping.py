"""What is let go of once notices have gone out, and what there is to say of those that have not."""

from datetime import datetime, timedelta
from typing import Final

from django.core.management import call_command
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from profiles.notices.models import Notice

KEPT: Final = timedelta(days=1)  # what has gone out, and what the library keeps of its tasks
KEPT_IN_DOUBT: Final = timedelta(days=7)  # so that whoever looks once a week is told
NO_WORKER: Final = timedelta(minutes=30)
NO_MAIL_SERVER: Final = timedelta(hours=2)


def let_go(*, at: datetime) -> int:
    """Let go of the notices that went out, and of what the library keeps of its tasks."""
    went_out = Notice.objects.filter(ended_at__lt=at - KEPT)
    count = went_out.delete()[0] + Notice.objects.in_doubt(at - KEPT_IN_DOUBT).delete()[0]
    if isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
        call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT.days, verbosity=0)
        # The library leaves the row of a task whose worker was killed as it was: for ever.
        DBTaskResult.objects.running().filter(started_at__lt=at - KEPT).delete()
    return count


def late(at: datetime) -> list[str]:
    """What is wrong where notices wait too long, in sentences. Nothing of it closes the site."""
    waiting, sentences = Notice.objects.waiting(), []
    if waiting.filter(due_at__lt=at - NO_WORKER).exists():
        sentences.append("Emails wait, and no worker sends them: run manage.py db_worker.")
    elif waiting.filter(owed_at__lt=at - NO_MAIL_SERVER).exists():
        sentences.append("Emails wait: no mail server takes them, or something broke. See the log.")
    return sentences


def standing(at: datetime) -> list[str]:
    """How many wait, since when, and how many are in doubt: for whoever asks how we are."""
    waiting = Notice.objects.waiting().order_by("owed_at")
    said = ["No email waits."]
    if oldest := waiting.first():
        minutes = int((at - oldest.owed_at).total_seconds() // 60)
        said = [f"Emails that wait: {waiting.count()}, the oldest for {minutes} minutes."]
    if doubtful := Notice.objects.in_doubt(at).count():
        said.append(
            f"Emails that were begun and never ended, because a worker or the mail server went "
            f"away: {doubtful}. They may have arrived, so they are not sent again."
        )
    return said
