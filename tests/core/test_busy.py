"""What takes long never holds so much of the server that its pages could not answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier

import pytest

from profiles.core import busy
from profiles.core.busy import NoPlace, Places, pages_at_once, threads_here
from profiles.pdf import pool, printing
from profiles.photos import worker_process
from profiles.photos.images import PhotoRefused
from tests.sheet.factories import make_sheet


@contextmanager
def by_another_thread(place) -> Iterator[None]:
    """Held by a thread of its own: one thread needs no second place to print."""
    with ThreadPoolExecutor(1) as thread:
        holding = place()
        thread.submit(holding.__enter__).result()
        try:
            yield
        finally:
            thread.submit(holding.__exit__, None, None, None).result()


def held(place, most=99):
    """How many threads can hold one at once, of this kind."""
    with ExitStack() as stack:
        for number in range(most):
            try:
                stack.enter_context(by_another_thread(place))
            except NoPlace:
                return number
    return most


@pytest.mark.parametrize(
    "threads, prints, both",
    [(1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 1, 2), (7, 1, 3), (8, 2, 4), (16, 4, 8), (40, 10, 20)],
)
def test_printing_holds_a_quarter_and_with_photos_a_half(threads, prints, both):
    places = Places(threads)
    assert held(places.to_print) == prints
    assert held(places.for_a_photo) == both
    with ExitStack() as stack:
        for _ in range(prints):
            stack.enter_context(by_another_thread(places.to_print))
        assert held(places.for_a_photo) == both - prints
    with ExitStack() as stack:
        for _ in range(both):
            stack.enter_context(places.for_a_photo())
        assert held(places.to_print) == 0
    assert held(places.to_print) == prints  # each was given back


def test_a_thread_that_holds_a_place_needs_no_second():
    places = Places(4)
    with places.to_print():
        with places.to_print():
            pass
        assert held(places.to_print) == 0  # what was printed is not written down yet
    assert held(places.to_print) == 1


def test_of_those_who_hold_a_place_so_many_print_at_once_and_the_rest_wait(monkeypatch):
    places = Places(16, at_once=2)
    at_it, most, over = [], [], Barrier(2)

    def prints(number):
        with places.to_print():
            at_it.append(number)
            most.append(len(at_it))
            over.wait(10)  # it is not over before two are at it
            at_it.remove(number)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(prints, range(4)))
    assert max(most) == 2 and len(most) == 4
    monkeypatch.setattr(busy, "LONGEST_TURN", 0.1)
    assert held(places.to_print) == 2  # the third waited in vain, and gave its place back
    assert held(places.to_print) == 2


@pytest.mark.parametrize("threads, pictures", [(1, 1), (8, 1), (16, 2), (40, 5)])
def test_pictures_leave_half_of_the_places_to_paper(threads, pictures):
    assert held(Places(threads).to_draw) == pictures


@pytest.mark.parametrize("threads, emails", [(1, 1), (4, 1), (16, 4), (40, 10)])
def test_the_mail_server_holds_a_quarter_and_leaves_one_that_only_reads(threads, emails):
    places = Places(threads)
    with ExitStack() as stack:
        for _ in range(held(places.for_a_photo)):
            stack.enter_context(places.for_a_photo())
        assert held(places.to_email) == emails
    assert threads < 4 or threads - threads // 2 - emails >= threads // 4


def test_what_goes_wrong_inside_gives_its_place_back():
    places = Places(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="wrong"), places.to_print():
            raise ValueError("wrong")
    assert held(places.to_print) == 1


@pytest.mark.parametrize(
    "told, threads",
    [
        ({"SERVER_THREADS": "8"}, 8),
        ({"SERVER_SOFTWARE": "gunicorn/27.0.1"}, 1),
        ({"SERVER_SOFTWARE": "gunicorn/27.0.1", "SERVER_THREADS": "4"}, 4),
        ({}, busy.MANY),
        ({"SERVER_THREADS": "many"}, busy.MANY),
    ],
)
def test_the_threads_are_those_that_the_server_tells(monkeypatch, told, threads):
    for name in ("SERVER_THREADS", "SERVER_SOFTWARE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert threads_here() == threads


@pytest.mark.parametrize(
    "cores, told, pages",
    [
        (None, "1", 1), (1, "1", 1), (2, "1", 1), (2, "2", 1), (4, "1", 3), (4, "2", 1),
        (8, "2", 3), (4, "", 3), (4, "0", 3), (4, "some", 3),
    ],
)  # fmt: skip
def test_printing_leaves_a_core_to_who_reads(monkeypatch, cores, told, pages):
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    monkeypatch.setenv("SERVER_WORKERS", told)
    assert pages_at_once() == pages


def test_who_comes_when_all_are_held_is_told_and_waits_for_nobody(monkeypatch):
    places = Places(1)
    monkeypatch.setattr(pool, "PLACES", places)
    monkeypatch.setattr(worker_process, "PLACES", places)
    with by_another_thread(places.to_print):
        with pytest.raises(printing.Busy):
            printing.make_pdf(make_sheet())
        with pytest.raises(PhotoRefused) as refused:
            worker_process.take_in(b"anything")
    assert str(refused.value) == worker_process.BUSY
