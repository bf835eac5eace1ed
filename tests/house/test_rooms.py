"""A room imports only the rooms below it, so that the house keeps standing when one is changed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROFILES = Path(__file__).parents[2] / "profiles"

MAY_IMPORT: dict[str, set[str]] = {
    "topics": set(),
    "language": set(),
    "accounts": set(),
    "answers": {"topics", "language", "accounts"},
    "access": {"answers", "topics", "language", "accounts"},
    "sharing": {"access", "answers", "topics", "language", "accounts"},
    "supporters": {"sharing", "access", "answers", "topics", "language", "accounts"},
    "workers": {"sharing", "access", "answers", "topics", "language", "accounts"},
    "sheet": {
        "workers", "supporters", "sharing", "access", "answers", "topics", "language", "accounts",
    },
    "exports": {
        "sheet", "workers", "supporters", "sharing", "access", "answers", "topics", "language",
        "accounts",
    },
}  # fmt: skip

# Small things between the rooms, which any room may use.
DOORS = {"verdict", "append_only", "sealed", "crypto", "codes", "guard", "fields", "mails", "qr"}


def imports_at_run_time(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module a file imports, and the line; what is only for type checkers is left out."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                yield from ((alias.name, child.lineno) for alias in child.names)
            case ast.ImportFrom(module=str(module)):
                # `from profiles import answers` names a room after the word import.
                yield from ((f"{module}.{alias.name}", child.lineno) for alias in child.names)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                for other in child.orelse:
                    yield from imports_at_run_time(ast.Module([other], []))
            case _:
                yield from imports_at_run_time(child)


def imported(source: str) -> set[str]:
    """Which rooms, or other parts of profiles/, a piece of Python reaches into."""
    modules = [name.split(".") for name, _line in imports_at_run_time(ast.parse(source))]
    return {parts[1] for parts in modules if parts[0] == "profiles"} - DOORS


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    for path in (PROFILES / room).rglob("*.py"):
        too_high = imported(path.read_text()) - MAY_IMPORT[room] - {room}
        assert not too_high, f"{path.relative_to(PROFILES.parent)} imports {too_high}"


def test_every_room_has_its_place_on_the_stairs() -> None:
    furniture = {"migrations", "management", "templatetags"}
    rooms = {path.parent.name for path in PROFILES.glob("*/__init__.py")} - furniture
    assert rooms == MAY_IMPORT.keys()


def test_the_stairs_are_no_ring() -> None:
    for room, below in MAY_IMPORT.items():
        for other in below:
            assert room not in MAY_IMPORT[other]


@pytest.mark.parametrize(
    "source, rooms",
    [
        ("from profiles.sheet.door import open_for", {"sheet"}),
        ("from profiles import sheet", {"sheet"}),
        ("import profiles.exports.plain", {"exports"}),
        ("def later():\n    from profiles.sheet import pdf", {"sheet"}),
        ("if TYPE_CHECKING:\n    from profiles.sheet.sheet import Sheet", set()),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import profiles.sheet", {"sheet"}),
        ("from profiles.verdict import YES", set()),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, rooms: set[str]) -> None:
    assert imported(source) == rooms
