"""What the log may hold: never what opens a page, and never what people typed."""

import logging
import re
from typing import Final

SECRETS: Final = re.compile(
    r"(/|%2F)(s|%73|check|mail(?:/|%2F)stop)(/|%2F)(?:(?!%2F)[^\s/?#\"'<>&])+", re.IGNORECASE
)


class Masked(logging.Formatter):
    """Writes a line of the log, and the trace under it, without the keys and codes in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in which /s/<key>/page/ reads /s/***/page/."""
        return SECRETS.sub(r"\1\2\3***", super().format(record))
