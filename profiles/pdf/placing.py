"""Where things stand on one page: what side by side, what under another, and where the name."""

from collections.abc import Iterator, Mapping
from typing import Final

from profiles.pdf.estimate import Columns
from profiles.pdf.print_steps import LABEL, RULE_MM, URGENT, Step

WHOLE_ROWS: Final = 6  # an answer of no more rows is not parted at the end of a side


def label_rules(counted: Mapping[str, int], step: Step) -> Iterator[str]:
    """The rules that give a long label the rows it takes, where its words may take fewer."""
    for topic, rows in counted.items():
        tall = f"{round(rows * step.leading, 3)}em"
        label = f"height: {tall}; margin-bottom: -{tall}; white-space: normal"
        row = f".page .rows .entry-{topic}"
        yield f"{row} h3 {{ {label} }} {row} {{ min-height: {tall} }}"


def break_rules(rows: Mapping[str, int]) -> Iterator[str]:
    """The rules that let a long answer go on overleaf: the others stay whole on their side."""
    for topic, count in rows.items():
        if count > WHOLE_ROWS:
            yield f".page .entry-{topic}, .page .half-{topic} {{ break-inside: auto }}"


def rules(columns: Columns, step: Step, side: str, *, with_pictures: bool) -> Iterator[str]:
    """The places of one page as rules, for a page that is read from this side."""
    indent = step.indent if with_pictures else 0.0
    yield f".page .page-head h1 {{ font-size: {columns.name}em }}"
    yield f".page .has-photo h1 {{ padding-top: {columns.above_name}em }}"
    # One that has no room in a row of its own takes two, and is never smaller than the print.
    wrap = "nowrap" if columns.number >= 1 else "normal"
    yield f".page .number {{ font-size: {max(columns.number, 1)}em; white-space: {wrap} }}"
    if columns.strip:
        cell = f"border-{side}: {RULE_MM}mm dashed; width: {columns.cell}em"
        yield f".page .strip-of-two > .ring {{ {cell} }}"
        # A cell is narrow: its words take what a picture would.
        ring = ".page:not(.has-large-pictures) .strip-of-two > .ring .entry"
        yield f"{ring} {{ background-image: none }}"
    else:
        yield from _one_under_the_other(step, side, indent)
    if not columns.pair:
        yield ".page .pair-of-two, .page .pair-of-two > .half { display: block }"
        yield f".page .pair-of-two > .between {{ display: block; height: {step.parts}em }}"


def _one_under_the_other(step: Step, side: str, indent: float) -> Iterator[str]:
    """What is urgent, and whom to ring below it: labels and words have their columns, as below."""
    words, larger = indent + LABEL, (indent + LABEL) / URGENT
    row = ".entry:not(.entry-over) > h3"
    yield ".page .strip-of-two, .page .strip-of-two > div { display: block }"
    yield ".page .strip-of-two > .ring { padding-top: 0 }"
    yield ".page .strip-of-two > .urgent { padding-bottom: 0 }"
    yield f".page .strip-of-two > .ring h3 {{ padding-{side}: {indent}em }}"
    # There, a photo has room beside its words.
    photo = ".page .strip-of-two > .ring .own-photo"
    yield f"{photo} {{ margin-bottom: -{step.own_photo}em; object-position: top }}"
    yield (f".page .strip-of-two > .ring .entry.has-own-photo {{ min-height: {step.own_photo}em }}")
    yield f".page .strip-of-two {row} {{ margin-bottom: -{step.leading}em; white-space: nowrap }}"
    here = f".page .strip-of-two {row}"
    yield f"{here} ~ p, {here} ~ ul {{ padding-{side}: {round(words, 3)}em }}"
    here = f".page .strip-of-two > .urgent > {row}"
    yield f"{here} ~ p:not(.said-by), {here} ~ ul {{ padding-{side}: {round(larger, 3)}em }}"
