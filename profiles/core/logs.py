"""What the log may hold: never what opens a page, and never what people typed."""

import logging
import re
from typing import Final

SECRETS: Final = re.compile(
    r"(/|%2F)(s|%73|check|mail(?:/|%2F)stop|helping(?:/|%2F)(?:invite|handed))((?:/|%2F)+)"
    r"(?:(?!%2F)[^\s/?#\"'<>&])+",
    re.IGNORECASE,
)
# A key in an address that came broken: anywhere, where it is no word of ours.
KEY: Final = re.compile(
    r"(?<![A-Za-z0-9_-])(?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{21}[AQgw](?![A-Za-z0-9])"
)


class Masked(logging.Formatter):
    """Writes a line of the log, and the trace under it, without the keys and codes in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in which /s/<key>/page/ reads /s/***/page/."""
        return KEY.sub("***", SECRETS.sub(r"\1\2\3***", super().format(record)))
