"""Does the time of signing in tell who has an account? It must not, so two spreads are compared.

Each try is an address of its own and a browser of its own, and whoever is known takes turns with
whoever is not. The distance is Kolmogorov and Smirnov's: how far apart the two spreads ever are.
"""

import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter

from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.rows import Row
from bench.visits import use
from profiles.accounts.actions import make_account
from profiles.accounts.models import User

WARM_UPS = 20
FURTHEST = 0.1  # the goal: below it, 2,000 tries of each tell a stranger nothing


def rows(tries: int) -> list[Row]:
    """How far apart known and new addresses are when a code is asked for, and when it is typed."""
    before = Path(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as folder:
        try:
            use(Path(folder) / "sign_in.sqlite3")
            call_command("migrate", verbosity=0)
            known, new = _spreads(tries)
        finally:
            connection.close()
            use(before)
    return [
        _row(name, known[step], new[step])
        for step, name in enumerate(("a code is asked for", "the first code is typed"))
    ]


def distance(ours: Sequence[float], others: Sequence[float]) -> float:
    """The largest difference between the shares of each that lie below any one value."""
    every = sorted([(value, 1 / len(ours)) for value in ours]
                   + [(value, -1 / len(others)) for value in others])  # fmt: skip
    furthest = apart = 0.0
    for at, (value, share) in enumerate(every):
        apart += share
        if at + 1 == len(every) or every[at + 1][0] != value:
            furthest = max(furthest, abs(apart))
    return furthest


def _row(name: str, known: list[float], new: list[float]) -> Row:
    return Row(
        name=f"{name}: known and new apart",
        value=round(distance(known, new), 4),
        ours_ms=round(median(known), 2),
        other_ms=round(median(new), 2),
        goal=FURTHEST,
        stretch=FURTHEST / 2,
    )


def _spreads(tries: int) -> tuple[list[list[float]], list[list[float]]]:
    """Milliseconds of both steps, of addresses that are known and of new ones."""
    spreads: tuple[list[list[float]], list[list[float]]] = ([[], []], [[], []])
    for number in range(WARM_UPS + tries):
        for is_new in (0, 1) if number % 2 else (1, 0):
            email = f"{number}.{'new' if is_new else 'old'}@example.org"
            if not is_new:
                User.objects.filter(pk=make_account(email=email).pk).update(
                    last_login=timezone.now()
                )
            taken = _sign_in(email, f"10.{is_new}.{number // 250}.{number % 250}")
            if number >= WARM_UPS:
                for step, milliseconds in enumerate(taken):
                    spreads[is_new][step].append(milliseconds)
    return spreads


def _sign_in(email: str, ip: str) -> tuple[float, float]:
    """How long both steps took."""
    with suppress(AttributeError):  # there is none before the first email
        mail.outbox.clear()
    browser = Client(REMOTE_ADDR=ip)
    asked = _timed(browser, "account_request_login_code", {"email": email})
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    typed = _timed(browser, "account_confirm_login_code", {"code": found[0] if found else ""})
    if "_auth_user_id" not in browser.session:
        raise RuntimeError("The code did not sign in.")
    return asked, typed


def _timed(browser: Client, name: str, data: dict[str, str]) -> float:
    started = perf_counter()
    browser.post(reverse(name), data)
    return (perf_counter() - started) * 1000
