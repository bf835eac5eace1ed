"""Makes many pages in a process of its own, and says how big the process became."""

import json
import resource
import sys
from pathlib import Path

import django


def main(engine: str, count: int, settled: int) -> None:
    """Print how many megabytes this process has when settled, at the end, and at most."""
    django.setup()
    from bench import pages, plain
    from profiles.pdf.printing import make_pdf_here

    size = {}
    for number in range(1, count + 1):
        page = pages.make(300, 700_000 + number)
        if engine == "ours":
            make_pdf_here(page.sheet)
        else:
            plain.once(page)
        pages.forget_photos()
        if number == settled:
            size["settled_mb"] = _now_mb()
    print(json.dumps(size | {"after_mb": _now_mb(), "peak_mb": _peak_mb()}))


def most_mb(process: int) -> float | None:
    """How many megabytes this process has had at most; None where it is not Linux that runs it."""
    return _linux_mb("VmHWM", process)


def _now_mb() -> float:
    return _linux_mb("VmRSS") or _peak_mb()


def _peak_mb() -> float:
    # Not getrusage where it can be helped: on Linux it counts the parent that started us too.
    unit = 1 if sys.platform == "darwin" else 1024
    return _linux_mb("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _linux_mb(name: str, process: int | str = "self") -> float | None:
    status = Path(f"/proc/{process}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith(f"{name}:")]
    return kilobytes[0] * 1024 / 1e6 if kilobytes else None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
