"""What the tests ask of a worker process instead of a page. Imported there: no Django here."""

import os
import re
import sys
from pathlib import Path
from typing import Any
from weakref import WeakSet

from profiles.pdf.renderer import Renderer, RenderJob


def hang(renderer: Renderer, job: RenderJob) -> str:
    """Never ends, inside C code, where no Python signal handler would be heard."""
    re.match("(a+)+$", "a" * 60 + "b")
    return "ended"


def eat_memory(renderer: Renderer, job: RenderJob) -> str:
    """Asks for more memory than any page may have."""
    eaten = [bytearray(64 * 1024 * 1024) for _ in range(64)]
    return f"ate {len(eaten)} pieces"


def die(renderer: Renderer, job: RenderJob) -> str:
    """Ends, as a crash in a C library would."""
    os.abort()


class Trap:
    """An answer that, read without care, runs something where it is read."""

    def __reduce__(self) -> Any:
        return os._exit, (7,)


def answer_with_a_trap(renderer: Renderer, job: RenderJob) -> Trap:
    """Answers as a worker process might that hostile words have taken over."""
    return Trap()


def chatter(renderer: Renderer, job: RenderJob) -> dict[str, bool]:
    """Prints words, as a library may."""
    print("some words", flush=True)
    os.write(1, b"and more")
    return {"said": True}


def look_around(renderer: Renderer, job: RenderJob) -> dict[str, Any]:
    """What a worker process can see of the place it was started from."""
    files = Path("/proc/self/fd")
    return {
        "environment": dict(os.environ),
        "inherited": Path("/proc/self/environ").read_text(),
        "files": [str(path.readlink()) for path in files.iterdir() if path.exists()],
        "modules": sorted(sys.modules),
        "main": getattr(sys.modules["__main__"], "__file__", None),
        "arguments": sys.argv,
    }


def limits(renderer: Renderer, job: RenderJob) -> dict[str, Any]:
    """The limits a worker process works within."""
    import resource
    import signal

    return {
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
        "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
        "term": signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,
    }


class Leftover:
    """What refers to itself, as whatever lays out a page does."""

    def __init__(self) -> None:
        self.itself = self


LEFT: WeakSet[Leftover] = WeakSet()


def leave_something(renderer: Renderer, job: RenderJob) -> int:
    """How much of what was left by earlier jobs is still there. Leaves something as well."""
    before = len(LEFT)
    LEFT.add(Leftover())
    return before
