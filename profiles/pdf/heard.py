"""What WeasyPrint says to its log while a page is made: there is no other way to hear a fault."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class RendererFault(Exception):
    """WeasyPrint was asked for something we did not give it, or wrote an error to its log."""


@dataclass
class Heard(logging.Handler):
    """What WeasyPrint says to its log while one page is made."""

    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        self.faults.append(str(record.msg))  # never its arguments: they may hold words

    __hash__ = logging.Handler.__hash__


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what WeasyPrint logs while a page is made; nobody else does: it may hold words."""
    log, heard = logging.getLogger("weasyprint"), Heard()
    log.addHandler(heard)
    log.propagate = False
    try:
        yield heard
    finally:
        log.removeHandler(heard)
        log.propagate = True
