"""Workers in this process; and the rows that they take."""

from typing import Any
from unittest.mock import patch

from django_tasks_db.models import DBTaskResult

from profiles.management.commands.db_worker import Worker

LIBRARY = "django_tasks_db.management.commands.db_worker"
IN_THE_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work() -> None:
    """Let a worker do what waits and is due, and then leave."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
    )
    with patch(f"{LIBRARY}.close_old_connections"):  # it is the test's own
        worker.run()


def tasks_kept() -> list[dict[str, Any]]:
    """Whatever the library keeps of tasks."""
    return list(DBTaskResult.objects.order_by("enqueued_at").values())
