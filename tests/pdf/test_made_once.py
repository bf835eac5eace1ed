"""What was made of a sheet is kept, sealed, for as long as the sheet stays the same."""

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace

import pytest
from cryptography.exceptions import InvalidTag

from profiles.pdf import printing
from profiles.pdf.made_once import MadeOnce, _opened
from profiles.sheet.sheet import Sheet
from tests.sheet.factories import TYPICAL, make_photo, make_sheet

SECRET = "Zanzibar"


class Maker:
    """Makes something of a sheet, and counts how often."""

    def __init__(self) -> None:
        self.made: list[Sheet] = []

    def make(self, sheet: Sheet) -> tuple[str, int]:
        self.made.append(sheet)
        return sheet.name, len(self.made)

    def other(self, sheet: Sheet) -> str:
        self.made.append(sheet)
        return "other"

    def fail(self, sheet: Sheet) -> str:
        self.made.append(sheet)
        raise printing.Busy


@pytest.fixture
def maker() -> Maker:
    return Maker()


def test_the_same_sheet_is_made_once(maker: Maker) -> None:
    once = MadeOnce()
    first = once.of(make_sheet(TYPICAL, photo=make_photo()), maker.make)
    again = once.of(make_sheet(dict(TYPICAL), photo=make_photo()), maker.make)
    assert first == again
    assert len(maker.made) == 1


def test_what_is_made_of_it_is_told_apart(maker: Maker) -> None:
    once = MadeOnce()
    assert once.of(make_sheet(), maker.make) != once.of(make_sheet(), maker.other) == "other"
    assert len(maker.made) == 2


def other_values(value: object) -> Iterator[object]:
    """Things that are not this, but of its kind."""
    match value:
        case bool():
            yield not value
        case str() | bytes() | tuple():
            yield value + value if value else type(value)(b"x" if value == b"" else "x")
        case int() | float():
            yield value + 1
        case None:
            yield 1


def test_each_thing_on_a_sheet_makes_another_of_it(maker: Maker) -> None:
    once, sheet = MadeOnce(), make_sheet(TYPICAL, photo=make_photo(), helped_by=("Dee",))
    once.of(sheet, maker.make)
    others = [
        replace(sheet, **{field.name: other})
        for field in fields(sheet)
        if field.init
        for other in other_values(getattr(sheet, field.name))
    ]
    assert sheet.photo
    others.append(replace(sheet, photo=replace(sheet.photo, alt="another")))
    assert len(others) > 12
    assert len({repr(each) for each in [sheet, *others]}) == len(others) + 1


def test_nothing_on_a_sheet_is_left_out_of_what_tells_it() -> None:
    """Else what was made of one sheet would be given for another."""
    seen, left = set(), [make_sheet(TYPICAL, photo=make_photo())]
    while left:
        thing = left.pop()
        if is_dataclass(thing):
            seen.add(type(thing))
            assert all(field.repr for field in fields(thing)), type(thing)
            assert type(thing).__dataclass_params__.repr
            left += [getattr(thing, field.name) for field in fields(thing)]
        elif isinstance(thing, (tuple, list)):
            left += thing
    assert len(seen) >= 6


def test_what_it_raises_is_not_kept(maker: Maker) -> None:
    once = MadeOnce()
    for _ in range(2):
        with pytest.raises(printing.Busy):
            once.of(make_sheet(), maker.fail)
    assert len(maker.made) == 2
    assert len(once) == 0


def test_the_longest_unused_goes_first(maker: Maker) -> None:
    once = MadeOnce(most=2)
    first, second, third = (make_sheet({"call_me": name}) for name in ("A", "B", "C"))
    once.of(first, maker.make)
    once.of(second, maker.make)
    once.of(first, maker.make)  # used again, so that the second goes
    once.of(third, maker.make)
    once.of(first, maker.make)
    assert [sheet.name for sheet in maker.made] == ["A", "B", "C"]
    once.of(second, maker.make)
    assert [sheet.name for sheet in maker.made] == ["A", "B", "C", "B"]
    assert len(once) == 2


def test_nothing_in_it_can_be_read_without_the_sheet(maker: Maker) -> None:
    once = MadeOnce()
    sheet = make_sheet({"call_me": SECRET, "important": SECRET})
    once.of(sheet, maker.make)
    kept = pickle.dumps({**once._kept})
    assert SECRET.encode() not in kept
    assert sheet.name.encode() not in kept
    (sealed,) = once._kept.values()
    place, key = once._place_and_key(sheet, maker.make)
    assert _opened(sealed, key) == (SECRET, 1)
    with pytest.raises(InvalidTag):
        _opened(sealed, place)


def test_another_process_keeps_it_elsewhere(maker: Maker) -> None:
    here, there = MadeOnce(), MadeOnce()
    assert here._place_and_key(make_sheet(), maker.make) != there._place_and_key(
        make_sheet(), maker.make
    )


def test_many_may_ask_at_once(maker: Maker) -> None:
    once, sheets = MadeOnce(most=3), [make_sheet({"call_me": str(at % 5)}) for at in range(60)]
    with ThreadPoolExecutor(8) as asking:
        made = [*asking.map(lambda sheet: once.of(sheet, maker.make), sheets)]
    assert [name for name, _ in made] == [sheet.name for sheet in sheets]
    assert len(once) <= 3


def test_own_paper_picture_and_fit_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def engine(make: object, task: object, job: printing.RenderJob) -> object:
        asked.append(task)
        here = printing.renderer_here()
        return task(here, job)  # type: ignore[operator]

    monkeypatch.setattr(printing, "ask", engine)
    for make in (printing.make_own_pdf, printing.draw_page, printing.measure):
        assert make(make_sheet()) == make(make_sheet())
    assert len(asked) == 3


def test_a_readers_paper_is_always_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def engine(make: object, task: object, job: printing.RenderJob) -> object:
        asked.append(task)
        return printing.renderer_here().print(job)

    monkeypatch.setattr(printing, "ask", engine)
    assert printing.make_pdf(make_sheet()).pdf == printing.make_pdf(make_sheet()).pdf
    assert len(asked) == 2
