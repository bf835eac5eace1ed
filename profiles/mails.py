"""Emails of ours: plain text, with a link and never a word from a page."""

import logging
from threading import Thread
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

PATIENCE: Final = 4  # seconds; somebody is waiting for the page that this is sent from

log = logging.getLogger(__name__)


def send(name: str, to: str, **context: Any) -> bool:
    """Send the email in templates/emails/<name>/. False, and no more, if it could not be sent.

    Nobody's typed words belong in the subject or the body: it may go to a stranger.
    """
    context = {"site": settings.SITE_ADDRESS, **context}
    subject = render_to_string(f"emails/{name}/subject.txt", context)
    body = render_to_string(f"emails/{name}/body.txt", context)
    message = EmailMessage(
        " ".join(subject.split()), body, to=[to], connection=get_connection(timeout=PATIENCE)
    )
    try:
        return message.send() == 1
    except OSError as error:  # smtplib's own errors are of this kind too, and name the address
        log.error("An email could not be sent: %s", type(error).__name__)
        return False


def notify(name: str, to: str, **context: Any) -> None:
    """Send an email that nobody waits for: whoever opens a page does not wait for a mail server.

    It goes off in a thread of its own, so its time tells a stranger nothing either.
    """
    thread = Thread(target=send, args=[name, to], kwargs=context, name="send an email", daemon=True)
    thread.start()
    if settings.WAIT_FOR_NOTICES:
        thread.join()
