"""The warm worker processes: a page that hangs, grows or crashes hurts no other page."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from profiles.core.clean_process import Ended
from profiles.pdf import folders
from profiles.pdf import pool as pool_module
from profiles.pdf import printing as pdf_module
from profiles.pdf.fit import Busy, MadePage, NotMade, TooHard
from profiles.pdf.pool import Pool, WorkerProcess
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
    pool.run(Renderer.print, sample())  # so that no test times its start
    yield pool
    pool.stop()


def test_once_it_was_warmed_every_child_is_there_and_has_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[int] = []  # who has said that it is ready, which it says once it has printed
    warm_up = WorkerProcess.warm_up

    def noted(self: WorkerProcess, *given: Any) -> None:
        warm_up(self, *given)
        printed.append(self.pid)

    monkeypatch.setattr(WorkerProcess, "warm_up", noted)
    monkeypatch.setattr(pool_module, "_pools", {})
    monkeypatch.setattr(pdf_module, "new_pool", lambda: Pool(2, assets(), sample()))
    try:
        pdf_module.warm()
        warmed = pool_module.pool(pdf_module.new_pool)
        started = warmed.pids
        assert len(started) == 2
        assert set(started) <= set(printed)  # another test's may still be warming up
        for _ in range(2):
            assert isinstance(warmed.run(Renderer.print, sample()), MadePage)
        assert sorted(started) == sorted(warmed.pids)  # nobody's page had to start another
    finally:
        pool_module.stop()


def test_children_that_cannot_start_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: Any) -> None:
        raise Ended

    monkeypatch.setattr(WorkerProcess, "warm_up", fails)
    monkeypatch.setattr(pool_module, "_pools", {})
    try:
        pdf_module.warm()
        assert pool_module.pool(pdf_module.new_pool).pids == []
    finally:
        pool_module.stop()


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
    before = set(pool.pids)
    with pytest.raises(TooHard):
        pool.run(tasks.eat_memory, sample())
    assert before - set(pool.pids)  # its process went with it
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_child_that_crashes_is_replaced(pool: Pool) -> None:
    with pytest.raises(NotMade, match="Your words are safe"):
        pool.run(tasks.die, sample())
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_fault_tells_no_words(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    broken = render_job_for(make_sheet(FEW))
    outside = broken.html.replace("<h1", '<img src="file:///etc/hostname" alt="CNRY" /><h1')
    with pytest.raises(TooHard) as refused:
        pool.run(Renderer.print, type(broken)(html=outside, sheet=broken.sheet))
    assert "CNRY" not in f"{refused.value}{caplog.text}"
    assert "RendererFault" in caplog.text


def test_whoever_waited_too_long_is_not_told_that_their_page_is_too_long(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "LONGEST_WAIT", 0)
    taken = pool._ready.get()
    try:
        with pytest.raises(Busy, match="try again"):
            pool.run(Renderer.print, sample())
    finally:
        pool._ready.put(taken)


def test_where_one_has_to_end_another_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    two = Pool(2, assets(), sample())
    try:
        two.wait_until_warm()
        monkeypatch.setattr(pool_module, "PAGES_A_PROCESS", 1)
        monkeypatch.setattr(two, "_start_another", lambda: None)
        for _ in range(2):
            assert isinstance(two.run(Renderer.print, sample()), MadePage)
        assert two.pids == []
    finally:
        two.stop()


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
    for process in processes_of(mine)[:ended]:
        os.kill(process, signal.SIGKILL)
    for _ in range(3):
        assert isinstance(pool_module.ask(pdf_module.new_pool, Renderer.print, sample()), MadePage)


PRINT_AND_WAIT = """
import sys, time, django
django.setup()
from profiles.pdf import pool, printing
pool.pool(printing.new_pool).run(printing.print_page, printing.sample())
print("printed", flush=True)
sys.stdin.read()
"""


WHILE_A_POOL_STARTS = """
import os, signal
from profiles.pdf import pool
with pool._starting:
    forked = os.fork()
    if not forked:
        signal.alarm(5)  # so that it waits for nobody for ever
        os._exit(pool.pool(lambda: "its own") != "its own")
    print(os.waitpid(forked, 0)[1])
