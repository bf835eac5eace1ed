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
    from profiles.sheet.pdf import make_pdf_here

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


def _now_mb() -> float:
    status = Path("/proc/self/statm")
    if not status.exists():  # not Linux: the peak is the nearest there is
        return _peak_mb()
    return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6


def _peak_mb() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
