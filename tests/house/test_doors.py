"""Who may open what. profiles/doors.py is our permission documentation, and it must be whole."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from profiles.doors import DOORS, Who
from tests.house.doors import PATTERNS, Hall, got_in, hall

OTHER_METHODS = ["PUT", "PATCH", "DELETE"]
# allauth's own views send whoever is in already to their page, whatever the method.
NOT_OURS = {name for name in DOORS if ":" not in name}


@pytest.fixture
def everybody(db: None) -> Hall:
    return hall()


def test_every_address_has_a_row():
    assert set(PATTERNS) == set(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_the_doors(name, everybody):
    wrong = []
    for method in ("GET", "POST"):
        may = DOORS[name].methods.get(method) or set()
        for who in Who:
            answer = everybody.ask(who, name, method)
            if got_in(name, method, answer) != (who in may):
                wrong.append(f"{who}, {method}: {answer.status_code} {answer.get('Location', '')}")
    assert not wrong


@pytest.mark.parametrize("name", sorted(DOORS.keys() - NOT_OURS))
def test_no_other_method_gets_anybody_in(name, everybody):
    others = [*OTHER_METHODS, *({"GET", "POST"} - DOORS[name].methods.keys())]
    answers = {method: everybody.ask(Who.OWNER, name, method).status_code for method in others}
    assert set(answers.values()) <= {405, 404, 410}, answers


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.get])
def test_asking_for_the_head_alone_is_answered_as_the_whole_would_be(name, everybody):
    who = min(DOORS[name].get)
    assert everybody.ask(who, name, "HEAD").status_code == 200


def test_the_command_prints_every_address_its_methods_and_who():
    said = StringIO()
    call_command("doors", json=True, stdout=said)
    rows = {row["name"]: row for row in json.loads(said.getvalue())["doors"]}
    assert rows.keys() == DOORS.keys()
    assert rows["sheet:read"]["path"] == "/s/<str:key>/page/"
    assert rows["sheet:read"]["methods"] == {"GET": ["named worker", "link holder"]}


def test_the_command_prints_a_table_for_people_too():
    said = StringIO()
    call_command("doors", stdout=said)
    assert "/s/<str:key>/page/" in said.getvalue()
    assert "GET: named worker, link holder" in said.getvalue()
