"""Photos are taken in by a worker process that a hostile file can harm, and nothing else."""

import logging
import os
import sys
import time

import pytest

from profiles.photos import images, worker_process
from profiles.photos.images import PhotoRefused
from tests.photos.photos import as_file, corners, looks_like_corners, png_header, read

TELL = (
    "import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(b'\\xff\\xd8\\xff' + {}.encode())"
)


def a_child_that(monkeypatch, does: str) -> None:
    monkeypatch.setattr(worker_process, "PROGRAM", [sys.executable, "-c", does])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_comes_out_of_its_child_as_it_would_here(kind):
    data = as_file(corners(), kind)
    whole = worker_process.take_in(data)
    assert whole == images.take_in(data) and looks_like_corners(read(whole))


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", images.NOT_A_PHOTO),
        (b"hello", images.NOT_A_PHOTO),
        (png_header(30_000, 30_000, 1, 0), images.TOO_DETAILED),
        (as_file(corners())[:900], images.PART_MISSING),
    ],
)
def test_a_refusal_comes_out_with_its_sentence(data, sentence):
    with pytest.raises(PhotoRefused) as refused:
        worker_process.take_in(data)
    assert str(refused.value) == sentence


def test_no_child_is_started_for_a_file_that_is_too_big(monkeypatch):
    monkeypatch.setattr(worker_process, "PROGRAM", ["no such program"])
    with pytest.raises(PhotoRefused, match="under 15 MB"):
        worker_process.take_in(bytes(images.MOST_BYTES + 1))


def test_the_child_inherits_nothing(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "CNRY-secret")
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    a_child_that(
        monkeypatch,
        "import os; opened = sorted(map(int, os.listdir('/proc/self/fd')))[:-1]\n"
        + TELL.format("repr((open('/proc/self/environ').read(), opened))"),
    )
    told = worker_process.take_in(b"anything")
    os.close(reading)
    os.close(writing)
    assert told[3:] == repr(("", [0, 1, 2])).encode()


def test_a_child_that_hangs_is_ended(monkeypatch, caplog):
    a_child_that(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(worker_process, "LONGEST", 0.3)
    begun = time.monotonic()
    with pytest.raises(PhotoRefused, match="could not open"):
        worker_process.take_in(b"anything")
    assert time.monotonic() - begun < 5
    assert "took longer" in caplog.text


@pytest.mark.parametrize(
    "does",
    [
        "import os; os.abort()",
        "import sys; sys.exit(1)",
        "print('<script>')",
        "import sys; sys.stdout.write('Send me your money'); sys.exit(3)",
        TELL.format("('x' * 200_000)"),
    ],
)
def test_what_a_child_says_is_not_believed_without_a_look(monkeypatch, caplog, does):
    a_child_that(monkeypatch, does)
    with caplog.at_level(logging.WARNING), pytest.raises(PhotoRefused) as refused:
        worker_process.take_in(b"CNRY")
    assert str(refused.value) == images.NOT_A_PHOTO
    assert "ended with status" in caplog.text and "CNRY" not in caplog.text


def test_a_child_that_makes_a_photo_otherwise_is_believed(monkeypatch):
    """Else the two below would be refused for nothing that they try."""
    a_child_that(
        monkeypatch,
        "from profiles.photos import images, worker_process\n"
        "images.take_in = lambda data, kept: worker_process.JPEG_START + bytes(2_000_000)[:100]\n"
        "worker_process.main()",
    )
    assert worker_process.take_in(b"anything").startswith(worker_process.JPEG_START)


def test_the_child_may_use_only_so_much_memory(monkeypatch):
    a_child_that(
        monkeypatch,
        "from profiles.photos import images, worker_process\n"
        "images.take_in = lambda data, kept: bytearray(2_000_000_000)\n"
        "worker_process.main()",
    )
    with pytest.raises(PhotoRefused, match="could not open"):
        worker_process.take_in(b"anything")


def test_the_child_cannot_write_to_the_disk(monkeypatch, tmp_path):
    kept = tmp_path / "kept"
    a_child_that(
        monkeypatch,
        "import pathlib; from profiles.photos import images, worker_process\n"
        f"images.take_in = lambda data, kept: pathlib.Path({str(kept)!r}).write_bytes(data)\n"
        "worker_process.main()",
    )
    with pytest.raises(PhotoRefused):
        worker_process.take_in(b"CNRY")
    assert not kept.exists() or kept.read_bytes() == b""


def test_when_too_many_choose_at_once_the_last_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(worker_process, "LONGEST_WAIT", 0.05)
    for _ in range(worker_process.AT_ONCE):
        worker_process._turn.acquire()
    try:
        with pytest.raises(PhotoRefused, match="Wait a minute"):
            worker_process.take_in(as_file(corners()))
    finally:
        for _ in range(worker_process.AT_ONCE):
            worker_process._turn.release()
    assert worker_process.take_in(as_file(corners()))
