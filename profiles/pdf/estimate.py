"""How tall a page will be, guessed from the widths of its words without laying it out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from profiles.pdf.print_steps import Step
from profiles.pdf.sanitise import BREAK
from profiles.pdf.widths import Widths
from profiles.sheet.sheet import Entry, Sheet

Word = tuple[float, float]  # its width, and the width of the space after it

MM: Final = 72 / 25.4
COLUMN_PT: Final = (210 - 24) * MM
PAGE_PT: Final = (297 - 19) * MM

NAME: Final = 2.1  # the name's size, in parts of the print size
LONG_NAME: Final = 1.5
EDGE: Final = 0.32  # the red edge, above and below
LONGEST_TITLE: Final = 16.0  # a longer title stands above its lines, not beside them
FOOT_PT: Final = 10.0
FOOT_LEADING: Final = 1.3
QR_PT: Final = 24 * MM
BESIDE_QR_PT: Final = COLUMN_PT - 28 * MM


@dataclass(frozen=True)
class Measured:
    """One answer's words, as widths in parts of the print size."""

    topic: str
    title: float
    lines: tuple[tuple[Word, ...], ...]
    said_by: tuple[Word, ...]
    reads: str

    @property
    def beside(self) -> float:
        """How far the first line starts after its title; 0 if the title stands above.

        WeasyPrint 70 starts a right-to-left line at the edge, whatever its indent: there, above.
        """
        return beside(self.title) if self.reads == "ltr" else 0.0


class Estimate:
    """A page's words, measured once, and its height at any step."""

    def __init__(self, sheet: Sheet, widths: Mapping[int, Widths]) -> None:
        self._sheet = sheet
        self._name = _words("Hello, I’m " + (sheet.name or sheet.full_name), widths[800])
        self._stamp = tuple(_words(line, widths[400]) for line in _beside_the_qr(sheet))
        self._say = tuple(_words(line, widths[400]) for line in _below_the_name(sheet))
        self._parts = tuple(
            tuple(_measure(entry, part.title, widths) for entry in part.entries)
            for part in sheet.parts
        )

    def height(self, step: Step, wider: float = 1.0) -> float:
        """About how many points tall the page is at this step, on a column this much wider."""
        em = step.print_pt
        parts = sum(self._part(part, step, wider) for part in self._parts)
        edge = EDGE if self._sheet.strip or any(p.key == "safe" for p in self._sheet.parts) else 0
        return (self._head(step) + parts + edge) * em + self._foot()

    def bare_height(self, step: Step) -> float:
        """How tall it would be with nothing on it but its head and foot."""
        return self._head(step) * step.print_pt + self._foot()

    def beside(self) -> dict[str, float]:
        """How far each answer's first line starts after its title, where the title is beside it."""
        return {
            entry.topic: round(entry.beside, 3)
            for part in self._parts
            for entry in part
            if entry.beside
        }

    def printed_lines(self, step: Step) -> dict[str, int]:
        """How many printed lines each answer takes, longest first."""
        counted = {entry.topic: self._rows(entry, step) for part in self._parts for entry in part}
        if self._sheet.called:
            counted["call_me"] = len(self._sheet.called.lines)
        return dict(sorted(counted.items(), key=lambda item: -item[1]))

    def _head(self, step: Step) -> float:
        column = COLUMN_PT / step.print_pt
        if self._sheet.photo:
            column -= step.photo + 1.4
        size = LONG_NAME if self._sheet.name_is_long else NAME
        named = rows(self._name, column / size) * size * 1.2
        said = sum(rows(line, column) for line in self._say)
        tall = named + said * step.leading + 0.25 + step.leading
        if self._sheet.photo:
            tall = max(tall + (step.photo - 4.4) / 2, step.photo)
        return tall + step.parts

    def _part(self, entries: Iterable[Measured], step: Step, wider: float) -> float:
        around = step.tab + 2 * step.padding + step.parts
        return around + sum(self._entry(entry, step, wider) for entry in entries)

    def _entry(self, entry: Measured, step: Step, wider: float) -> float:
        lines = self._rows(entry, step, wider)
        breaks = len(entry.lines) - 1 + bool(entry.said_by)
        return lines * step.leading + breaks * step.between + 2 * step.gap

    def _rows(self, entry: Measured, step: Step, wider: float = 1.0) -> int:
        pictures = step.indent if self._sheet.has_pictures else 0
        column = (COLUMN_PT / step.print_pt - 2 - pictures) * wider
        beside = 0.0 if step.titles_above else entry.beside
        first, *others = entry.lines
        count = rows(first, column, start=beside)
        count += sum(rows(line, column) for line in others)
        count += rows(entry.said_by, column) if entry.said_by else 0
        return count + (1 if entry.title and not beside else 0)

    def _foot(self) -> float:
        lines: float = 1 + bool(self._sheet.helped_by) + bool(self._sheet.checked_on)
        if self._stamp:
            # The line that tells when the page was made takes two rows beside the QR code.
            lines += 1 + sum(rows(line, BESIDE_QR_PT / FOOT_PT) for line in self._stamp)
            lines = max(lines, QR_PT / (FOOT_PT * FOOT_LEADING))
        # Its margin above is not counted: it falls into the larger one below the last part.
        return FOOT_PT * (0.5 + 0.1 + FOOT_LEADING * lines)


def rows(words: Iterable[Word], column: float, start: float = 0.0) -> int:
    """How many rows these words take, put one after another until a row is full."""
    used, count = start, 1
    for width, space in words:
        if used and used + width > column:
            count, used = count + 1, 0.0
        more = max(0, ceil(width / column) - 1)  # a word longer than a row is broken anywhere
        count += more
        used += width - more * column + space
    return count


def beside(title: float) -> float:
    """How far a first line starts after a title this wide; 0 if it stands below it instead."""
    return title + 0.5 if 0 < title < LONGEST_TITLE else 0.0


def _measure(entry: Entry, heading: str, widths: Mapping[int, Widths]) -> Measured:
    weight = widths[700 if entry.topic == "must_know" else 400]
    has_title = entry.topic != "must_know" and entry.title != heading
    return Measured(
        topic=entry.topic,
        title=widths[700].of(entry.title) if has_title else 0.0,
        lines=tuple(_words(line, weight) for line in entry.lines),
        said_by=_words(f"Said by {entry.said_by}.", widths[400]) if entry.said_by else (),
        reads=entry.reads,
    )


def _below_the_name(sheet: Sheet) -> Iterator[str]:
    if sheet.called:
        yield from sheet.called.lines[1:]
        if sheet.called.said_by:
            yield f"Said by {sheet.called.said_by}."
        if sheet.full_name not in ("", sheet.name):
            yield f"My full name is {sheet.full_name}"


def _beside_the_qr(sheet: Sheet) -> Iterator[str]:
    if sheet.stamp:
        yield f"Is this the newest page? Scan the code, or go to {sheet.stamp.address}"
        yield f"Made for {sheet.stamp.made_for}. Please ask me again after 30 September 2026."


def _words(text: str, widths: Widths) -> tuple[Word, ...]:
    """The words of a line; a place to break a long one is a space with no width."""
    words = (word.split(BREAK) for word in text.split(" "))
    return tuple(
        (widths.of(piece), 0.0 if more else widths.space)
        for *pieces, last in words
        for piece, more in (*((piece, True) for piece in pieces), (last, False))
    )
