"""Measures everything and prints it: see bin/bench --help."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import sysconfig
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.db import connection

ALLOWED_MISSES = 1  # in three runs


def main() -> int:
    """Run the bench; 1 if --check finds that a goal is missed in two runs of three."""
    parser = argparse.ArgumentParser("bin/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="rounds that count, after three")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="end with 1 if a goal is missed")
    parser.add_argument("--races-only", action="store_true", help="leave out the slow figures")
    parser.add_argument(
        "--databases-only", action="store_true", help="only what asks the database, and no race"
    )
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="say what got slower since this --json"
    )
    asked = parser.parse_args()
    if asked.rounds < 2:
        parser.error("--rounds has to be 2 or more")
    if asked.races_only and asked.databases_only:
        parser.error("--races-only leaves out what --databases-only is about")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from bench.against import slower
    from bench.rows import Row

    missed: Counter[str] = Counter()
    for run in range(3 if asked.check else 1):
        races: dict[int, list[Row]] = {}
        figures: list[Row] = []
        missing: dict[str, str] = {}
        if not asked.databases_only:
            races, figures, missing = measured(asked.rounds, run, not asked.races_only)
        if not asked.races_only:
            figures += on_the_database(asked.rounds)
        rows: list[Row] = [row for group in races.values() for row in group] + figures
        print_all(races, figures, missing, as_json=asked.json)
        if asked.against:
            print("\nSince then:", *slower(rows, asked.against), sep="\n  ", file=sys.stderr)
        missed.update(row.name for row in rows if row.is_missed)
        if not missed or (run == 1 and max(missed.values()) == 2):
            break
    bad = [name for name, times in missed.items() if times > ALLOWED_MISSES]
    if asked.check and bad:
        print("Missed in two runs: " + "; ".join(bad), file=sys.stderr)
    return 1 if asked.check and bad else 0


def measured(rounds: int, run: int, everything: bool) -> tuple[dict[int, Any], list[Any], Any]:
    """The races by length, the other figures, and the engines that are not here."""
    from bench import figures, kinds, times
    from bench.engines import engines

    races = {}
    with engines() as (found, missing):
        for words in times.WORDS:
            results = times.run(found, words, rounds, first=run * 10_000)
            races[words] = times.rows(results, words)
        sizes = times.each_size(found, max(2, rounds // 4), first=run * 100)
    others = [*sizes, *figures.layouts_and_estimate(), *figures.kind_words(), *figures.sizes()]
    others += [*figures.pictures(), *figures.more_sides(), *figures.each_shortcut(rounds)]
    if everything:
        others += [*figures.throughput(), *figures.memory(), *kinds.rows()]
    return races, others, missing


def on_the_database(rounds: int) -> list[Any]:
    """What asks the database, each row with the name of the kind that was asked."""
    from bench import beside, clinic, copies, crowd, kept, sign_in, visits, writing

    found = [*visits.rows(5 * rounds), *writing.rows(5 * rounds)]
    found += [*sign_in.rows(100 * rounds), *kept.rows(100 * rounds)]
    found += [*beside.rows(rounds), *clinic.rows(rounds), *crowd.rows(), *copies.rows()]
    return [replace(row, name=f"{row.name}, {connection.display_name}") for row in found]


def print_all(races: dict[int, Any], figures: list[Any], missing: Any, *, as_json: bool) -> None:
    """One JSON object, or tables."""
    rows = [row for group in races.values() for row in group] + figures
    if as_json:
        print(
            json.dumps(
                {
                    "environment": environment(),
                    "rows": [row.as_json() for row in rows],
                    "not_measured": missing,
                },
                ensure_ascii=False,
            )
        )
        return
    for name, value in environment().items():
        print(f"{name}: {value}")
    print("\nours ÷ the other: medians, ratio, where 8 rounds in 10 lie, goal (stretch)")
    for words, group in races.items():
        print(f"\n{words} words, with a photo" + (" (too many for one page)" * (words > 450)))
        print(*group, sep="\n")
    print("\nOther figures")
    print(*figures, sep="\n")
    for name, why in missing.items():
        print(f"  {name}: not measured, because {why}")


def environment() -> dict[str, str]:
    """Where this was measured."""
    how = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return {
        "python": f"{platform.python_version()}, profile-guided: "
        f"{'yes' if '--enable-optimizations' in how else 'no'}",
        "packages": ", ".join(f"{p} {version(p)}" for p in ("weasyprint", "Pillow", "fonttools")),
        "pango": pango(),
        "chromium": _said("/usr/bin/chromium", "--version") or "not installed",
        "database": f"{connection.display_name} {database_version()}",
        "machine": f"{platform.system()} {platform.machine()}, {_processor()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
    }


def pango() -> str:
    """The version of Pango that WeasyPrint found, such as 1.50.12."""
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def database_version() -> str:
    """The version of the database that is asked, such as 3.40.1."""
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    with connection.temporary_connection() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
