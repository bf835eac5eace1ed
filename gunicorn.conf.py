"""How gunicorn runs us. It reads this file by itself, in the folder that it is started in."""

import os
from typing import Any

from profiles.core import number_files
from profiles.pdf.folders import Folder

control_socket_disable = True  # nobody here uses one, and what is not there cannot be misused
worker_class = "project.server.Worker"
logger_class = "project.server.Log"
threads = 16  # `--threads` says otherwise
# Whoever asks may not say where our addresses begin. gunicorn believes a proxy on this machine, and
# some pass on what they are sent; what we draw once for all would lead everybody astray.
forwarder_headers = ""


def on_starting(server: Any) -> None:
    """Tell our own code how many there are of us: see profiles/core/busy.py."""
    os.environ["SERVER_THREADS"] = str(server.cfg.threads)
    os.environ["SERVER_WORKERS"] = str(server.cfg.workers)
    server.numbers = Folder()
    os.environ[number_files.FOLDER] = server.numbers.path  # all workers count there


def on_exit(server: Any) -> None:
    """Let go of what the workers counted."""
    server.numbers.take_away()


def post_fork(server: Any, worker: Any) -> None:
    """Make room for what this worker counts, before it loads what counts: see core/metrics.py."""
    number_files.reserve(worker.pid)


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted stays in the sum; what it was doing just now does not."""
    from prometheus_client.multiprocess import mark_process_dead  # it reads FOLDER as it loads

    mark_process_dead(worker.pid)
    number_files.give_back(worker.pid)


def post_worker_init(worker: Any) -> None:
    """Say from now on which keys this process knows: see profiles/accounts/heartbeat.py."""
    from profiles.accounts.heartbeat import (
        Heartbeat,  # it needs the settings, which are read by now
    )

    worker.heartbeat = Heartbeat()
    worker.heartbeat.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Take leave, where it has begun at all."""
    if heartbeat := getattr(worker, "heartbeat", None):
        heartbeat.stop()
