"""Whatever somebody types is given back where it cannot be kept, whichever page it was typed on."""

import re
from itertools import product

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.html import escape

from profiles.core.given_back import typed_in
from profiles.permissions import PERMISSIONS, Who
from tests.structure.everybody import TYPED

pytestmark = pytest.mark.once  # what is sent comes back from the request alone
AT_A_DOOR = {  # what is typed there is who they are, and they know that again
    "reading:doorstep",
    "account_request_login_code",  # who is in already is led on
}


def words_for(name: str) -> list[str]:
    sent = QueryDict(mutable=True)
    for field, value in TYPED[name].items():
        sent[field] = str(value)
    return [typed.text for typed in typed_in(RequestFactory().get("/"), sent)]


def test_whoever_may_not_send_it_or_not_any_more_gets_every_word_back(everybody):
    names = [name for name in TYPED if words_for(name) and name not in AT_A_DOOR]
    lost = []
    for name, who in product(names, (Who.NOBODY, Who.OTHER)):
        if who in (PERMISSIONS[name].post or ()):
            continue
        answer = everybody.ask(who, name, "POST")
        shown = answer.content.decode()
        if not all(f">\n{escape(words)}</textarea>" in shown for words in words_for(name)):
            lost.append(f"{name}, {who}: {answer.status_code}")
    assert len(names) > 12 and not lost


def test_nobody_leaves_words_behind_unasked(everybody):
    unasked = set()
    for name, door in PERMISSIONS.items():
        if not door.get or (name not in TYPED and name != "door:read"):
            continue
        page = everybody.ask(min(door.get), name, "GET").content.decode()
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            tag = form.partition(">")[0]
            if "<textarea" in form and not re.search(r'data-module="[^"]*(unsent|autosave)', tag):
                unasked.add(name)
    assert unasked == set()
