"""The pictures that can stand beside words: those of every pack that the settings name.

What an answer keeps of a picture is its code. A pack can be taken away again: then there is no
picture of that code, and the words stand alone.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from profiles.topics.packs import Pack, Picture, PictureGroup, read_packs

__all__ = ["Picture", "groups", "label", "name_of", "named", "packs", "picture", "pictures"]


def packs() -> tuple[Pack, ...]:
    """Every pack of this site; BrokenContent if one cannot be used."""
    return _read(_folders())


def groups() -> tuple[PictureGroup, ...]:
    """The groups of the picker: of two packs, those of one title are one."""
    return _grouped(_folders())


def pictures() -> Mapping[str, Picture]:
    """Every picture, by its code, in the order of the picker."""
    return _by_code(_folders())


def picture(code: str) -> Picture | None:
    """The picture with this code, if there is one."""
    return pictures().get(code)


def label(code: str) -> str:
    """What the picture shows, in plain words; KeyError if there is none."""
    return pictures()[code].label


def name_of(code: str) -> str:
    """What a portable file calls it; "" if there is no such picture."""
    found = picture(code)
    return found.name if found else ""


def named(name: str) -> str:
    """The code of the picture a portable file calls by this name; KeyError if there is none."""
    return _by_name(_folders())[name]


def _folders() -> tuple[Path, ...]:
    return tuple(settings.PICTURE_FOLDERS)


@cache
def _read(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    return read_packs(folders)


@cache
def _grouped(folders: tuple[Path, ...]) -> tuple[PictureGroup, ...]:
    found: dict[str, tuple[Picture, ...]] = {}
    for pack in _read(folders):
        for group in pack.groups:
            found[group.title] = (*found.get(group.title, ()), *group.pictures)
    return tuple(PictureGroup(title=title, pictures=each) for title, each in found.items())


@cache
def _by_code(folders: tuple[Path, ...]) -> Mapping[str, Picture]:
    every = (picture for group in _grouped(folders) for picture in group.pictures)
    return MappingProxyType({picture.code: picture for picture in every})


@cache
def _by_name(folders: tuple[Path, ...]) -> Mapping[str, str]:
    return MappingProxyType({each.name: code for code, each in _by_code(folders).items()})
