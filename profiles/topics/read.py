"""Reads one topic file strictly: whatever is wrong in it is a problem that names its place."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from profiles.topics.pictures import CODES
from profiles.topics.prsb import SECTIONS

Values = dict[str, Any]
Says = Callable[[object], str]  # what is wrong with a value, or "" if it is right


@dataclass(frozen=True)
class Problem:
    """Something wrong in a topic file, and where."""

    code: str
    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


def lines(value: object) -> str:
    """Some words, on one line or more, with no spaces around them."""
    if not isinstance(value, str):
        return "must be words in quotes"
    if not value.strip():
        return "is empty"
    if value != value.strip():
        return "begins or ends with a space"
    return "" if all(map(str.isprintable, value.split("\n"))) else "holds a sign nobody can see"


def words(value: object) -> str:
    """Some words, on one line."""
    return lines(value) or ("must be on one line" if "\n" in str(value) else "")


def several(least: int, most: int, each: Says = words) -> Says:
    """A list of words, of this many."""
    wanted = str(least) if least == most else f"{least} to {most}"

    def check(value: object) -> str:
        if not isinstance(value, list) or not least <= len(value) <= most:
            return f"must be a list of {wanted}"
        if len({str(item) for item in value}) < len(value):
            return "says one thing twice"
        return next((f"has one that {fault}" for fault in map(each, value) if fault), "")

    return check


def whole(value: object) -> str:
    """A whole number above nought."""
    right = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if right else "must be a whole number above 0"


def yes_or_no(value: object) -> str:
    """A switch."""
    return "" if isinstance(value, bool) else "must be true or false"


def picture(value: object) -> str:
    """A picture the picker has."""
    return "" if isinstance(value, str) and value in CODES else f"is no picture we have: {value!r}"


def tables(name: str) -> Says:
    """One or more tables, written `[[name]]`."""

    def check(value: object) -> str:
        right = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        return "" if right else f"must be one or more [[{name}]]"

    return check


def follow_ups(value: object) -> str:
    """Questions back, each with the words it goes with; the last may go with any short answer."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return "must be written as [[coach]]"
    for number, each in enumerate(value, 1):
        if unknown := each.keys() - {"words", "enough", "ask"}:
            return f"has {min(unknown)!r} in number {number}, which is unknown"
        if fault := words(each.get("ask")):
            return f"has no right question in number {number}: it {fault}"
        for name in ("words", "enough"):
            if name in each and (fault := several(1, 40)(each[name])):
                return f"has {name} in number {number} that {fault}"
        if "words" not in each and number < len(value):
            return f"has no words in number {number}, and only the last can do without"
    return ""


REQUIRED: Final[Mapping[str, Says]] = {
    "key": words,
    "title": words,
    "question": words,
    "hint": words,
    "prompts": several(3, 5),
    "good": several(2, 2, each=lines),
    "poor": words,
    "picture": picture,
    "prsb_section": whole,
    "prsb_title": words,
    "snomed": words,
}
OPTIONAL: Final[Mapping[str, Says]] = {
    "starts_private": yes_or_no,
    "most_lines": whole,
    "retired": yes_or_no,
    "coach": follow_ups,
}


def read_toml(path: Path, place: str) -> tuple[Values, list[Problem]]:
    """What a TOML file holds. A member written twice is already an error to TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        reason = "there is no such file" if isinstance(fault, FileNotFoundError) else str(fault)
        return {}, [Problem("E001", place, f"cannot be read: {reason}")]


def check_members(
    values: Values,
    place: str,
    required: Mapping[str, Says],
    optional: Mapping[str, Says] | None = None,
) -> list[Problem]:
    """Every member that is unknown, missing or wrong."""
    known = {**required, **(optional or {})}
    found = [Problem("E002", place, f"{name}: is unknown") for name in values if name not in known]
    found += [
        Problem("E003", place, f"{name}: is missing") for name in required if name not in values
    ]
    for name, check in known.items():
        if name in values and (fault := check(values[name])):
            found.append(Problem("E004", place, f"{name}: {fault}"))
    return found


def read_topic(path: Path, place: str) -> tuple[Values, list[Problem]]:
    """The members of one topic, and everything wrong with them."""
    values, problems = read_toml(path, place)
    problems = problems or check_members(values, place, REQUIRED, OPTIONAL)
    if problems:
        return values, problems
    if values["key"] != path.stem:
        problems.append(Problem("E005", place, f"key: must be {path.stem!r}, like the file"))
    title, snomed = SECTIONS.get(values["prsb_section"], ("", ""))
    if not title:
        problems.append(Problem("E006", place, "prsb_section: must be 1 to 7"))
    elif (values["prsb_title"], values["snomed"]) != (title, snomed):
        problems.append(
            Problem("E006", place, f"prsb_title, snomed: must be {title!r} and {snomed!r}")
        )
    return values, problems
