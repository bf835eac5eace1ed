"""How tall a page will be, guessed from the widths of its words without laying it out."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import ceil
from typing import Final, NamedTuple

from profiles.pdf.around import below_the_name, is_it_newest, small_print
from profiles.pdf.print_steps import (
    BESIDE_PHOTO,
    LABEL,
    LABEL_WIDTH,
    RULE_MM,
    URGENT,
    URGENT_LEADING,
    Step,
)
from profiles.pdf.sanitise import BREAK
from profiles.pdf.widths import Widths
from profiles.sheet.sheet import Entry, PrintedPart, Sheet
from profiles.sheet.sizes import MM
from profiles.sheet.voices import told_at_the_line

NAME: Final = 2.5  # the name's size, in parts of the print size
LONG_NAME: Final = 1.6
SMALLEST_NAME: Final = 1.3
HIGHLIGHTED: Final = 2 * 0.12  # what its highlighter takes at both sides, in parts of its size
NAME_LEADING: Final = 1.1
RING: Final = 0.34  # the cell of whom to ring, in parts of the strip
HALF: Final = 0.485  # each of a pair of boxes
TO_FILL_IN: Final = 1.95  # a line to write on by hand, with its dots
MARK: Final = 0.85  # before each of several statements
LARGEST_NUMBER: Final = 1.28
SIDE_BY_SIDE: Final = 1.6  # how much taller a strip of two may be than one under the other
EDGE_PT: Final = 2 * 0.6 * MM  # the lines above and below a box that has them
NEWEST: Final = 1.1  # how much larger it is than the small print
FOOT_LEADING: Final = 1.3
ABOVE_FOOT_PT: Final = 2 * MM
QR_PT: Final = 24 * MM
WITH_HYPHEN: Final = re.compile(r"[^\s\u200b-]*-|[^\s\u200b-]+")  # of a name: where no row ends
BESIDE_QR_PT: Final = 28 * MM


class MeasuredWords(NamedTuple):
    """The words of one line: where each begins and ends if all stand in a row, in print sizes."""

    starts: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()


@dataclass(frozen=True)
class Measured:
    """One answer's words, as widths in parts of the print size."""

    topic: str
    label: MeasuredWords
    lines: tuple[MeasuredWords, ...]
    said_by: MeasuredWords
    is_beside: bool  # its label
    has_picture: bool
    has_photo: bool  # beside its words
    photo_above: bool  # or above them, where nothing stands beside them

    def height_of(self, words: float, step: Step) -> float:
        """How tall its words are with its picture or photo, where they alone would be this tall."""
        if self.photo_above:
            return words + step.own_photo
        if self.has_photo:
            return max(words, step.own_photo)
        return max(words, step.large_picture if self.has_picture else 0)

    @property
    def beside_photo(self) -> "Measured":
        """The same where its photo has room beside its words."""
        has_photo = self.has_photo or self.photo_above
        return replace(self, has_photo=has_photo, photo_above=False)

    def rows(self, column: float, *, larger: float = 1.0, marked: bool = True) -> int:
        """How many rows its words take in a column this wide, in print this much larger."""
        own = column - (MARK * larger if marked and len(self.lines) > 1 else 0)
        count = sum(rows(line, own / larger) for line in self.lines)
        return count + self.said_rows(column)

    def said_rows(self, column: float) -> int:
        """How many rows it takes to say who said it, in a column this wide."""
        return rows(self.said_by, column) if self.said_by.ends else 0

    @property
    def breaks(self) -> int:
        """How often a line of it ends and another begins."""
        return len(self.lines) - 1 + bool(self.said_by.ends)

    @cached_property
    def label_rows(self) -> int:
        """How many rows its label takes in the column of the labels."""
        return rows(self.label, LABEL_WIDTH) if self.label.ends else 0


