"""The site with a fault that tests must find: it says that words are saved before they are."""

from threading import Timer
from typing import Any

from project.wsgi import application

from profiles.answers import actions  # isort: skip  # what stands above has set Django up

__all__ = ["application"]
LATER = 60.0  # seconds
save_answer = actions.save_answer


def save_later(**said: Any) -> None:
    """Save these words when whoever wrote them has gone."""
    timer = Timer(LATER, save_answer, kwargs=said)
    timer.daemon = True
    timer.start()


actions.save_answer = save_later  # type: ignore[assignment]
