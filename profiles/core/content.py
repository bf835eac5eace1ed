"""Reads a file of our words strictly: what its schema does not allow is named, in plain words.

A schema stands beside the words, and each `description` in it ends the sentence "must be …".
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from django.core.checks import CheckMessage, Error
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

Values = dict[str, Any]
Source = TypeVar("Source")
Says = Callable[[object], str]  # what is wrong with a value, or "" if it is right


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file, and where."""

    code: str
    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


class BrokenContent(ValueError):
    """Our words cannot be used; it carries every problem found in them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read(
    path: Path,
    place: str,
    schema: Path,
    *,
    formats: Mapping[str, Says] | None = None,
    named_by: str = "",
) -> tuple[Values, list[Problem]]:
    """What a file holds, and everything in it that its schema does not allow.

    `formats` are those of the schema that only a room can tell. In a problem, a row of a table is
    numbered, and called by the first of its words in `named_by`.
    """
    try:
        # A member written twice is already an error to TOML.
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        reason = "there is no such file" if isinstance(fault, FileNotFoundError) else str(fault)
        return {}, [Problem("E001", place, f"cannot be read: {reason}")]
    validator = Strict(_schema(schema), format_checker=_checker({**FORMATS, **(formats or {})}))
    faults: dict[tuple[str, str], Problem] = {}
    for error in validator.iter_errors(values):
        row, member, in_list = _place(error, values, named_by)
        for code, name, says in _faults(error, member):
            # The first that is wrong with a member is enough: the next often follows from it.
            one = "has one that " if in_list else ""
            faults.setdefault((row, name), Problem(code, place + row, f"{name}: {one}{says}"))
    return values, list(faults.values())


def whole(values: Values, problems: list[Problem]) -> Values:
    """What was read; BrokenContent if anything in it is wrong."""
    if problems:
        raise BrokenContent(problems)
    return values


def errors(content: Path, room: str, read: Callable[[Path], object]) -> list[CheckMessage]:
    """For `manage.py check`: each problem in the languages of this folder, read one by one."""
    return errors_in(filter(Path.is_dir, sorted(content.iterdir())), room, read)


def errors_in(
    sources: Iterable[Source], room: str, read: Callable[[Source], object]
) -> list[CheckMessage]:
    """The same of these folders, or of whatever else is read."""
    problems: dict[Problem, None] = {}
    for source in sources:
        try:
            read(source)
        except BrokenContent as broken:
            problems |= dict.fromkeys(broken.problems)
    return [Error(each.says, obj=each.place, id=f"{room}.{each.code}") for each in problems]


def lines(value: object) -> str:
    """Some words, on one line or more, with no spaces around them."""
    if not isinstance(value, str):
        return ""  # the type says so
    if not value.strip():
        return "is empty"
    if value != value.strip():
        return "begins or ends with a space"
    return "" if all(map(str.isprintable, value.split("\n"))) else "holds a sign nobody can see"


def words(value: object) -> str:
    """Some words, on one line."""
    return lines(value) or ("must be on one line" if "\n" in str(value) else "")


FORMATS: Final[Mapping[str, Says]] = {"lines": lines, "words": words}

# To JSON Schema 3.0 is a whole number; to Python it counts nothing.
Strict: Final = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    ),
)


@cache
def _schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _checker(formats: Mapping[str, Says]) -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, says in formats.items():
        checker.checks(name, raises=ValueError)(_raising(says))
    return checker


def _raising(says: Says) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if fault := says(value):
            raise ValueError(fault)
        return True

    return check


def _place(error: ValidationError, values: Values, named_by: str) -> tuple[str, str, bool]:
    """The row it stands in, the member, and whether it is one of a list of words."""
    row, names, at, in_list = "", list[str](), values, False
    for step in error.absolute_path:
        at, in_list = at[step], False
        if isinstance(step, str):
            names.append(step)
        elif isinstance(at, dict):
            row += f", {names.pop().removesuffix('s')} {step + 1}{_called(at, named_by)}"
        else:
            in_list = error.validator_value != "object"  # else it is no row, and that is its fault
    return row, ".".join(names), in_list


def _called(row: Values, named_by: str) -> str:
    if not named_by:
        return ""
    said = row.get(named_by)
    return f" ({said[0] if isinstance(said, list) and said else f'no {named_by}'})"


def _faults(error: ValidationError, member: str) -> Iterator[tuple[str, str, str]]:
    """The code, the member and the fault; an error about a table can be about many members."""
    inside = f"{member}." if member else ""
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            yield from (
                ("E002", inside + n, "is unknown") for n in error.instance if n not in known
            )
        case "required":
            needed = error.validator_value
            yield from (
                ("E003", inside + n, "is missing") for n in needed if n not in error.instance
            )
        case "format":
            yield "E004", member, str(error.cause)
        case "uniqueItems":
            yield "E004", member, "says one thing twice"
        case _:
            yield "E004", member, f"must be {error.schema['description']}"
