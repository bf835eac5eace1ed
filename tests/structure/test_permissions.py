"""Who may open what: the dictionary in profiles/permissions.py is true, and whole."""

import json
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command

from profiles.permissions import PERMISSIONS, Who
from tests.structure.everybody import PATTERNS, got_in

pytestmark = pytest.mark.once  # whom a view lets in is no matter of the database
OTHER_METHODS = ["PUT", "PATCH", "DELETE"]
# allauth's own views send whoever is in already to their page, whatever the method.
NOT_OURS = {name for name in PERMISSIONS if ":" not in name}
SOME = 12  # addresses for which everybody is gathered once: that takes longer than asking


def some_at_a_time(names):
    """The addresses in lots, each lot named by its first."""
    named = list(names)
    lots = [named[at : at + SOME] for at in range(0, len(named), SOME)]
    return pytest.mark.parametrize("names", lots, ids=lambda lot: lot[0])


def test_every_address_has_a_row():
    assert set(PATTERNS) == set(PERMISSIONS)


@some_at_a_time(PERMISSIONS)
def test_the_doors(names, everybody):
    wrong = []
    for name, method, who in product(names, ("GET", "POST"), Who):
        may = PERMISSIONS[name].methods.get(method) or set()
        answer = everybody.ask(who, name, method)
        if got_in(name, method, answer) != (who in may):
            led = answer.get("Location", "")
            wrong.append(f"{name}, {who}, {method}: {answer.status_code} {led}")
    assert not wrong


@some_at_a_time(sorted(PERMISSIONS.keys() - NOT_OURS))
def test_no_other_method_gets_anybody_in(names, everybody):
    answers = {
        (name, method): everybody.ask(Who.OWNER, name, method).status_code
        for name in names
        for method in (*OTHER_METHODS, *({"GET", "POST"} - PERMISSIONS[name].methods.keys()))
    }
    assert {asked for asked, status in answers.items() if status not in {405, 404, 410}} == set()


@some_at_a_time(name for name, allow in PERMISSIONS.items() if allow.get)
def test_asking_for_the_head_alone_is_answered_as_the_whole_would_be(names, everybody):
    answers = {
        name: everybody.ask(min(PERMISSIONS[name].get), name, "HEAD").status_code for name in names
    }
    assert {name for name, status in answers.items() if status != 200} == set()


def test_the_command_prints_every_address_its_methods_and_who():
    said = StringIO()
    call_command("doors", json=True, stdout=said)
    rows = {row["name"]: row for row in json.loads(said.getvalue())["doors"]}
    assert rows.keys() == PERMISSIONS.keys()
    assert rows["door:read"]["path"] == "/s/<str:key>/page/"
    assert rows["door:read"]["methods"] == {"GET": ["named worker", "link holder"]}


def test_the_command_prints_a_table_for_people_too():
    said = StringIO()
    call_command("doors", stdout=said)
    assert "/s/<str:key>/page/" in said.getvalue()
    assert "GET: named worker, link holder" in said.getvalue()
