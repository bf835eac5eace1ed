"""What got slower since an earlier run."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.rows import LEEWAY, Row


def slower(rows: Iterable[Row], earlier: Path) -> Iterator[str]:
    """Each figure that is worse by more than a tenth than in this file, which `--json` wrote, as a
    sentence; and each that only one of the two runs has. Ratios are compared, where there are any:
    times are another machine's.
    """
    kept = json.loads(earlier.read_text(encoding="utf-8"))["rows"]
    before = {each["name"]: each.get("ratio", each.get("value")) for each in kept}
    for row in rows:
        was = before.pop(row.name, None)
        if was is None:
            yield f"{row.name}: new"
        elif (worse := _worse(row, was)) > LEEWAY:
            yield f"{row.name}: {was:g} before, {row.value:g} now, {worse:.2f} times as much"
    yield from (f"{name}: not measured any more" for name in before)


def _worse(row: Row, was: float) -> float:
    """By how many times it is worse; 1 where there is nothing to divide by."""
    better, worse = (row.value, was) if row.larger_is_better else (was, row.value)
    return worse / better if better > 0 else 1.0