@dataclass(frozen=True)
class MeasuredPart:
    """One part's answers, each measured, where they stand in it."""

    has_box: bool
    has_edge: bool
    urgent: tuple[Measured, ...]
    ring: tuple[Measured, ...]
    entries: tuple[Measured, ...]
    pair: tuple[Measured, ...]

    def edges(self, columns: "Columns") -> float:
        """How many boxes with a line above and below stand under each other; a bar is a line."""
        return 0.5 * self.has_edge + (bool(self.pair) if columns.pair else len(self.pair))

    def without(self, topics: Collection[str]) -> "MeasuredPart":
        """This part without what was said under these topics."""
        groups = {
            name: tuple(each for each in getattr(self, name) if each.topic not in topics)
            for name in ("urgent", "ring", "entries", "pair")
        }
        has_box = any(groups[name] for name in ("urgent", "ring", "entries"))
        return replace(self, has_box=has_box, has_edge=self.has_edge and has_box, **groups)

    @property
    def every(self) -> tuple[Measured, ...]:
        """All of them, in reading order."""
        return (*self.urgent, *self.ring, *self.entries, *self.pair)


@dataclass(frozen=True)
class Columns:
    """What stands side by side at one step, how large the number to ring is, and where the name."""

    strip: bool
    pair: bool
    number: float
    cell: float  # of whom to ring, between its paddings
    name: float  # its size, in parts of the print size
    name_is_whole: bool  # or a word of it is broken, as it may be no smaller
    above_name: float  # beside a photo, in parts of the name's own size


