"""Pages of all kinds are set beside themselves, and the process that prints them is weighed."""

import pytest

from bench import kinds


def test_each_page_is_set_beside_the_same_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", 3)
    pages, memory = kinds.rows()
    assert pages.value == pytest.approx(pages.ours_ms / pages.other_ms, abs=0.01)
    assert memory.name == "peak memory after 6 pages of all kinds"
    assert 40 < memory.value < 512


def test_pages_of_all_kinds_are_unlike_each_other() -> None:
    sheets = [kinds.of_any_kind(number).sheet for number in range(40)]
    assert {sheet.layout.key for sheet in sheets} == {*kinds.layouts()}
    assert {sheet.theme.key for sheet in sheets} == {*kinds.THEMES}
    assert {bool(sheet.photo) for sheet in sheets} == {bool(sheet.stamp) for sheet in sheets}
    assert kinds.of_any_kind(7) == kinds.of_any_kind(7)
