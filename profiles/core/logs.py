"""What the log may hold: never what opens a page, and never what people typed."""

import logging
import re
import traceback
from types import TracebackType
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from pythonjsonlogger.json import JsonFormatter

# Where the first piece after it opens something, or is a code.
BEFORE_SECRETS: Final = ("s", "shl", "check", "mail/stop", "helping/invite", "helping/handed")


def _written(sign: str) -> str:
    """One sign of an address, in every way that it can be written there."""
    return rf"(?:{sign}|%(?:25)*{ord(sign):x}|%(?:25)*{ord(sign.upper()):x})"


SLASH: Final = f"{_written('/')}+"
_PLACES: Final = "|".join(
    "".join(SLASH if sign == "/" else _written(sign) for sign in place) for place in BEFORE_SECRETS
)
SECRETS: Final = re.compile(
    rf"({SLASH}(?:{_PLACES}){SLASH})(?:(?!{_written('/')})[^\s/?#\"'<>&])+", re.IGNORECASE
)
# What stands behind a key that was left out, a ticket; and who a computer says it is.
_FILES, _RECIPIENT = ("".join(map(_written, word)) for word in ("files", "recipient"))
TICKET: Final = re.compile(rf"(\*\*\*{SLASH}{_FILES}{SLASH})[^\s/?#\"'<>&]+", re.IGNORECASE)
RECIPIENT: Final = re.compile(rf"({_RECIPIENT}=)[^\s&\"<>]+", re.IGNORECASE)
# A whole clinic link, where its # came as a part of the address: its key is inside, in base64.
_SHLINK: Final = "".join(map(_written, "shlink:"))
CLINIC_LINK: Final = re.compile(rf"({_SHLINK}{SLASH})[A-Za-z0-9_-]+", re.IGNORECASE)
# A key in an address that came broken: anywhere, where it is no word of ours. In 22 letters, or in
# 43 of a clinic link: the last one holds only what is left of 128 or 256 bits.
KEY: Final = re.compile(
    r"(?<![A-Za-z0-9_-])(?=[a-z_-]*[A-Z0-9])"
    r"(?:[A-Za-z0-9_-]{21}[AQgw]|[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])(?![A-Za-z0-9])"
)


# When, how much it matters, which request wrote it ("None": none did), which part of us, and what.
LINE: Final = "%(asctime)s %(levelname)s %(correlation_id)s %(name)s: %(message)s"


# Faults whose messages speak of the program and of what it needs. Any other's may hold what
# somebody typed: int() quotes it, and PostgreSQL tells the address that an account has already.
OF_THE_PROGRAM: Final = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    NameError,
    OperationalError,
)
# Whoever asks did it wrong, and nothing of ours is broken: a robot that tries a name, a form of
# thousands of boxes. Django writes each as an error, with all that was called.
ASKED_WRONGLY: Final = (
    "DisallowedHost",
    "RequestDataTooBig",
    "SuspiciousMultipartForm",
    "TooManyFieldsSent",
    "TooManyFilesSent",
)
LONGEST_NAME: Final = 300  # letters of what is said of such a one: a name may be thousands long
Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Traces:
    """Writes the trace under a line: what kind of fault, where, and its message if that may be."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802  # the library calls it so
        """The trace of a fault, under those of the faults that led to it."""
        told: list[str] = []
        fault = ei[1]
        seen: set[int] = set()
        while fault is not None and id(fault) not in seen:
            seen.add(id(fault))
            told.append(_told(fault))
            before = fault.__cause__
            if before is None and not fault.__suppress_context__:
                before = fault.__context__
            fault = before
        return "\nThen:\n".join(reversed(told))


def _told(fault: BaseException) -> str:
    return "".join(["Traceback:\n", *traceback.format_tb(fault.__traceback__), _said(fault)])


def in_a_line(fault: BaseException) -> str:
    """Of what kind a fault is, and the first line of its message, if that may be."""
    return _said(fault).partition("\n")[0]


def _said(fault: BaseException) -> str:
    kind = type(fault).__name__
    return f"{kind}: {fault}" if isinstance(fault, OF_THE_PROGRAM) else kind


class Quiet(logging.Filter):
    """What somebody asked wrongly is one line that wakes nobody. Every line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Yes; and the line of such a one has no trace any more, and is a warning."""
        group, _, kind = record.name.rpartition(".")
        if group == "django.security" and kind in ASKED_WRONGLY:
            record.msg, record.args = record.getMessage()[:LONGEST_NAME], None
            record.exc_info = record.exc_text = None
            record.levelno = logging.WARNING
            record.levelname = logging.getLevelName(record.levelno)
        return True


class Masked(Traces, logging.Formatter):
    """Writes a line of the log, and the trace under it, without the keys and codes in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in which /s/<key>/page/ reads /s/***/page/."""
        record.exc_text = None  # another handler may have left its own way to write the trace
        return masked(super().format(record))


class MaskedJson(Traces, JsonFormatter):
    """The same as one JSON object a line, for those who collect logs from many machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its trace in it. No key or code has a sign that JSON writes otherwise."""
        return masked(super().format(record))


FORMATS: Final = {"text": Masked, "json": MaskedJson}


def masked(line: str) -> str:
    """A line without what opens something."""
    for place in (CLINIC_LINK, SECRETS, TICKET, RECIPIENT):
        line = place.sub(r"\1***", line)
    return KEY.sub("***", line)
