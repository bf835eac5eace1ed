"""Is this a portable file? Where it is not, says the place and what is wrong there."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from profiles.photos.images import MOST_PHOTOS

SCHEMA: Final = Path(__file__).parent / "schema" / "tell-it-once-1.json"
MOST_BYTES: Final = 20_000_000
MOST_DEPTH: Final = 20
# Far more than any profile has of either. Without them, 20 MB of "{},{}," would fill the memory.
MOST_SIGNS: Final = 500_000  # that can open or part something, in the text as it came
MOST_VALUES: Final = 10_000

TYPE_WORDS: Final = {
    "object": "members with names",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
}
UNFIT: Final = {
    "format": "this has to be “tell-it-once/1”, and it is “{value}”",
    "topic": "we do not know the topic “{value}”",
    "language": "“{value}” is not a language tag, like en or cy",
    "media_type": "“{value}” is not a kind of photo we can read. Use image/jpeg",
    "updated_on": "“{value}” is not a day, like 2026-11-23",
}

Place = tuple[str | int, ...]
OF_ITS_KIND: Final[tuple[Place, ...]] = ((), ("format",))  # where a file says what kind it is


class NotAProfile(ValueError):
    """The file is not a profile; its text is the sentence to show."""


class NotOurs(NotAProfile):
    """It is another kind of file altogether: not one with a fault in it."""


class _Members(dict[str, Any]):
    """A JSON object that remembers a name it was given twice."""

    twice: str | None = None


def parsed(file: bytes) -> Any:
    """The JSON in a file of bytes, as it stands and not yet checked."""
    if len(file) > MOST_BYTES:
        raise NotAProfile(f"This file is too big. The most is {MOST_BYTES // 1_000_000} MB.")
    if sum(map(file.count, (b"{", b"[", b","))) > MOST_SIGNS:
        raise NotAProfile(_too_much())
    try:
        return json.loads(
            file.decode("utf-8-sig"), object_pairs_hook=_members, parse_constant=_no_such_number
        )
    except UnicodeDecodeError:
        raise NotOurs("This file is not text. We need a tell-it-once/1 file.") from None
    except json.JSONDecodeError as error:
        raise NotOurs(
            f"This file is not JSON: it goes wrong at line {error.lineno}, letter {error.colno}."
        ) from None
    except RecursionError:
        raise NotAProfile(_too_deep()) from None
    except ValueError:
        raise NotAProfile("This file holds a number we cannot read.") from None


def checked(data: Any) -> dict[str, Any]:
    """The same data, known to fit the published schema and to hold each topic once."""
    for place, value in _walk(data):
        _check_value(place, value)
    errors = sorted(
        _validator().iter_errors(data),
        key=lambda error: _place_of(error) not in OF_ITS_KIND,  # that it is another comes first
    )
    for error in errors:
        refuse(_place_of(error), _sentence(error))
    photos = sum("photo" in answer for answer in data["answers"])
    if photos > MOST_PHOTOS:
        refuse(("answers",), f"there are {photos} photos here. The most is {MOST_PHOTOS}")
    seen: set[str] = set()
    for number, answer in enumerate(data["answers"]):
        if answer["topic"] in seen:
            refuse(("answers", number, "topic"), f"“{answer['topic']}” is there twice")
        seen.add(answer["topic"])
    profile: dict[str, Any] = data
    return profile


def refuse(place: Place, words: str) -> NoReturn:
    """Say what is wrong at this place of the file."""
    named = ", ".join(f"number {p + 1}" if isinstance(p, int) else _shown(p) for p in place)
    kind = NotOurs if place in OF_ITS_KIND else NotAProfile
    raise kind(f"{named or 'The whole file'}: {words.rstrip('.')}.")


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    dates = FormatChecker(formats=())
    dates.checks("date", raises=ValueError)(lambda day: bool(date.fromisoformat(day)))
    return Draft202012Validator(schema, format_checker=dates)


def _members(pairs: list[tuple[str, Any]]) -> _Members:
    members = _Members()
    for name, value in pairs:
        if name in members:
            members.twice = name
        members[name] = value
    return members


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(name)


def _walk(data: Any) -> Iterator[tuple[Place, Any]]:
    """Everything in the file with its place, outermost first, without recursion."""
    waiting: list[tuple[Place, Any]] = [((), data)]
    seen = 1
    while waiting:
        place, value = waiting.pop()
        yield place, value
        inside: list[tuple[str | int, Any]] = []
        if isinstance(value, Mapping):
            inside = list(value.items())
        elif isinstance(value, list):
            inside = list(enumerate(value))
        seen += len(inside)
        if seen > MOST_VALUES:
            raise NotAProfile(_too_much())
        waiting.extend(((*place, name), part) for name, part in reversed(inside))


def _check_value(place: Place, value: Any) -> None:
    if len(place) > MOST_DEPTH:
        raise NotAProfile(_too_deep())
    if isinstance(value, _Members) and value.twice is not None:
        refuse(place, f"“{_shown(value.twice)}” is there twice")
    if isinstance(value, str) and ("\0" in value or not _is_unicode(value)):
        refuse(place, "this holds something that is not a letter. Type it again")


def _is_unicode(text: str) -> bool:
    """Whole letters only: half of a surrogate pair cannot be stored or printed."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _place_of(error: ValidationError) -> Place:
    place = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        return (*place, _extra(error))
    if error.validator == "required":
        return (*place, _missing(error))
    return place


def _missing(error: ValidationError) -> str:
    return next(str(name) for name in error.validator_value if name not in error.instance)


def _extra(error: ValidationError) -> str:
    return next(str(name) for name in error.instance if name not in error.schema["properties"])


def _sentence(error: ValidationError) -> str:
    match error.validator:
        case "required":
            return "this is missing"
        case "additionalProperties":
            return f"we do not know the name “{_shown(_extra(error))}”"
        case "type":
            return f"this has to be {TYPE_WORDS[error.validator_value]}"
        case "maxLength":
            length, most = len(error.instance), error.validator_value
            return f"this is {length:,} letters long. The most is {most:,}"
        case "minLength":
            return "this is empty"
        case "maxItems":
            return f"there are {len(error.instance):,} here. The most is {error.validator_value:,}"
        case _:
            return UNFIT[str(error.absolute_path[-1])].format(value=_shown(error.instance))


def _shown(value: object) -> str:
    """A value fit to stand in a sentence: short, and nothing that is not printed."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return "".join(letter if letter.isprintable() else "�" for letter in text[:60])


def _too_much() -> str:
    return "There is far more in this file than a page can hold."


def _too_deep() -> str:
    return f"This file is nested too deeply. The most is {MOST_DEPTH} levels."
