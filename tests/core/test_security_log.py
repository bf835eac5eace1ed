"""Who came in and who was refused stands in the log, with nothing in it that is somebody's."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from profiles.core import security_log
from profiles.sharing.models import MOST_TRIES
from tests.accounts.test_sign_in import ASK, CONFIRM, sign_in
from tests.factories import make_page, make_share
from tests.keys import change_the_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(caplog):
    caplog.set_level(logging.INFO, logger=security_log.LOG)

    def lines() -> list[str]:
        return [line.message for line in caplog.records if line.name == security_log.LOG]

    return lines


def told(line: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in line.split(" "))


def test_signing_in_and_being_refused(events, client):
    cache.clear()
    client.post(ASK, {"email": "ana@example.org"})
    client.post(CONFIRM, {"code": "0000-0000"})
    assert sign_in(client).status_code == 302
    refused, came_in = map(told, events())
    assert refused == {"event": "sign-in-refused", "network": "127.0.0.0/24"}
    assert came_in["event"] == "signed-in" and came_in["account"].isdecimal()
    assert "ana" not in " ".join(events())


def test_asking_for_too_many_codes(events):
    cache.clear()
    for _ in range(4):
        Client().post(ASK, {"email": "ana@example.org"})
    assert told(events()[-1])["event"] == "sign-in-locked"


def test_a_link_that_opens_nothing_tells_alike_whatever_it_was(events, client, anas_page):
    ended = make_share(anas_page)
    ended.profile.shares.update(stopped_at=ended.given_at)
    for key in (ended.key, "A" * 22):
        assert client.get(reverse("reading:doorstep", args=[key])).status_code == 410
    first, second = events()
    assert first == second == "event=door-refused network=127.0.0.0/24"


def test_who_looks_behind_doors_of_others_leaves_a_line(events, client, ana, dee, anas_page):
    share = make_share(anas_page)
    make_page(dee)
    client.force_login(dee)
    addresses = [reverse("sharing:share", args=[share.ref]), "/no/such/CNRY/"]
    assert {client.get(address).status_code for address in addresses} == {404}
    [line] = map(told, events())
    assert line == {
        "event": "not-found", "account": str(dee.pk), "page": "sharing:share",
        "network": "127.0.0.0/24",
    }  # fmt: skip
    client.logout()
    assert client.get("/no/such/CNRY/").status_code == 404 and len(events()) == 1


def test_wrong_passcodes_up_to_the_lock(events, client, anas_page):
    cache.clear()
    share = make_share(anas_page, with_passcode=True)
    wrong = [f"{number:06}" for number in range(MOST_TRIES + 1) if f"{number:06}" != share.passcode]
    for passcode in wrong[:MOST_TRIES]:
        said = {"name": "CNRY", "role": "nurse", "place": "", "passcode": passcode}
        client.post(reverse("reading:doorstep", args=[share.key]), said)
    assert [told(line)["event"] for line in events()] == [
        *["passcode-wrong"] * (MOST_TRIES - 1),
        "passcode-locked",
    ]
    assert told(events()[0])["share"] == str(share.pk)
    assert not any(secret in " ".join(events()) for secret in ("CNRY", share.key, wrong[0]))


def test_a_change_of_keys(events, settings):
    make_page()
    [old] = settings.FIELD_KEYS
    change_the_key(settings)
    [new] = settings.FIELD_KEYS
    assert events() == [f"event=key-in-use key={new}", f"event=key-gone key={old}"]


@pytest.mark.parametrize(
    "address, network",
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "unknown")],
)
def test_a_network_is_told_and_no_machine_in_it(address, network):
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    assert security_log.network_of(request) == network