"""


@linux
def test_a_process_that_is_forked_while_a_pool_starts_starts_its_own():
    """As gunicorn does with --preload."""
    said = subprocess.run(
        [sys.executable, "-c", WHILE_A_POOL_STARTS], capture_output=True, check=True
    )
    assert said.stdout == b"0\n"


def waiting_worker(folder):
    """A process that has printed a page, and waits until its input ends."""
    worker = subprocess.Popen(
        [sys.executable, "-c", PRINT_AND_WAIT],
        env=os.environ | {"TMPDIR": str(folder), "DJANGO_SETTINGS_MODULE": "project.settings_test"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert worker.stdout.readline() == b"printed\n"
    return worker


@linux
@pytest.mark.parametrize(  # one that is asked to is watched to the end below too
    "how",
    [signal.SIGTERM, signal.SIGKILL, "group", pytest.param("asked", marks=pytest.mark.nightly)],
)
def test_a_worker_that_ends_leaves_no_folder_and_no_child_behind(tmp_path, how):
    worker = waiting_worker(tmp_path)
    with worker:
        assert list(tmp_path.iterdir()) and children_that_write_in(tmp_path)
        match how:
            case "asked":
                worker.stdin.close()
            case "group":
                os.killpg(worker.pid, signal.SIGKILL)
            case _:
                worker.send_signal(how)
        worker.wait(timeout=20)
    assert soon(lambda: not list(tmp_path.iterdir()))
    assert soon(lambda: not children_that_write_in(tmp_path))


@linux
def test_a_worker_killed_with_its_children_leaves_nothing_once_the_next_one_starts(tmp_path):
    first = waiting_worker(tmp_path)
    first.send_signal(signal.SIGSTOP)  # so that it tidies up after no child that is still warming
    os.waitid(os.P_PID, first.pid, os.WSTOPPED)
    left = set(tmp_path.iterdir())
    for child in children_that_write_in(tmp_path):
        os.kill(child, signal.SIGKILL)
    first.kill()
    with first:
        first.wait(timeout=20)
    assert left and left <= set(tmp_path.iterdir())
    second = waiting_worker(tmp_path)
    held = set(tmp_path.iterdir())
    assert held and not held & left
    third = waiting_worker(tmp_path)  # what the second one holds is left alone
    assert held < set(tmp_path.iterdir())
    for worker in (second, third):
        with worker:
            worker.stdin.close()
    assert soon(lambda: not list(tmp_path.iterdir()))


@linux
def test_only_a_folder_of_ours_that_nobody_holds_is_taken_away(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = folders.Folder()
    (tmp_path / "tell-it-once-left").mkdir()
    (tmp_path / "tell-it-once-1.sqlite3").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tell-it-once-link").symlink_to(tmp_path / "elsewhere")
    folders.take_away_left()
    assert {path.name for path in tmp_path.iterdir()} == {
        Path(held.path).name, "tell-it-once-1.sqlite3", "elsewhere", "tell-it-once-link",
    }  # fmt: skip
    for _ in range(2):  # safe to say twice
        held.take_away()
    assert not Path(held.path).exists()


@linux
def test_a_child_that_is_ended_leaves_no_folder_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pool = Pool(1, assets(), sample())
    pool.run(Renderer.print, sample())
    [first] = tmp_path.iterdir()
    assert list(first.iterdir())
    os.kill(pool.pids[0], signal.SIGKILL)
    pool.run(Renderer.print, sample())
    assert not first.exists() and len(list(tmp_path.iterdir())) == 1
    pool.stop()
    assert not list(tmp_path.iterdir())


@linux
def test_once_it_is_stopped_no_child_starts_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pool = Pool(0, assets())
    pool.stop()
    pool._start_another().join()  # as for one that had to end in that moment
    assert pool.pids == [] and not list(tmp_path.iterdir())


@linux
def test_a_child_is_ended_after_so_many_pages(pool, monkeypatch):
    monkeypatch.setattr(pool_module, "PAGES_A_PROCESS", 1)
    for _ in range(2):
        [process] = pool.pids
        pool.run(Renderer.print, sample())
        assert soon(lambda: pool.pids not in ([], [process]))  # noqa: B023


def test_a_child_that_cannot_start_costs_no_long_wait(caplog):
    pool = Pool(1, replace(assets(), stylesheets=None), sample())
    with pytest.raises(TooHard, match="try again"):
        pool.run(Renderer.print, sample())
    pool.stop()
    assert "AttributeError" in caplog.text


def test_what_a_child_answers_can_run_nothing_here(pool):
    with pytest.raises(TooHard, match="try again"):
        pool.run(tasks.answer_with_a_trap, sample())
    assert isinstance(pool.run(Renderer.print, sample()), MadePage)


def test_a_child_that_prints_words_spoils_no_answer(pool):
    assert pool.run(tasks.chatter, sample()) == {"said": True}


def test_what_a_page_leaves_behind_is_gone_before_the_next(pool):
    """Else a process fills, page by page, the memory that one page may need."""
    assert [pool.run(tasks.leave_something, sample()) for _ in range(3)] == [0, 0, 0]


def soon(so, within=20.0):
    """Is it so before long?"""
    until = time.monotonic() + within
    while not (found := so()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def children_that_write_in(folder):
    """What the processes were started with that were given a folder inside this one."""
    told = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended just now
            told[int(path.parent.name)] = path.read_bytes()
    return {pid: words for pid, words in told.items() if bytes(folder) in words}


def processes_of(mine):
    """The processes of a pool that are warm."""
    return mine.pids
