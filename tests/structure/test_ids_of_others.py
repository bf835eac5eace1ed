"""Whoever has a page puts what names things of somebody else's into addresses and hidden fields.

Nothing of hers changes, and none of her words come back.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models.deletion import Collector
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from profiles.accounts.models import Session
from profiles.pages.models import Profile
from profiles.permissions import PERMISSIONS, Who
from profiles.photos.models import AnswerPhoto
from profiles.writing.forms import OWN
from tests.factories import put_beside, say
from tests.structure.everybody import HELPING, PATTERNS, TYPED, Hall

pytestmark = pytest.mark.once
WORD = "CNRY"
# What is open to whoever has it: her link, her code, what stands in an email to her.
OPENS = {"key", "code", "token", "ticket"}
NAMES_HERS = {"ref", "decision", "kept", "pk"}
NAMES = [name for name, pieces in PATTERNS.items() if not OPENS & {*pieces}]
OF_HERS = [name for name in NAMES if NAMES_HERS & {*PATTERNS[name]}]
FORMS = [name for name in NAMES if PERMISSIONS[name].post is not None and name not in {*OF_HERS}]
Row = tuple[str, str, Any]


@pytest.fixture
def hers(everybody: Hall) -> Iterator[Profile]:
    """Ana's page, with a word on it that nobody else says; and she has a passkey."""
    with transaction.atomic():
        page = Profile.objects.get(key=everybody.given["pages"][Who.OWNER])
        say(page, "calm", WORD)
        put_beside(page, "calm", alt=WORD)
        data = {"name": WORD, "credential": {}}
        Authenticator.objects.create(user=page.owner, type=Authenticator.Type.WEBAUTHN, data=data)
        yield page
        transaction.set_rollback(True)


def as_it_stands(page: Profile) -> dict[Row, Any]:
    """Every row that would go with her page and her account, as the database has it."""
    collector = Collector(using="default", origin=page)
    for root in (page, page.owner):
        collector.collect([root], fail_on_restricted=False)
    rows = {
        (row._meta.db_table, row._meta.pk.column, row.pk)
        for row in chain(*collector.data.values(), *collector.fast_deletes)
    }
    return {row: _in_database(row) for row in rows}


def _in_database(row: Row) -> Any:
    table, column, pk = row
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" = %s', [pk])
        return cursor.fetchone()


class Writes:
    """Notes whether anything was written."""

    any = False

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        self.any = self.any or sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *given)


def names_of_hers(hall: Hall, page: Profile, name: str) -> dict[str, Any]:
    """What stands in this address, where it leads to something of hers."""
    given, writes = hall.given, Who.WRITES
    ref = given["helping"][writes] if name in HELPING else given["ref"]
    named = {
        **given,
        "ref": given["refs"].get(name, ref),
        "decision": given["decisions"][writes],
        "kept": given["typed"][writes],
        "pk": Authenticator.objects.get(user=page.owner).pk,
    }
    return {piece: named[piece] for piece in PATTERNS[name]}


def ask(hall: Hall, who: Who, method: str, address: str, said: dict[str, Any]) -> HttpResponse:
    browser = Client()
    browser.handler = hall.browsers[who].handler
    browser.cookies.update(hall.browsers[who].cookies)
    return getattr(browser, method)(address, said)


def asked(hall: Hall, page: Profile, who: Who) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each address of hers, and each form with something of hers in it."""
    for name in OF_HERS:
        address = reverse(name, kwargs=names_of_hers(hall, page, name))
        yield name, "get", address, {}
        if PERMISSIONS[name].post is not None:
            yield name, "post", address, TYPED.get(name, {})
    for name in [] if who is Who.SEES else FORMS:  # who helps has no page of their own here
        address = reverse(name, kwargs=hall.given_to(who, name, "POST"))
        yield name, "post", address, TYPED.get(name, {}) | {"about_page": page.key}
    for name, field, hers in named_in(page):
        address = reverse(name, kwargs=hall.given_to(who, name, "POST"))
        yield name, "post", address, TYPED.get(name, {}) | {field: hers}


def named_in(page: Profile) -> Iterator[tuple[str, str, Any]]:
    """Where something is named by what was chosen, and how something of hers would be."""
    photo = AnswerPhoto.objects.get(profile=page)
    session = Session.objects.of(page.owner).first()
    assert session
    yield "writing:write", "picture", f"{OWN}{photo.pk}"
    yield "writing:draft", "picture", f"{OWN}{photo.pk}"
    yield "pages:choose", "page", page.key
    yield "account_end_device", "device", session.pk


@pytest.mark.parametrize("who", [Who.KEEPER, Who.VISITOR, Who.SEES])
def test_nothing_of_hers_changes_and_no_word_comes_back(who, everybody, hers):
    before, wrong = as_it_stands(hers), []
    for name, method, address, said in asked(everybody, hers, who):
        written, at = Writes(), transaction.savepoint()
        with connection.execute_wrapper(written):
            answer = ask(everybody, who, method, address, said)
        told = WORD in b"".join(answer).decode("latin-1")
        if told or (written.any and as_it_stands(hers) != before):
            wrong.append((name, method, said, answer.status_code, told))
        transaction.savepoint_rollback(at)
    assert not wrong
