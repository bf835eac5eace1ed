"""Emails of ours: plain text, with a link and never a word from a page.

Those that come by themselves can be stopped at one press, without signing in. Each holds an address
for it, signed by us: it names the kind, the row whose column says yes to it, and the account that
the email went to. Whoever holds that address can stop those emails, and nothing else.
"""

import logging
import re
import unicodedata
from dataclasses import dataclass, field
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.core.busy import PLACES, NoPlace
from profiles.core.journal import Kind, note
from profiles.core.smtp import InDoubt

LONGEST_NAME: Final = 60
BETWEEN: Final = frozenset(" ’'‘-·.")  # what stands between the letters of names
A_DOT_WITHIN: Final = re.compile(r"\.(?=[^ ])")  # as in an address; "Dr. Ann" has one at an end

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """Emails that can be stopped: where the yes to them is kept, and where it is said again."""

    key: str
    table: str  # the model that has the yes
    column: str  # and its column
    whose: tuple[str, ...]  # the columns that lead from there to the account they are sent to
    what: Promise  # ends the sentence "We email you …"
    again: str  # the name of the page where they can be started again
    again_words: Promise


REMINDER: Final = MailKind(
    key="reminder",
    table="Profile",
    column="reminds_me",
    whose=("owner", "kept_by"),
    what=_("that it is time to check the page"),
    again="review:review",
    again_words=_("Is it still right?"),
)
OPENED: Final = MailKind(
    key="opened",
    table="Profile",
    column="tells_me",
    whose=("owner",),
    what=_("that somebody opened your page, asked to see it, or helps you with it"),
    again="access:looked",
    again_words=_("Who has looked"),
)
PROMISED: Final = MailKind(
    key="promised",
    table="User",
    column="reminds_me",
    whose=("pk",),
    what=_("the day before something that you promised"),
    again="workers:promised",
    again_words=_("What I promised"),
)
KINDS: Final = {kind.key: kind for kind in (REMINDER, OPENED, PROMISED)}


class NoServer(Exception):
    """The mail server cannot be reached just now, or did not answer in time."""


class NotNow(Exception):
    """The mail server does not take this one yet, and asks us to try again later."""


class Refused(Exception):
    """The mail server does not take this one, now or later; or its address cannot be written."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One email: which of templates/emails/, to whom, and what it says.

    Nobody's typed words belong in the subject or the body: it may go to a stranger. Only a name may
    be said, as `who`, with the yes of whose it is, and if it is `sayable`. With `stop`, the address
    where such emails are stopped, a mail program can show a button for it (RFC 8058).
    """

    name: str
    to: str
    stop: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """What one address for stopping emails stops."""

    kind: MailKind
    row: int
    account: int


def stop_address(kind: MailKind, *, row: int, account: int) -> str:
    """Where these emails to this account are stopped. It works for as long as the site does."""
    token = _signer().sign_object([kind.key, row, account])
    return settings.SITE_ADDRESS + reverse("house:stop_mails", kwargs={"token": token})


def read_stop(token: str) -> Stop | None:
    """What this address stops; None if we did not make it."""
    try:
        key, row, account = _signer().unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Stop(KINDS[key], row, account) if key in KINDS else None


@transaction.atomic
def no_more(what: Stop) -> None:
    """No more of these emails to this account. Pressed twice, it is the same."""
    mine = Q(*((column, what.account) for column in what.kind.whose), _connector=Q.OR)
    if _table(what.kind).filter(mine, pk=what.row).update(**{what.kind.column: False}):
        note_no_more(what.kind, what.row)


def note_no_more(kind: MailKind, row: int) -> None:
    """Let the endings journal know: a restore is to start none of these emails again."""
    note(Kind.MAILS, f"{kind.key}:{row}")


def no_more_again(ref: str) -> None:
    """The same after a restore."""
    key, _, row = ref.partition(":")
    _table(KINDS[key]).filter(pk=row).update(**{KINDS[key].column: False})


def _table(kind: MailKind) -> Any:
    return apps.get_model("profiles", kind.table)._default_manager


def _signer() -> Signer:
    return Signer(salt="profiles.mails.stop")  # in emails that were sent: it never changes


def site_for_emails() -> dict[str, str]:
    """What every email says of us: the address, and how somebody would type it."""
    return {"site": settings.SITE_ADDRESS, "typed": settings.SITE_ADDRESS.partition("://")[2]}


def sayable(name: str) -> str:
    """A name as an email may say it; "" if it is none that we would send to a stranger.

    Somebody could call themself by an address or a number, and let us send it.
    """
    said = " ".join(name.split())
    letters = all(unicodedata.category(each)[0] in "LM" or each in BETWEEN for each in said)
    return said if letters and len(said) <= LONGEST_NAME and not A_DOT_WITHIN.search(said) else ""


def send(name: str, to: str, **said: Any) -> bool:
    """Send an email while somebody waits for it. False, and no more, if it could not be sent.

    It is not even tried while as many wait for the mail server as may.
    """
    try:
        with PLACES.to_email():
            deliver(Letter(name=name, to=to, said=said))
    except (InDoubt, NoPlace, NoServer, NotNow, Refused):
        return False
    return True


def deliver(letter: Letter) -> None:
    """Give a letter to the mail server: for at most EMAIL_TIMEOUT seconds, with all it takes.

    Raises NoServer, NotNow or Refused, and then it did not go out; or InDoubt, if it may have.
    """
    context = {**site_for_emails(), "stop": letter.stop, **letter.said}
    subject = render_to_string(f"emails/{letter.name}/subject.txt", context)
    body = render_to_string(f"emails/{letter.name}/body.txt", context)
    headers = {
        "List-Unsubscribe": f"<{letter.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message = EmailMessage(
        " ".join(subject.split()), body, to=[letter.to], headers=headers if letter.stop else None
    )
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:  # the fault of this one email
        log.error("An email was refused: %s", type(error).__name__)
        raise (NotNow if _may_be_taken_later(error) else Refused) from None
    except InDoubt:
        log.error("An email may have arrived, or not: InDoubt")
        raise
    # smtplib's own errors are of this kind too, and name the address. So is a certificate that is
    # over, which is a ValueError besides.
    except OSError as error:
        log.error("An email could not be sent: %s", type(error).__name__)
        raise NoServer from None
    except ValueError as error:
        log.error("An email was refused: %s", type(error).__name__)
        raise Refused from None


def _may_be_taken_later(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Codes below 500 say so: a full mailbox, or a server that lets strangers come twice."""
    if isinstance(error, SMTPDataError):
        return error.smtp_code < 500
    return all(code < 500 for code, _said in error.recipients.values())
