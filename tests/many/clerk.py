"""A process that knows the site from within: it makes people, and tells what the database holds.

It is started in a machine's folder, with that machine's settings, and takes one order a line.
"""

import json
import sys
from io import StringIO
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # it needs what stands above
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from profiles.access.models import Happened, Look  # noqa: E402
from profiles.answers.models import Answer  # noqa: E402
from profiles.core.crypto import read_field_keys  # noqa: E402
from profiles.house import readiness  # noqa: E402
from profiles.sharing.models import Share  # noqa: E402
from project import env  # noqa: E402
from tests.factories import make_page, make_share, make_user, signed_in  # noqa: E402

READ = (Happened.LOOKED, Happened.TOOK_TEXT, Happened.TOOK_DATA)


def person(email: str) -> dict[str, Any]:
    """Somebody with a page, who is signed in, and two shares: with a passcode, and without."""
    user = make_user(email)
    page = make_page(user, call_me="Ana", important="Tea first.")
    browser = signed_in(user)
    locked, unlocked = make_share(page, with_passcode=True), make_share(page)
    return {
        "page": page.pk,
        "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
        "locked": locked.key,
        "locked_share": locked.pk,
        "passcode": locked.passcode,
        "open": unlocked.key,
        "open_share": unlocked.pk,
    }


def said(page: int) -> list[str]:
    """Everything ever saved of this page, oldest first; it raises if a word cannot be opened."""
    answers = Answer.objects.filter(profile=page).select_related("profile__data_key")
    return [answer.text for answer in answers.order_by("pk")]


def looks(share: int) -> int:
    """How often a page was shown through this share, by its log."""
    return Look.objects.filter(share=share, happened__in=READ).count()


def tries(number: int) -> dict[str, int]:
    """How many wrong passcodes were compared."""
    share = Share.objects.get(pk=number)
    wrong = share.looks.filter(happened=Happened.WRONG_PASSCODE).count()
    return {"counted": share.wrong_tries, "told": wrong, "kept": share.wrong_guesses.count()}


def faults() -> list[str]:
    """What keeps the site from its work, apart from paper."""
    return [fault for fault in readiness.faults() if "PDF" not in fault]


def unsound() -> list[str]:
    """What the database itself finds wrong; of PostgreSQL only what can be asked of it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            said = [words for (words,) in cursor.fetchall() if words != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            return said + [str(row) for row in cursor.fetchall()]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return []


def rotate(step: str) -> str:
    """Take a step of a change of keys, as an operator does; what FIELD_KEYS are from now on."""
    call_command("rotate_keys", step, write=step != "rewrap", stdout=StringIO())
    keys = env.in_file(settings.BASE_DIR / ".env")["FIELD_KEYS"]
    settings.FIELD_KEYS = read_field_keys(keys)
    return keys


WORK = {order.__name__: order for order in (person, said, looks, tries, faults, unsound, rotate)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, given = json.loads(line)
        try:
            print(json.dumps(WORK[name](*given)), flush=True)
        finally:
            connection.close()