class Estimate:
    """A page's words, measured once, and its height at any step."""

    def __init__(self, sheet: Sheet, widths: Mapping[int, Widths]) -> None:
        self._sheet, self._widths = sheet, widths
        self._column_pt = sheet.size.column_pt
        self._large = sheet.pictures == "large" and sheet.has_pictures
        self._name = measured_words("Hello, I’m " + (sheet.name or sheet.full_name), widths[800])
        self._widest_in_name = max(
            map(widths[800].of, WITH_HYPHEN.findall(sheet.name or sheet.full_name)), default=0.0
        )
        self._newest = measured_words(is_it_newest(sheet), widths[400])
        self._foot_words = measured_words(small_print(sheet), widths[400])
        self._say = tuple(measured_words(line, widths[400]) for line in below_the_name(sheet))
        self._parts = tuple(_measure_part(part, sheet, widths) for part in sheet.parts)
        self._numbers = tuple(
            widths[800].of(number) for part in sheet.parts for number in part.numbers
        )

    def height(self, step: Step, wider: float = 1.0) -> float:
        """About how many points tall the page is at this step, on a column this much wider."""
        columns = self.columns(step)
        parts = sum(self._part(part, step, columns, wider) for part in self._parts)
        edges = sum(part.edges(columns) for part in self._parts) * EDGE_PT
        tall = self._head(step) + parts + self._lines_to_fill_in(step)
        return tall * step.print_pt + edges + self.foot_pt()

    def bare_height(self, step: Step) -> float:
        """How tall it would be with nothing on it but its head and foot."""
        return self._head(step) * step.print_pt + self.foot_pt()

    def columns(self, step: Step) -> Columns:
        """What stands side by side here: whatever has room for itself, and takes little more so."""
        column = self._column_pt / step.print_pt
        cell = (
            (column - EDGE_PT / step.print_pt) * RING
            - 2 * step.inside
            - RULE_MM * MM / step.print_pt
        )
        widest = max(self._numbers, default=0.0)
        in_cell = min(LARGEST_NUMBER, cell / widest) if widest else LARGEST_NUMBER
        below = self._below_urgent(step)
        alone = min(LARGEST_NUMBER, below / widest) if widest else LARGEST_NUMBER
        most = 1.0 if step.print_pt <= self._sheet.size.smallest_pt else SIDE_BY_SIDE
        one = self._sheet.size.in_one_column
        has_cell = in_cell >= 1 and not (one or self._large)
        strip = has_cell and all(
            self._strip_of_two(part, step, 1.0) <= most * self._strip_of_one(part, step, 1.0)
            for part in self._parts
            if part.urgent and part.ring
        )
        pair = not one and all(
            self._pair_of_two(part, step, 1.0) <= self._pair_of_one(part, step, 1.0)
            for part in self._parts
            if len(part.pair) > 1
        )
        name, has_room = self._name_size(step), self._name_room(step) >= SMALLEST_NAME
        above = max(0.0, (step.photo - self._named(step)) / 2) if self._sheet.photo else 0.0
        number = 0.99 * (in_cell if strip else alone)  # kerned, a number may be a little wider
        return Columns(
            strip=strip,
            pair=pair,
            number=round(number, 3),
            cell=round(cell, 3),
            name=round(name, 3),
            name_is_whole=has_room,
            above_name=round(above / name, 3),
        )

    @property
    def urgent(self) -> frozenset[str]:
        """The topics that are read in ten seconds, and the name."""
        return frozenset(("call_me", *self._sheet.layout.strip))

    def without(self, topics: Collection[str]) -> "Estimate":
        """The same page, if nothing were said under these topics."""
        left = self._sheet.without(topics)
        if left.voice != self._sheet.voice:  # so other answers tell who said them
            return Estimate(left, self._widths)
        fewer = copy(self)
        fewer._parts = tuple(part for each in self._parts if (part := each.without(topics)).every)
        return fewer

    def label_rows(self) -> dict[str, int]:
        """The answers whose label takes more than one row, and how many it takes."""
        entries = (entry for part in self._parts for entry in part.entries)
        return {entry.topic: entry.label_rows for entry in entries if entry.label_rows > 1}

    def printed_lines(self, step: Step) -> dict[str, int]:
        """How many printed lines each answer takes, longest first."""
        counted = {
            entry.topic: entry.rows(self._words_column(step) + (0 if entry.is_beside else LABEL))
            for part in self._parts
            for entry in part.every
        }
        if self._sheet.called:
            counted["call_me"] = len(self._sheet.called.lines)
        return dict(sorted(counted.items(), key=lambda item: -item[1]))

    def _head(self, step: Step) -> float:
        return max(self._named(step), step.photo if self._sheet.photo else 0) + step.parts

    def _named(self, step: Step) -> float:
        """How tall the name is, with what stands under it."""
        column, size = self._name_column(step), self._name_size(step)
        named = rows(self._name, column / size) * size * NAME_LEADING
        said = sum(rows(line, column) for line in self._say)
        return named + (said + 1) * step.leading

    def _name_column(self, step: Step) -> float:
        """How wide the name may be, with what stands under it."""
        beside = step.photo + BESIDE_PHOTO if self._sheet.photo else 0
        return self._column_pt / step.print_pt - beside

    def _name_size(self, step: Step) -> float:
        """As large as can be, but so that no word of it is broken: it is somebody's name."""
        size = LONG_NAME if self._sheet.name_is_long else NAME
        return max(min(size, self._name_room(step)), SMALLEST_NAME)

    def _name_room(self, step: Step) -> float:
        """The largest size in which the widest word of the name has room."""
        wide = self._widest_in_name + HIGHLIGHTED
        return 0.99 * self._name_column(step) / wide  # kerned, it may be a little wider

    def _part(self, part: MeasuredPart, step: Step, columns: Columns, wider: float) -> float:
        tall = 0.0
        if part.has_box:
            tall += step.bar + step.parts
        if part.urgent and part.ring and columns.strip:
            tall += self._strip_of_two(part, step, wider)
        elif part.urgent or part.ring:
            tall += self._strip_of_one(part, step, wider)
        if part.entries:
            tall += 2 * step.padding + sum(self._row(e, part, step, wider) for e in part.entries)
        if part.pair:
            tall += step.parts
            tall += (self._pair_of_two if columns.pair else self._pair_of_one)(part, step, wider)
        return tall

    def _strip_of_two(self, part: MeasuredPart, step: Step, wider: float) -> float:
        column = self._inside(part, step)
        first = self._urgent(part, step, (column * (1 - RING) - 2 * step.inside) * wider)
        second = self._ring(part, step, (column * RING - 2 * step.inside) * wider)
        return max(first, second) + 2 * step.padding

    def _strip_of_one(self, part: MeasuredPart, step: Step, wider: float) -> float:
        if not (part.urgent and part.ring):
            column = (self._inside(part, step) - 2 * step.inside) * wider
            entries = self._urgent(part, step, column) + self._ring(part, step, column)
        else:
            entries = sum(self._row(e, part, step, wider, larger=URGENT) for e in part.urgent)
            entries += sum(self._row(e.beside_photo, part, step, wider) for e in part.ring)
        return entries + 2 * step.padding

    def _below_urgent(self, step: Step) -> float:
        """How wide the words of whom to ring are where they stand under what is urgent."""
        column = self._column_pt / step.print_pt - 2 * step.inside
        rows_of = (e for part in self._parts if part.urgent for e in part.ring)
        beside = any(entry.label_rows and entry.is_beside for entry in rows_of)
        return column - self._indent(step) - (LABEL if beside else 0)

    def _inside(self, part: MeasuredPart, step: Step) -> float:
        """How wide a part is between the lines around it."""
        return (self._column_pt - (EDGE_PT if part.has_edge else 0)) / step.print_pt

    def _row(
        self, entry: Measured, part: MeasuredPart, step: Step, wider: float, *, larger: float = 1.0
    ) -> float:
        """How tall an answer is that stands beside its label, or under it."""
        column = self._inside(part, step) - 2 * step.inside - self._indent(step)
        if entry.label_rows and entry.is_beside:
            return _beside(entry, step, (column - LABEL) * wider, larger=larger)
        return _below(entry, step, column * wider, larger=larger)

    def _urgent(self, part: MeasuredPart, step: Step, column: float) -> float:
        return sum(
            _below(entry, step, column - self._indent(step), larger=URGENT) for entry in part.urgent
        )

    def _ring(self, part: MeasuredPart, step: Step, column: float) -> float:
        beside = column - (self._indent(step) if self._large else 0)
        return sum(_below(entry, step, beside, marked=False) for entry in part.ring)

    def _pair_of_two(self, part: MeasuredPart, step: Step, wider: float) -> float:
        column = ((self._column_pt * HALF - EDGE_PT) / step.print_pt - 2 * step.inside) * wider
        return max(_box(entry, step, column) for entry in part.pair)

    def _pair_of_one(self, part: MeasuredPart, step: Step, wider: float) -> float:
        column = ((self._column_pt - EDGE_PT) / step.print_pt - 2 * step.inside) * wider
        boxes = sum(_box(entry, step, column) for entry in part.pair)
        return boxes + (len(part.pair) - 1) * step.parts

    def _lines_to_fill_in(self, step: Step) -> float:
        if not self._sheet.has_lines:
            return 0.0
        return step.leading + 2 * TO_FILL_IN + 2 * step.padding + step.parts

    def _words_column(self, step: Step) -> float:
        return self._column_pt / step.print_pt - 2 * step.inside - self._indent(step) - LABEL

    def _indent(self, step: Step) -> float:
        return step.indent if self._sheet.has_pictures else 0.0

    def foot_pt(self) -> float:
        """About how many points tall the foot is."""
        column = self._column_pt - (BESIDE_QR_PT if self._sheet.stamp else 0)
        small = self._sheet.size.foot_pt
        tall = rows(self._foot_words, column / small) * small * FOOT_LEADING
        if self._sheet.stamp:
            newest = small * NEWEST
            tall += rows(self._newest, column / newest) * newest * FOOT_LEADING
            tall = max(tall, QR_PT)
        return tall + ABOVE_FOOT_PT


