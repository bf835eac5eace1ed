"""A mail server of our own, which keeps what arrives as it arrived."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HERE = "127.0.0.1"


@dataclass
class Postbox:
    """What came over the wire; and the addresses for which it takes nothing."""

    raw: list[bytes] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    how: str = "550 nobody of that name here"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.how
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.to.append(envelope.rcpt_tos)
        return "250 OK"

    @property
    def emails(self) -> list[EmailMessage]:
        """What came, as a mail program reads it."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]  # type: ignore[misc]


class _OnAFreePort(Controller):
    """aiosmtpd's own knocks at the port it was told, which for any free one is 0."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(settings: Any) -> Iterator[Postbox]:
    """A mail server on a free port of this machine, to which Django sends."""
    postbox = Postbox()
    server = _OnAFreePort(postbox, hostname=HERE, port=0)
    server.start()
    try:
        send_to(server.port, settings)
        yield postbox
    finally:
        server.stop()


@contextmanager
def slow_server(
    *says: bytes, then_drips: bytes = b"", tls: SSLContext | None = None
) -> Iterator[tuple[int, Event]]:
    """A server that says these lines, one for each that it hears, and then no more, or a byte now
    and then for ever; with `tls`, these bytes are in it. Its port; and what is set once it has said
    its lines and heard once more.
    """
    over, heard = Event(), Event()

    def serve() -> None:
        with suppress(OSError), listening.accept()[0] as caller:
            for said in says[:-1]:
                caller.sendall(said + b"\r\n")
                caller.recv(100_000)
            caller.sendall(says[-1] + b"\r\n")
            if tls:
                with tls.wrap_socket(caller, server_side=True) as hidden:
                    drip(hidden)
            else:
                caller.recv(100_000)
                heard.set()
                drip(caller)

    def drip(caller: socket.socket) -> None:
        while then_drips and not over.wait(0.02):
            caller.sendall(then_drips)
        over.wait()

    with socket.create_server((HERE, 0)) as listening:
        serving = Thread(target=serve)
        serving.start()
        try:
            yield listening.getsockname()[1], heard
        finally:
            over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            serving.join()


# Up to the moment when it would take the words, and after it.
UNTIL_THE_WORDS = (b"220 hello", b"250 here", b"250 from", b"250 to")


@contextmanager
def deaf_server() -> Iterator[int]:
    """A port that takes a call and never says a word."""
    with socket.create_server((HERE, 0)) as deaf:
        yield deaf.getsockname()[1]


def send_to(port: int, settings: Any) -> None:
    """Let Django send to this port, by its real backend."""
    settings.EMAIL_BACKEND = "profiles.core.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = HERE, port, False


def a_port_where_nobody_listens() -> int:
    with socket.create_server((HERE, 0)) as gone:
        return int(gone.getsockname()[1])
