"""Reads packs of pictures: each is a folder of SVG files beside one file of words and credit.

Whatever is wrong in a pack is a problem that names its file and the member.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.core.content import BrokenContent, Problem, Values
from profiles.topics import drawings

PACK: Final = "pack.toml"
SCHEMA: Final = Path(__file__).parent / "schema" / "pack.json"
LANGUAGE: Final = "en"
BESIDE: Final = frozenset({".svg", ".toml", ".txt", ".md"})  # browsers run none of them


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture: what an answer keeps of it, what a portable file calls it, and what it shows."""

    code: str
    name: str
    label: str
    words: tuple[str, ...]  # that somebody might look for it with
    path: Path
    address: str  # among the static files
    credit: str  # of the pack it is from


@dataclass(frozen=True, kw_only=True)
class PictureGroup:
    """Pictures that stand together in the picker."""

    title: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Pictures that somebody drew, and the terms on which we may show them."""

    title: str
    licence: str
    address: str  # where to find more of them; "" for nowhere
    groups: tuple[PictureGroup, ...]

    @property
    def credit(self) -> str:
        """What is said wherever its pictures are shown."""
        return credit(self.title, self.licence)


def credit(title: str, licence: str) -> str:
    """Who drew the pictures, and the terms: "OpenMoji, CC BY-SA 4.0"."""
    return f"{title}, {licence}"


def read_packs(folders: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs in these folders; BrokenContent if one is wrong, or two use one code or name."""
    read = [(folder, *_read_file(folder)) for folder in folders]
    problems = [problem for _, _, found in read for problem in found]
    if not problems:
        problems = list(_said_twice([(folder, values) for folder, values, _ in read]))
    if problems:
        raise BrokenContent(problems)
    return tuple(_pack(folder, values) for folder, values, _ in read)


def _read_file(folder: Path) -> tuple[Values, list[Problem]]:
    place = _place(folder)
    values, problems = content.read(folder / PACK, place, SCHEMA)
    return values, problems or [*_files(folder, values)]


def _files(folder: Path, values: Values) -> Iterator[Problem]:
    """What is wrong with the files themselves: whoever asks is sent whatever is in the folder."""
    used = {_file(picture) for picture in _pictures(values)}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = {name: path for name, path in there.items() if not path.is_dir()}
    for name in sorted(used - files.keys()):
        yield Problem("E001", _place(folder), f"file: there is no {name} beside it")
    for name, path in sorted(files.items()):
        place = f"{_place(folder).removesuffix(PACK)}{name}"
        if path.suffix not in BESIDE:
            yield Problem("E009", place, "does not belong here: only .svg, .txt and .md files do")
        elif path.suffix == ".svg" and name not in used:
            yield Problem("E009", place, f"is not named in {PACK}")
        elif path.suffix == ".svg":
            yield from (Problem("E009", place, f) for f in drawings.faults(path.read_bytes()))


def _said_twice(read: list[tuple[Path, Values]]) -> Iterator[Problem]:
    """A code or a name that two pictures share, in one pack or in two: answers keep it for ever.

    A code is no name of another picture either: files that call one by its code are understood.
    """
    first: dict[str, str] = {}
    folders: dict[str, None] = {}
    for folder, values in read:
        if folder.name in folders:
            yield Problem("E007", _place(folder), "its folder has the name of another pack’s")
        folders[folder.name] = None
        for picture in _pictures(values):
            for member in ("code", "name"):
                said = picture[member]
                if said in first:
                    says = f"{member}: {said!r} is there twice (first in {first[said]})"
                    yield Problem("E007", _place(folder), says)
            first |= dict.fromkeys((picture["code"], picture["name"]), _place(folder))


def _pictures(values: Values) -> Iterator[Values]:
    return (picture for group in values["groups"] for picture in group["pictures"])


def _place(folder: Path) -> str:
    return f"pictures/{folder.name}/{PACK}"


def _file(picture: Values) -> str:
    """What its file is called: after its code, where nothing else is said."""
    return str(picture.get("file", f"{picture['code']}.svg"))


def _pack(folder: Path, values: Values) -> Pack:
    said = credit(values["title"], values["licence"])
    groups = (
        PictureGroup(
            title=group["title"][LANGUAGE],
            pictures=tuple(_picture(folder, said, each) for each in group["pictures"]),
        )
        for group in values["groups"]
    )
    return Pack(
        title=values["title"],
        licence=values["licence"],
        address=values.get("address", ""),
        groups=tuple(groups),
    )


def _picture(folder: Path, said: str, picture: Values) -> Picture:
    return Picture(
        code=picture["code"],
        name=picture["name"],
        label=picture["label"][LANGUAGE],
        words=tuple(picture["words"][LANGUAGE]),
        path=folder / _file(picture),
        address=f"pictures/{folder.name}/{_file(picture)}",
        credit=said,
    )
