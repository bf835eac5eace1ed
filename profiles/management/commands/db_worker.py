"""Send the emails that are owed, and do what else nobody waits for."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from profiles.accounts.heartbeat import Heartbeat
from profiles.house.replay import catch_up


class Command(db_worker.Command):
    """The library's own worker. Before its first task it knows all that was taken away.

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
