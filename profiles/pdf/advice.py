"""What to keep off a page that is too long, so that the rest has room: whole answers, few of them.

Never what is read in ten seconds: whoever shortens that may leave out what keeps somebody safe.
"""

from collections.abc import Sequence
from typing import Final

from profiles.pdf.estimate import Estimate
from profiles.pdf.print_steps import Step

TO_SPARE: Final = 0.995  # an estimate may be a little off


def to_shorten(estimate: Estimate, step: Step) -> dict[str, int]:
    """The answers one might shorten and their printed lines, longest first.

    What is urgent is among them only where nothing else is said.
    """
    lines = estimate.printed_lines(step)
    others = {topic: count for topic, count in lines.items() if topic not in estimate.urgent}
    return others or lines


def keep_off(
    estimate: Estimate, step: Step, *, room_pt: float, real: float = 1.0
) -> tuple[str, ...]:
    """The topics without which the page has room: one that is enough, or as few as can be.

    `real` is by how much the page is taller than its estimate. Nothing, if all of them together are
    not enough.
    """
    lines = to_shorten(estimate, step)
    candidates = [topic for topic in lines if topic not in estimate.urgent]

    def is_enough(topics: Sequence[str]) -> bool:
        return estimate.without(topics).height(step) * real <= room_pt * TO_SPARE

    for topic in reversed(candidates):  # the shortest that is enough
        if is_enough([topic]):
            return (topic,)
    chosen: list[str] = []
    for topic in candidates:
        chosen.append(topic)
        if is_enough(chosen):
            break
    else:
        return ()
    for topic in reversed(chosen[:-1]):  # the last that was needed may do the work of others
        fewer = [each for each in chosen if each != topic]
        if is_enough(fewer):
            chosen = fewer
    return tuple(chosen)
