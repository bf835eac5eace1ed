"""A worker counts where there is room: were there none, it would be killed as it does (SIGBUS)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from profiles.core.number_files import FOLDER, SIZES, give_back, reserve

# Every page, with more statuses than one has; and then what a scrape would read.
COUNT = """
import os, sys
os.getpid = lambda: 7  # whose files these are
from profiles.core.metrics import MADE, REQUESTS, TOO_BUSY
for page in range(int(sys.argv[1])):
    for status in (200, 302, 404, 410, 422, 503):
        REQUESTS.labels(f"supporters:a_page_{page:03}", status).observe(1)
MADE.labels("pages").inc()
TOO_BUSY.inc()
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode().count("request_seconds_count{"))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def test_whatever_it_counts_finds_room_that_was_there_before(folder: Path) -> None:
    reserve(7)
    reserved = {f"{kind}_7.db": size for kind, size in SIZES.items()}
    assert sizes(folder) == reserved
    for path in folder.iterdir():
        assert path.stat().st_blocks * 512 >= path.stat().st_size  # no holes
    done = subprocess.run(
        [sys.executable, "-c", COUNT, "200"], env={**os.environ}, capture_output=True, check=True
    )
    assert int(done.stdout) == 200 * 6
    assert sizes(folder) == reserved  # nothing grew
    whole = (folder / "histogram_7.db").read_bytes()
    give_back(7)
    left = (folder / "histogram_7.db").read_bytes()
    assert len(left) < len(whole) and whole == left.ljust(len(whole), b"\0")


def test_one_that_counted_nothing_breaks_no_sum(folder: Path) -> None:
    """Such as one that is started anew, by HUP, before anybody asked it anything."""
    for pid in (7, 8):
        reserve(pid)
    give_back(8)
    assert {*sizes(folder)} == {"histogram_7.db", "counter_7.db"}
    done = subprocess.run(
        [sys.executable, "-c", COUNT, "1"], env={**os.environ}, capture_output=True, check=True
    )
    assert int(done.stdout) == 6


def test_nobody_finds_a_file_that_is_not_whole(folder: Path, monkeypatch) -> None:
    """Who adds up at that moment would meet an empty one, and have no number at all."""
    write = Path.write_bytes
    found: list[Path] = []

    def slowly(path: Path, words: bytes) -> int:
        path.touch()
        found.extend(each for each in folder.glob("*.db") if not each.stat().st_size)
        return write(path, words)

    monkeypatch.setattr(Path, "write_bytes", slowly)
    reserve(7)
    assert found == []
    assert {*sizes(folder)} == {"histogram_7.db", "counter_7.db"}


def test_where_there_is_no_room_it_counts_by_itself(folder, monkeypatch, caplog) -> None:
    def is_full(path: Path, words: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", is_full)
    reserve(7)
    assert FOLDER not in os.environ and not sizes(folder)
    assert "A worker counts by itself: OSError" in caplog.text
