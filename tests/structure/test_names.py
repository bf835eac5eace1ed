"""One word for one thing: a name means the same wherever it stands."""

import ast
from collections import defaultdict
from pathlib import Path

PROFILES = Path(__file__).parents[2] / "profiles"
ROOMS = {path.parent.name for path in PROFILES.glob("*/__init__.py")} - {
    "management", "migrations", "templatetags",
}  # fmt: skip


def classes_of(path: Path) -> set[str]:
    """The classes that a file makes; those within another are named by it, and left out."""
    return {
        node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)
    }


def rooms_by_class() -> dict[str, set[str]]:
    """Each class, and the rooms in which one of that name is made."""
    found = defaultdict(set)
    for room in ROOMS:
        for path in (PROFILES / room).rglob("*.py"):
            for name in classes_of(path):
                found[name].add(room)
    return found


def test_no_two_rooms_have_a_class_of_one_name() -> None:
    assert {name: rooms for name, rooms in rooms_by_class().items() if len(rooms) > 1} == {}


def test_classes_are_found_where_they_are() -> None:
    assert rooms_by_class()["Share"] == {"sharing"}
    assert "Kind" not in classes_of(PROFILES / "sharing" / "models.py")
