"""The link and the encryption keep the rules of KTC 0.10.2, one by one.

What stands in the Bundle is held to them by `test_ktc_links.py`. Of the guide's vectors we know how
keys and IVs are derived, so we derive the same. The files are not ours, and not here.
"""

import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from profiles.clinics.encryption import encrypted
from profiles.sharing.clinic import Taking
from profiles.sharing.shlink import payload, shlink, viewer_link
from tests.clinics.computer import (
    WARD,
    Computer,
    computer,
    from_base64url,
    to_base64url,
    told,
    unlocked,
)

pytestmark = pytest.mark.django_db
VECTORS = ["d1", "d5", "e2", "b8"]


def said_in(link: str) -> dict[str, Any]:
    """The payload of a link, bare or after the # of a viewer."""
    found = re.search(r"shlink:/([A-Za-z0-9_-]+)$", link)
    assert found
    return dict(json.loads(from_base64url(found[1])))


@pytest.fixture
def bundle(now: Computer) -> dict[str, Any]:
    """What a receiver gets."""
    return dict(now.opens(now.get(recipient=WARD)))


# ---- the link


def test_the_flag_is_u_alone_and_the_end_is_told_in_whole_seconds(now: Computer) -> None:
    said = payload(now.share, now.link)
    assert {*said} == {"url", "exp", "flag", "key", "label"}
    assert said["flag"] == "U" and type(said["exp"]) is int
    assert 0 <= now.share.ends_at.timestamp() - said["exp"] < 1


@pytest.mark.parametrize("taking", Taking)
def test_letters_of_a_flag_are_in_the_order_of_the_alphabet(anas_page, taking) -> None:
    it = computer(anas_page, taking=taking)
    flag = payload(it.share, it.link)["flag"]
    assert [*flag] == sorted(flag) and {*flag} in ({"U"}, {"P"}, {"L", "P"})


def test_the_address_is_short_and_has_256_bits_in_it(now: Computer) -> None:
    address = payload(now.share, now.link)["url"]
    assert address == settings.SITE_ADDRESS + now.address
    assert len(address) <= 128 and len(from_base64url(address.rpartition("/")[2])) == 32


def test_the_key_is_256_bits_in_43_letters_and_of_this_link_alone(now, anas_page) -> None:
    key = payload(now.share, now.link)["key"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key) and len(from_base64url(key)) == 32
    assert key != now.share.key
    assert key != computer(anas_page).link.content_key


def test_the_label_is_short_and_names_nobody(now: Computer, anas_page) -> None:
    label = payload(now.share, now.link)["label"]
    assert len(label) <= 80 and "Ana" not in label
    other = computer(anas_page, given_names="Somebody", family_name="Else")
    assert payload(other.share, other.link)["label"] == label


def test_it_is_said_bare_and_as_an_address_with_the_same_in_both(now: Computer) -> None:
    bare, address = shlink(now.share, now.link), viewer_link(now.share, now.link)
    assert bare.startswith("shlink:/") and "=" not in bare and ": " not in bare
    assert address.startswith(settings.SITE_ADDRESS + "/shl/#shlink:/")
    assert said_in(bare) == said_in(address) == payload(now.share, now.link)


# ---- the answer


def test_it_is_one_jwe_that_says_how_and_is_not_compressed(now: Computer) -> None:
    answer = now.get(recipient=WARD)
    assert answer["Content-Type"] == "application/jose"
    head, between, iv, _, tag = answer.content.decode().split(".")
    assert json.loads(from_base64url(head)) == {
        "alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json",
    }  # fmt: skip
    assert between == "" and len(from_base64url(iv)) == 12 and len(from_base64url(tag)) == 16


def test_no_two_answers_have_one_iv(now: Computer) -> None:
    key = now.link.content_key
    ivs = {encrypted({}, content_key=key).split(".")[2] for _ in range(200)}
    assert len(ivs) == 200


@pytest.mark.parametrize("vector", VECTORS)
def test_what_the_vectors_derive_is_encrypted_to_the_same_letters(monkeypatch, vector) -> None:
    """Beside it stands the same by another library, put together as RFC 7516 says."""
    key = sha256(f"ktc-vector-key:{vector}".encode()).digest()
    iv = sha256(f"ktc-vector-iv:{vector}".encode()).digest()[:12]
    monkeypatch.setattr("joserfc._rfc7516.models.secrets.token_bytes", lambda size: iv[:size])
    said = {"resourceType": "Bundle", "type": "collection", "words": "Zoë “شاي”"}
    head = to_base64url(b'{"alg":"dir","enc":"A256GCM","cty":"application/fhir+json"}')
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = AESGCM(key).encrypt(iv, plain, head.encode())
    parts = [head, "", to_base64url(iv), to_base64url(sealed[:-16]), to_base64url(sealed[-16:])]
    assert encrypted(said, content_key=to_base64url(key)) == ".".join(parts)


def test_another_key_opens_nothing_and_neither_does_what_was_changed(now: Computer) -> None:
    jose = now.get().content.decode()
    with pytest.raises(InvalidTag):
        unlocked(jose, to_base64url(bytes(32)))
    head, between, iv, words, tag = jose.split(".")
    other = to_base64url(b'{"alg":"dir","enc":"A256GCM","cty":"text/plain"}')
    for changed in (
        [other, between, iv, words, tag],
        [head, between, iv, "A" + words[1:] if words[0] != "A" else "B" + words[1:], tag],
    ):
        with pytest.raises(InvalidTag):
            unlocked(".".join(changed), now.link.content_key)


def test_who_took_it_and_when_is_written_down(now: Computer, bundle) -> None:
    assert told(now.share) == [("shl", WARD)]
    made_at = datetime.fromisoformat(bundle["timestamp"])
    assert made_at.tzinfo and abs(now.share.looks.get().looked_at - made_at) < timedelta(minutes=1)
