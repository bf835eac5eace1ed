"""Finds every layout: one TOML file beside one stylesheet, in a folder named in the settings.

This is for whoever fills a page. The worker process that prints it gets the layout with the sheet.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings

from profiles.core import content
from profiles.core.content import BrokenContent, Problem, Says, Values
from profiles.sheet.layouts import ONE_PAGE, Group, Layout
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import NOTEBOOK
from profiles.topics.load import load

__all__ = ["ONE_PAGE", "layout", "layouts", "read_folder"]

SCHEMA: Final = Path(__file__).parent / "schema" / "layout.json"
LANGUAGE: Final = "en"
USUAL: Final = MappingProxyType(
    {
        "read_first": "Please read this before you help me.",
        "helped_by": "I had help to write this, from",
        "updated_on": "My words last changed on",
    }
)


def layouts() -> Mapping[str, Layout]:
    """Every layout, by its key: the one for everybody first."""
    return _read(tuple(map(Path, settings.LAYOUT_FOLDERS)))


def layout(key: str) -> Layout:
    """The layout of this name; the one for everybody, if it is no more."""
    found = layouts()
    return found.get(key) or found[ONE_PAGE]


@cache
def _read(folders: tuple[Path, ...]) -> Mapping[str, Layout]:
    found = {each.key: each for folder in folders for each in read_folder(folder)}
    return MappingProxyType({ONE_PAGE: found[ONE_PAGE], **found})


def read_folder(folder: Path) -> list[Layout]:
    """Every layout in this folder; BrokenContent, naming file and member, if any is wrong."""
    files = {path.stem: _read_file(path) for path in sorted(folder.glob("*.toml"))}
    if problems := [problem for _, found in files.values() for problem in found]:
        raise BrokenContent(problems)
    return [_layout(key, values) for key, (values, _) in files.items()]


def _read_file(path: Path) -> tuple[Values, list[Problem]]:
    place = f"layouts/{path.name}"
    values, problems = content.read(path, place, SCHEMA, formats=FORMATS, named_by="key")
    if problems:
        return values, problems
    placed = Counter(key for part in values["parts"] for key in _topics(part))
    problems = [
        Problem("E007", place, f"parts: {topic!r} is there twice")
        for topic, times in placed.items()
        if times > 1
    ]
    if not path.with_suffix(".css").exists():
        problems.append(Problem("E001", place, f"there is no {path.stem}.css beside it"))
    return values, problems


def _topics(part: Values) -> list[str]:
    return [key for name in ("urgent", "ring", "topics", "pair") for key in part.get(name, ())]


def _layout(key: str, values: Values) -> Layout:
    words = {
        name: values[name][LANGUAGE] if name in values else usual for name, usual in USUAL.items()
    }
    return Layout(
        key=key,
        title=values["title"][LANGUAGE],
        lead=values["lead"][LANGUAGE],
        stylesheet=f"layouts/{key}.css",
        sizes=tuple(values["sizes"]),
        labels=values.get("labels", "beside"),
        parts=tuple(map(_group, values["parts"])),
        **words,
    )


def _group(part: Values) -> Group:
    return Group(
        key=part["key"],
        colour=part["colour"],
        title=part["title"][LANGUAGE] if "title" in part else "",
        **{name: tuple(part.get(name, ())) for name in ("topics", "urgent", "ring", "pair")},
    )


def _one_of(what: str, known: Mapping[str, object]) -> Says:
    def says(value: object) -> str:
        return "" if isinstance(value, str) and value in known else f"is no {what}: {value!r}"

    return says


def _topic(value: object) -> str:
    return _one_of("topic", load().by_key)(value)


def _in_language(value: object) -> str:
    return "" if isinstance(value, dict) and LANGUAGE in value else f"has no {LANGUAGE!r}"


FORMATS: Final[Mapping[str, Says]] = MappingProxyType(
    {
        "size": _one_of("size", SIZES),
        "colour": _one_of("colour", NOTEBOOK.colours),
        "topic": _topic,
        "in_language": _in_language,
    }
)
