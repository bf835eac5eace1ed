"""How gunicorn runs us. It reads this file by itself, in the folder that it is started in."""

import os
from typing import Any

from profiles.pdf.folders import Folder

NUMBERS = "PROMETHEUS_MULTIPROC_DIR"  # a folder in which all workers count: see core/metrics.py

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
    os.environ[NUMBERS] = server.numbers.path


def on_exit(server: Any) -> None:
    """Let go of what the workers counted."""
    server.numbers.take_away()


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted stays in the sum; what it was doing just now does not."""
    from prometheus_client.multiprocess import mark_process_dead  # it reads NUMBERS as it loads

    mark_process_dead(worker.pid)


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
