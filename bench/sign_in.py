"""Does the time of signing in tell who has an account? It must not, so two spreads are compared.

Each try is an address of its own and a browser of its own, and whoever is known takes turns with
whoever is not.
"""

import re
from contextlib import suppress

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import spreads
from bench.databases import database_of_its_own
from bench.rows import Row
from profiles.accounts.actions import make_account
from profiles.accounts.models import User


def rows(tries: int) -> list[Row]:
    """How far apart known and new addresses are when a code is asked for, and when it is typed."""
    with database_of_its_own():
        known, new = _spreads(tries)
    steps = ("a code is asked for", "the first code is typed")
    return [
        spreads.row(f"{name}: known and new", known[step], new[step])
        for step, name in enumerate(steps)
    ]


def _spreads(tries: int) -> tuple[list[list[float]], list[list[float]]]:
    """Milliseconds of both steps, of addresses that are known and of new ones."""
    found: tuple[list[list[float]], list[list[float]]] = ([[], []], [[], []])
    for number in range(spreads.WARM_UPS + tries):
        for is_new in (0, 1) if number % 2 else (1, 0):
            email = f"{number}.{'new' if is_new else 'old'}@example.org"
            if not is_new:
                User.objects.filter(pk=make_account(email=email).pk).update(
                    last_login=timezone.now()
                )
            taken = _sign_in(email, f"10.{is_new}.{number // 250}.{number % 250}")
            if number >= spreads.WARM_UPS:
                for step, milliseconds in enumerate(taken):
                    found[is_new][step].append(milliseconds)
    return found


def _sign_in(email: str, ip: str) -> tuple[float, float]:
    """How long both steps took."""
    with suppress(AttributeError):  # there is none before the first email
        mail.outbox.clear()
    browser = Client(REMOTE_ADDR=ip)
    asked = spreads.timed(browser, reverse("account_request_login_code"), {"email": email})
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    code = {"code": found[0] if found else ""}
    typed = spreads.timed(browser, reverse("account_confirm_login_code"), code)
    if "_auth_user_id" not in browser.session:
        raise RuntimeError("The code did not sign in.")
    return asked, typed
