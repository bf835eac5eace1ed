"""Send the emails that are owed, and do what else nobody waits for."""

import logging
from contextlib import suppress
from typing import Any

from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from profiles.accounts.heartbeat import Heartbeat
from profiles.core.journal_places import CannotReach
from profiles.house.replay import catch_up, is_level

log = logging.getLogger(__name__)


class Worker(db_worker.Worker):
    """The library's own. Before each task it knows all that was taken away.

    Somebody may put another database in the place of ours while it works. A journal that cannot be
    reached stops nothing, as in the gate.
    """

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        """Do it, after what this database does not know of was done again."""
        with suppress(CannotReach):
            if not is_level():
                log.warning("The database was put back while this worked.")
                catch_up()
        super().run_task(db_task_result)


db_worker.Worker = Worker  # type: ignore[misc]  # the library's command has no other way to be told


class Command(db_worker.Command):
    """The library's own command. Before its first task it knows all that was taken away.

    So a database that was put back sends no email about what has ended since. And like whatever
    else runs for long, it says which keys it has.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until it is told to stop."""
        catch_up()
        heartbeat = Heartbeat()
        heartbeat.start()
        try:
            super().handle(*args, **options)
        finally:
            heartbeat.stop()