def rows(words: MeasuredWords, column: float) -> int:
    """How many rows these words take, put one after another until a row is full."""
    starts, ends = words
    count, first = 1, 0
    while first < len(ends):
        begins, word = starts[first], ends[first] - starts[first]
        if word > column:  # a word longer than a row is broken anywhere
            more = ceil(word / column) - 1
            count, begins, first = count + more, begins + more * column, first + 1
        first = bisect_right(ends, begins + column, first)
        count += first < len(ends)
    return count


def _beside(entry: Measured, step: Step, column: float, *, larger: float = 1.0) -> float:
    """How tall an answer is that stands beside its label."""
    words = _said(entry, step, column, larger=larger)
    return max(words, entry.label_rows * step.leading + 2 * step.gap)


def _below(
    entry: Measured, step: Step, column: float, *, larger: float = 1.0, marked: bool = True
) -> float:
    """How tall an answer is that stands under its label, or needs none."""
    labelled = step.leading if entry.label_rows else 0.0
    return _said(entry, step, column, larger=larger, marked=marked, labelled=labelled)


def _said(
    entry: Measured,
    step: Step,
    column: float,
    *,
    larger: float = 1.0,
    marked: bool = True,
    labelled: float = 0.0,
) -> float:
    """How tall the words of an answer are, under a label that is this tall."""
    leading = step.leading if larger == 1 else URGENT_LEADING * larger
    said = entry.said_rows(column)
    count = entry.rows(column, larger=larger, marked=marked) - said
    between = entry.breaks * step.between * larger
    words = labelled + count * leading + said * step.leading + between
    return entry.height_of(words, step) + 2 * step.gap


