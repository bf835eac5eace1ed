"""One line of the results: a figure, what it was set beside, and whether it reached its goal."""

from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

LEEWAY = 1.1  # a goal missed by less than a tenth may be this machine's mood


@dataclass(frozen=True, kw_only=True)
class Row:
    """A ratio of two times, or another figure; smaller is better unless it says otherwise."""

    name: str
    value: float
    unit: str = ""
    ours_ms: float | None = None
    other_ms: float | None = None
    spread: tuple[float, float] | None = None  # between these two lie eight rounds in ten
    goal: float | None = None
    stretch: float | None = None
    larger_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Did it reach the goal? None where there is none."""
        return self._within(1)

    @property
    def is_missed(self) -> bool:
        """Did it miss the goal by more than a tenth?"""
        return self._within(LEEWAY) is False

    def _within(self, leeway: float) -> bool | None:
        if self.goal is None:
            return None
        if self.larger_is_better:
            return self.value * leeway >= self.goal
        return self.value <= self.goal * leeway

    def as_json(self) -> dict[str, Any]:
        """The row as it is kept and compared."""
        figure = "ratio" if self.other_ms is not None else "value"
        return {
            "name": self.name,
            "ours_ms": self.ours_ms,
            "other_ms": self.other_ms,
            figure: round(self.value, 4),
            "unit": self.unit,
            "spread": self.spread,
            "goal": self.goal,
            "stretch": self.stretch,
            "met": self.met,
        }

    def __str__(self) -> str:
        times = ""
        if self.ours_ms is not None and self.other_ms is not None:
            times = f"{self.ours_ms:.1f} / {self.other_ms:.1f} ms"
        spread = f"{self.spread[0]:.2f} to {self.spread[1]:.2f}" if self.spread else ""
        sign = ">=" if self.larger_is_better else "<="
        goal = f"{sign} {self.goal:g} ({self.stretch:g})" if self.goal is not None else ""
        said = {True: "reached", False: "missed", None: ""}[self.met]
        value = f"{round(self.value, 3):g} {self.unit}".strip()
        return f"  {self.name:<54} {times:>18} {value:>10}  {spread:<14} {goal:<15} {said}".rstrip()


def ratio(
    name: str, ours: list[float], other: list[float], *, goal: float | None, stretch: float | None
) -> Row:
    """Our median time over the other's, and how the ratio varied from round to round."""
    each = quantiles([a / b for a, b in zip(ours, other, strict=True)], n=10, method="inclusive")
    return Row(
        name=name,
        value=round(median(ours) / median(other), 4),
        ours_ms=round(median(ours), 2),
        other_ms=round(median(other), 2),
        spread=(round(each[0], 3), round(each[-1], 3)),
        goal=goal,
        stretch=stretch,
    )
