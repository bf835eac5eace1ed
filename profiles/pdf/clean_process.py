"""Starts a child process that inherits nothing of ours: no environment, no main module, no keys.

Clearing os.environ inside a child is too late: /proc/self/environ still shows what it was started
with. So each child is started through env -i, from multiprocessing's own spawn.
"""

import io
import os
from collections.abc import Iterable
from multiprocessing import context, popen_spawn_posix, reduction, resource_tracker, spawn, util
from typing import Any, Final

# What fontconfig and the loader of Pango need to find their files, on Linux and on macOS.
KEPT: Final = ("HOME", "DYLD_FALLBACK_LIBRARY_PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE")
FIXED: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
# What spawn tells a child about its parent that ours have no need of.
UNTOLD: Final = ("authkey", "sys_argv", "init_main_from_name", "init_main_from_path")


class CleanPopen(popen_spawn_posix.Popen):
    """One child, started with an empty environment."""

    _fds: list[int]

    def _launch(self, process_obj: Any) -> None:
        tracker = resource_tracker.getfd()
        told = spawn.get_preparation_data(process_obj.name)
        told = {name: value for name, value in told.items() if name not in UNTOLD}
        message = io.BytesIO()
        context.set_spawning_popen(self)
        try:
            reduction.dump(told, message)
            reduction.dump(process_obj, message)
        finally:
            context.set_spawning_popen(None)
        alive, alive_in_child = os.pipe()
        told_in_child, tell = os.pipe()
        command = spawn.get_command_line(tracker_fd=tracker, pipe_handle=told_in_child)
        files = (*self._fds, tracker, told_in_child, alive_in_child)
        handed_over = [file for file in files if file is not None]
        try:
            self.pid = util.spawnv_passfds(b"/usr/bin/env", [*_clean_env(), *command], handed_over)
        finally:
            os.close(told_in_child)
            os.close(alive_in_child)
        self.sentinel = alive
        self.finalizer = util.Finalize(self, _close, [alive, tell])
        with open(tell, "wb", closefd=False) as pipe:
            pipe.write(message.getbuffer())


class CleanProcess(context.SpawnProcess):
    """A process whose child starts clean."""

    @staticmethod
    def _Popen(process_obj: Any) -> CleanPopen:  # noqa: N802  # multiprocessing's own name
        return CleanPopen(process_obj)


class CleanContext(context.SpawnContext):
    """A multiprocessing context whose children start clean."""

    Process = CleanProcess


def _close(*files: int) -> None:
    for file in files:
        os.close(file)


def _clean_env() -> Iterable[str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return ("env", "-i", *(f"{name}={value}" for name, value in (FIXED | kept).items()))
