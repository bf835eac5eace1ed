"""The warm children: a page that hangs, grows or crashes hurts no other page."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from profiles.pdf import pool as pool_module
from profiles.pdf import printing as pdf_module
from profiles.pdf.fit import Busy, MadePage, TooHard
from profiles.pdf.pool import MAY_WAIT, Pool
from profiles.pdf.printing import (
    DoesNotFit,
    assets,
    make_pdf,
    make_pdf_here,
    measure,
    render_job_for,
    sample,
)
from profiles.pdf.renderer import Renderer
from profiles.pdf.worker_process import MOST_MEMORY
from tests.pdf import tasks
from tests.sheet.factories import FEW, make_sheet, words_of

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(1, assets(), sample())
    yield pool
    pool.stop()


def test_a_child_prints_the_same_page_as_this_process(pool: Pool) -> None:
    made = pool.run(Renderer.print, render_job_for(make_sheet(FEW)))
    assert isinstance(made, MadePage)
    assert made.pdf == make_pdf_here(make_sheet(FEW)).pdf


def test_the_same_sheet_is_the_same_bytes_each_time(pool: Pool) -> None:
    first, second = (pool.run(Renderer.print, render_job_for(make_sheet())) for _ in range(2))
    assert first == second


def test_a_page_that_hangs_is_ended_and_the_next_is_made(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "LONGEST_PRINT", 0.5)
    began = time.monotonic()
    with pytest.raises(TooHard, match="too long to make"):
        pool.run(tasks.hang, sample())
    assert time.monotonic() - began < 2
    monkeypatch.undo()
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_page_that_needs_too_much_memory_is_ended(pool: Pool) -> None:
    with pytest.raises(TooHard):
        pool.run(tasks.eat_memory, sample())
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_child_that_crashes_is_replaced(pool: Pool) -> None:
    with pytest.raises(TooHard, match="Your words are safe"):
        pool.run(tasks.die, sample())
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_fault_tells_no_words(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    broken = render_job_for(make_sheet(FEW))
    outside = broken.html.replace("<h1>", '<img src="file:///etc/hostname" alt="CNRY"><h1>')
    with pytest.raises(TooHard) as refused:
        pool.run(Renderer.print, type(broken)(html=outside, sheet=broken.sheet))
    assert "CNRY" not in f"{refused.value}{caplog.text}"
    assert "PressFault" in caplog.text


def test_when_too_many_wait_the_next_is_told_so(pool: Pool) -> None:
    waiting = [pool._room.acquire(blocking=False) for _ in range(1 + MAY_WAIT)]
    assert all(waiting)
    try:
        with pytest.raises(Busy, match="try again"):
            pool.run(Renderer.print, sample())
    finally:
        for _ in waiting:
            pool._room.release()


def test_many_threads_may_ask_at_once(pool: Pool) -> None:
    sheets = [make_sheet({"important": words_of(5 + at)}) for at in range(6)]
    made: dict[int, MadePage] = {}

    def ask(at: int) -> None:
        answer = pool.run(Renderer.print, render_job_for(sheets[at]))
        assert isinstance(answer, MadePage)
        made[at] = answer

    threads = [threading.Thread(target=ask, args=[at]) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [made[at].pdf for at in range(6)] == [make_pdf_here(sheet).pdf for sheet in sheets]


@linux
def test_a_child_is_told_nothing_of_its_parent(pool: Pool) -> None:
    seen = pool.run(tasks.look_around, sample())
    names = {line.partition("=")[0] for line in seen["inherited"].split("\0") if line}
    allowed = {"PATH", "LC_ALL", "HOME", "LD_LIBRARY_PATH", "FONTCONFIG_FILE"}
    assert names <= allowed
    assert set(seen["environment"]) <= allowed
    assert "only-for-tests" not in seen["inherited"]
    assert not [name for name in seen["modules"] if name.startswith(("django", "project"))]
    assert seen["main"] is None or "pytest" not in seen["main"]
    assert not [word for word in seen["arguments"] if "test" in word]


@linux
def test_a_child_has_no_files_of_its_parent_open(pool: Pool) -> None:
    with Path(__file__).open(), Path("pyproject.toml").open():
        files = pool.run(tasks.look_around, sample())["files"]
    own = ("pipe:", "/dev/null", "/proc/", "/dev/urandom", "socket:", "anon_inode:")
    others = [file for file in files if not file.startswith(own)]
    assert not [file for file in others if file.endswith((".py", ".toml", ".sqlite3", ".env"))]


@linux
def test_a_child_works_within_limits(pool: Pool) -> None:
    found = pool.run(tasks.limits, sample())
    assert found == {"memory": MOST_MEMORY, "core": 0, "term": True}


def test_measuring_makes_no_page_and_refuses_none(pool: Pool) -> None:
    long = make_sheet({"important": words_of(2_000, lines=80)})
    fit = pool.run(Renderer.measure, render_job_for(long))
    assert fit.lines_over > 20  # type: ignore[union-attr]


def test_the_ordinary_way_in() -> None:
    made = make_pdf(make_sheet(FEW))
    assert made.pages == 1
    assert measure(make_sheet(FEW)) == made.fit
    with pytest.raises(DoesNotFit) as too_long:
        make_pdf(make_sheet({"important": words_of(2_000, lines=80)}))
    assert too_long.value.fit.longest[0][0] == "important"


@pytest.mark.parametrize("answer", [b"", b"<html>", b"%PDF-" + b"x" * 10_000_000])
def test_what_is_no_pdf_or_far_too_big_is_refused(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = replace(make_pdf_here(make_sheet(FEW)), pdf=answer)
    monkeypatch.setattr(pdf_module, "ask", lambda *asked: made)
    with pytest.raises(TooHard, match="try again"):
        make_pdf(make_sheet(FEW))


@linux
@pytest.mark.parametrize("ended", [1, 2])
def test_children_that_are_ended_while_they_wait_are_started_again(ended):
    """As when the machine is short of memory, and ends whatever it likes."""
    mine = pool_module.pool(pdf_module.new_pool)
    assert isinstance(pool_module.ask(pdf_module.new_pool, Renderer.print, sample()), MadePage)
    for child in children_of(mine)[:ended]:
        os.kill(child, signal.SIGKILL)
    for _ in range(3):
        assert isinstance(pool_module.ask(pdf_module.new_pool, Renderer.print, sample()), MadePage)


def children_of(mine):
    """The processes of a pool that are warm."""
    return list(mine._pool._pool_manager.worker_manager.workers)