def _box(entry: Measured, step: Step, column: float) -> float:
    """How tall a box of its own is, with its title."""
    words = entry.rows(column) * step.leading + entry.breaks * step.between
    photo = step.own_photo if entry.photo_above else 0
    return step.leading + photo + words + 2 * step.padding


def _measure_part(part: PrintedPart, sheet: Sheet, widths: Mapping[int, Widths]) -> MeasuredPart:
    groups = (part.urgent, part.ring, part.entries, part.pair)
    beside = (True, sheet.pictures == "large", True, False)  # may a photo stand there?
    measured = [
        tuple(_measure(entry, sheet, widths, urgent=at == 0, beside=beside) for entry in each)
        for at, (each, beside) in enumerate(zip(groups, beside, strict=True))
    ]
    has_edge = part.has_box and bool(sheet.theme.colours[part.colour].edge)
    return MeasuredPart(part.has_box, has_edge, *measured)


def _measure(
    entry: Entry, sheet: Sheet, widths: Mapping[int, Widths], *, urgent: bool, beside: bool
) -> Measured:
    weight = widths[700 if urgent else 400]
    whose = sheet.said_here(entry)
    return Measured(
        topic=entry.topic,
        label=measured_words(entry.label, widths[700])
        if entry.topic != "must_know"
        else MeasuredWords(),
        lines=tuple(measured_words(line, weight) for line in entry.lines),
        said_by=measured_words(told_at_the_line(whose), widths[400]) if whose else MeasuredWords(),
        is_beside=entry.is_beside and sheet.labels_beside,
        has_picture=bool(entry.picture) and sheet.shows_pictures,
        has_photo=bool(entry.photo) and beside,
        photo_above=bool(entry.photo) and not beside,
    )


def measured_words(text: str, widths: Widths) -> MeasuredWords:
    """The words of a line; a place to break a long one is a space with no width."""
    words = [word for word in text.split(" ") if word]
    spaces = [widths.space] * len(words)
    if BREAK in text:
        pieces = [word.split(BREAK) for word in words]
        words = [piece for word in pieces for piece in word]
        spaces = [each for word in pieces for each in (*[0.0] * (len(word) - 1), widths.space)]
    steps = [0.0] * 2 * len(words)  # a word, the space after it, the next word
    steps[::2], steps[1::2] = widths.each(words), spaces
    reached = tuple(accumulate(steps, initial=0.0))
    return MeasuredWords(reached[:-1:2], reached[1::2])
