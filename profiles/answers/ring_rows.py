"""Whom to ring: lines of words, as every answer is, and the rows in which they are filled in.

Rows are kept nowhere. A line is read into one only if the row says just that line again; any other
line stands whole, as it was typed, in the box for more. Each line keeps its place among the others.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import astuple, dataclass
from itertools import count
from typing import Any, Final, Self

from django import forms

from profiles.core.form_fields import OneLine

RING: Final = "ring_first"  # the topic that is asked in rows
FEWEST: Final = 3  # rows that are shown, and always an empty one
MOST: Final = 12  # lines that are shown as rows; more stand in the box
BETWEEN: Final = ", "  # what parts name, who they are, number and when
# Nothing but a telephone number, as people write it: three digits or more, and an extension.
A_NUMBER: Final = re.compile(
    r"(?=(?:\D*\d){3})\+?[\d(][\d\s()./–-]*(?:(?:ext\.?|extension|x)\s?\d+)?[.;]?", re.IGNORECASE
)
ROW, MORE = "r", "m"  # how the order of the lines is written
ORDER: Final = re.compile(f"[{ROW}{MORE}]*")


class RingRow(forms.Form):
    """The boxes of one row. Nothing in it is asked for: a row may have a name and no number."""

    name = OneLine(label="Name", most=200)
    who = OneLine(label="Who they are to me", most=200)
    number = OneLine(label="Number", most=200)
    when = OneLine(label="When to ring", most=1_000)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Somebody to ring."""

    name: str = ""
    who: str = ""
    number: str = ""
    when: str = ""

    @property
    def line(self) -> str:
        """The row as it stands on the page; "" for an empty one."""
        return BETWEEN.join(filter(None, astuple(self)))

    @classmethod
    def read(cls, line: str) -> Self | None:
        """The row that says this line and no other; None if there is none."""
        pieces = line.split(BETWEEN)
        at = next((at for at, piece in enumerate(pieces) if A_NUMBER.fullmatch(piece)), None)
        if at is None:
            return None
        row = cls(
            name="".join(pieces[: min(at, 1)]),
            who=BETWEEN.join(pieces[1:at]),
            number=pieces[at],
            when=BETWEEN.join(pieces[at + 1 :]),
        )
        return row if row.line == line and row.can_be_typed else None

    @property
    def can_be_typed(self) -> bool:
        """Would the boxes give back just these words?"""
        form = RingRow(self.__dict__)
        return form.is_valid() and form.cleaned_data == self.__dict__


@dataclass(frozen=True, kw_only=True)
class InRows:
    """An answer, as it is shown to be filled in: its rows, its other lines, and their order."""

    rows: tuple[Row, ...]
    more: str
    order: str

    @classmethod
    def of(cls, text: str) -> Self:
        """The words of an answer, in rows. Words without a row among them stay as they are."""
        rows: list[Row] = []
        others: list[str] = []
        order = ""
        for line in filter(str.strip, text.splitlines()):
            row = Row.read(line) if len(rows) < MOST else None
            if row:
                rows.append(row)
            else:
                others.append(line)
            order += ROW if row else MORE
        if not rows:
            return cls(rows=(), more=text, order="")
        return cls(rows=tuple(rows), more="\n".join(others), order=order)

    @property
    def text(self) -> str:
        """The words again: each line where it was, then new rows, then new lines."""
        if not any(row.line for row in self.rows):
            return self.more
        rows, others = iter(self.rows), iter(filter(str.strip, self.more.splitlines()))
        lines = [next(rows, Row()).line if kind == ROW else next(others, "") for kind in self.order]
        lines += [*(row.line for row in rows), *others]
        return "\n".join(filter(None, lines))


class RingRows:
    """The boxes of all rows, as fields of a form that also has a box for more, and their order."""

    def __init__(self, data: Mapping[str, Any] | None, in_rows: InRows) -> None:
        shown = len(in_rows.rows) + 1
        if data is not None:
            shown = next(at for at in count() if _name(at, "name") not in data or at > MOST)
        self.names = [
            {part: _name(at, part) for part in RingRow.base_fields}
            for at in range(max(FEWEST, shown))
        ]
        self.initial = {
            names[part]: value
            for names, row in zip(self.names, in_rows.rows, strict=False)
            for part, value in row.__dict__.items()
        }

    def fields(self) -> dict[str, forms.Field]:
        """A field for each box."""
        fields = {
            name: deepcopy(RingRow.base_fields[part])
            for names in self.names
            for part, name in names.items()
        }
        for name, field in fields.items():
            field.is_needed_then = True  # type: ignore[attr-defined]  # so it does not say "skip"
            if name.endswith("-number"):
                field.widget.attrs["inputmode"] = "tel"
        return fields

    def filled(self, cleaned: Mapping[str, str]) -> tuple[Row, ...]:
        """The rows as they were filled in, an empty one among them as well."""
        return tuple(
            Row(**{part: cleaned.get(name, "") for part, name in names.items()})
            for names in self.names
        )


def _name(at: int, part: str) -> str:
    return f"ring-{at}-{part}"
