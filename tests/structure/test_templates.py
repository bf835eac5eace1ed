"""A room's templates reach into no room above it, as its code does not: see pyproject.toml."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
TEMPLATES = HOUSE / "templates"
TAGS = {path.stem for path in (HOUSE / "profiles" / "templatetags").glob("*.py")}
NO_ROOM = {"components", "fields", "words"}  # what pages of any room are made of
REACHES = re.compile(
    r"""{%-?\s*(?:load\s+(?P<tags>[^%]+)|(?:include|extends)\s+["'](?P<path>[^"']+))"""
)
# Folders that are named after what they hold, and the room that they belong to.
FOLDERS = {"layouts": "sheet", "account": "accounts", "mfa": "accounts", "allauth": "accounts"}
FURNITURE = {"components", "forms", "emails"}


def stairs() -> dict[str, int]:
    """Each room, and how high it stands. Rooms side by side stand on steps of their own."""
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = settings["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def room_of(path: str) -> str:
    """The room that a template belongs to; "" for those of the whole site."""
    folder = path.split("/")[0] if "/" in path else ""
    return FOLDERS.get(folder, folder)


def reached(template: str) -> Iterator[str]:
    """Every room whose tags or templates this one uses."""
    for found in REACHES.finditer(template):
        if found["tags"]:
            names = found["tags"].partition(" from ")[2] or found["tags"]
            yield from (name for name in names.split() if name in TAGS - NO_ROOM)
        else:
            yield room_of(found["path"])


ROOMS = {
    path: room
    for path in sorted(TEMPLATES.rglob("*.*"))
    if (room := room_of(str(path.relative_to(TEMPLATES)))) not in {"", *FURNITURE}
}


def test_every_folder_of_templates_is_a_room() -> None:
    assert {*ROOMS.values()} <= stairs().keys()


def test_a_template_uses_only_rooms_below_its_own() -> None:
    height = stairs()
    assert len(ROOMS) > 100
    assert [
        f"{path.relative_to(TEMPLATES)} reaches into {room}"
        for path, own in ROOMS.items()
        for room in {*reached(path.read_text())} - {"", own, *FURNITURE}
        if height[room] >= height[own]
    ] == []


@pytest.mark.parametrize(
    "template, rooms",
    [
        ("{% load components i18n %}", set()),
        ("{% load i18n sharing workers %}", {"sharing", "workers"}),
        ("{% load under from sharing %}", {"sharing"}),
        ('{% include "workers/glance.html" %}', {"workers"}),
        ("{% include 'layouts/sheet-body.html' with sheet=sheet %}", {"sheet"}),
        ('{% extends "base.html" %}', {""}),
    ],
)
def test_what_a_template_reaches_into_is_found(template: str, rooms: set[str]) -> None:
    assert {*reached(template)} == rooms
