"""How gunicorn runs us. It reads this file by itself, in the folder that it is started in."""

import os
from typing import Any

control_socket_disable = True  # nobody here uses one, and what is not there cannot be misused
worker_class = "project.server.Worker"
logger_class = "project.server.Log"
threads = 16  # `--threads` says otherwise


def on_starting(server: Any) -> None:
    """Tell our own code how many threads there are: see profiles/core/busy.py."""
    os.environ["SERVER_THREADS"] = str(server.cfg.threads)
