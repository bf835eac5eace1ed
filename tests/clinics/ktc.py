"""The guide "Patient-Shared Health Documents via SMART Health Links" (KTC), 0.10.2, as a receiver
keeps to it: at which stage a link is refused. And links to try a receiver with, made as the guide
makes its own: the key and the IV of each are drawn from its name.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.clinics.computer import from_base64url, to_base64url
from tests.fhir import bundles

Json = dict[str, Any]
SITE: Final = "https://sender.example"
LOINC: Final = "http://loinc.org"
STORY, RENDERED = "51855-5", "60591-5"  # the two kinds of PDF that a person shares
A_YEAR: Final = 365 * 86_400
LONG_AGO: Final = 1_706_745_600  # in 2024


class Refused(Exception):
    """A receiver takes no page by this link."""

    def __init__(self, stage: str, why: str) -> None:
        super().__init__(f"{stage}: {why}")
        self.stage = stage


@dataclass(frozen=True)
class Link:
    """A link to try, what is found where it leads, and where it is refused; "": it opens."""

    name: str
    shlink: str
    refused: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def viewer_link(self) -> str:
        return f"https://viewer.example/#{self.shlink}"


def resolve(link: str, fetch: Callable[[str], str | None], *, now: int) -> Json:
    """The Bundle that a link opens. `fetch` gives what is found at an address, or None."""
    said = payload_of(link)
    _check_payload(said, now)
    jose = fetch(f"{said['url']}?recipient=A+ward")
    if jose is None:
        raise Refused("retrieve", "nothing is there")
    bundle = opened(jose, said["key"])
    _check_bundle(bundle)
    return bundle


def payload_of(link: str) -> Json:
    """What a link says, bare or after the address of a viewer."""
    _, found, letters = link.partition("shlink:/")
    try:
        said = json.loads(from_base64url(letters).decode())
    except ValueError as error:
        raise Refused("decode", "no payload") from error
    if not found or not {"url", "key"} <= said.keys():
        raise Refused("decode", "no url or no key")
    return said


def _check_payload(said: Json, now: int) -> None:
    wrong = [
        said.get("flag") != "U" and "another flag than U",
        not isinstance(said.get("exp"), int) and "no exp",
        said.get("exp", now + 1) <= now and "it is over",
        len(from_base64url(said["key"])) != 32 and "the key has not 256 bits",
        len(said["url"]) > 128 and "the address is too long",
        len(said.get("label", "")) > 80 and "the label is too long",
    ]
    if any(wrong):
        raise Refused("payload", ", ".join(filter(None, wrong)))


def opened(jose: str, key: str) -> Json:
    """What a JWE holds, by a key in base64url; inflated, if it says that it is deflated."""
    head, encrypted_key, iv, words, tag = jose.split(".")
    said = json.loads(from_base64url(head))
    if (said["alg"], said["enc"], encrypted_key) != ("dir", "A256GCM", ""):
        raise Refused("decrypt", "another way to encrypt")
    sealed = from_base64url(words) + from_base64url(tag)
    try:
        plain = AESGCM(from_base64url(key)).decrypt(from_base64url(iv), sealed, head.encode())
    except InvalidTag as error:
        raise Refused("decrypt", "another key, or somebody changed it") from error
    return json.loads(zlib.decompress(plain, -zlib.MAX_WBITS) if "zip" in said else plain)


def _check_bundle(bundle: Json) -> None:
    held = [entry["resource"] for entry in bundle.get("entry", ())]
    names = [entry.get("fullUrl", "") for entry in bundle.get("entry", ())]
    people = [name for name, each in zip(names, held, strict=True) if _is(each, "Patient")]
    wrong = [
        bundle.get("resourceType") != "Bundle" and "no Bundle",
        bundle.get("type") != "collection" and "no collection",
        not bundle.get("timestamp") and "no timestamp",
        len(held) < 2 and "nothing beside the person",
        len(people) != 1 and "not one person",
        not all(name.startswith("urn:uuid:") for name in names) and "a name of another kind",
        '"profile"' in json.dumps(bundle) and "a profile",
        *(why for each in held if _is_shared(each) for why in _wrong_in(each, people)),
    ]
    if any(wrong):
        raise Refused("bundle", ", ".join(filter(None, wrong)))


def _wrong_in(paper: Json, people: list[str]) -> Iterator[str]:
    """What is wrong in a PDF that a person shares. Other documents may be there as they are."""
    [content, *more] = paper["content"]
    held = content["attachment"]
    if _code_of(paper) not in {STORY, RENDERED} or paper["status"] != "current":
        yield "another kind of document"
    if "patient-shared" not in _codes(paper.get("category")):
        yield "not shared by the person"
    if "PATAST" not in {each["code"] for each in paper["meta"]["security"]}:
        yield "not the person’s own words"
    if [paper["subject"], paper["author"][0]] != [{"reference": name} for name in people] * 2:
        yield "of somebody else"
    if more or held["contentType"] != "application/pdf" or "url" in held or not paper.get("date"):
        yield "no PDF inside"
    if not base64.b64decode(held.get("data", ""), validate=True).startswith(b"%PDF-"):
        yield "no PDF"


def _is(resource: Json, kind: str) -> bool:
    return resource["resourceType"] == kind


def _is_shared(resource: Json) -> bool:
    if not _is(resource, "DocumentReference"):
        return False
    known = _code_of(resource) in {STORY, RENDERED}
    return known or "patient-shared" in _codes(resource.get("category"))


def _code_of(paper: Json) -> str:
    return next((each["code"] for each in paper["type"]["coding"] if each["system"] == LOINC), "")


def _codes(concepts: list[Json] | None) -> set[str]:
    return {coding["code"] for each in concepts or () for coding in each["coding"]}


def links(now: int) -> list[Link]:
    """A link of each kind that the guide tries a receiver with."""
    minimal = bundles()["collection, jo"]
    person, paper = minimal["entry"]
    condition = _entry("c1", {"resourceType": "Condition", "code": {"text": "Hypertension"}})
    scan = _entry(
        "d1", {"resourceType": "DocumentReference", "type": {"coding": []}, "content": []}
    )
    rendered = deepcopy(paper) | {"fullUrl": "urn:uuid:d2"}
    rendered["resource"]["type"]["coding"][0]["code"] = RENDERED
    to_a_file = deepcopy(paper)
    to_a_file["resource"]["content"][0]["attachment"] |= {"url": f"{SITE}/page.pdf"}
    kind = {"resourceType": "Bundle", "type": "collection", "timestamp": minimal["timestamp"]}

    def holding(*entries: Json, **changes: Any) -> Json:
        return {**kind, "entry": [*entries], **changes}

    def link(name: str, refused: str = "", bundle: Json = minimal, **changes: Any) -> Link:
        return _link(name, refused, bundle, now, **changes)

    labels = (" " * spaces + "🧪🔗📦 numéro >" for spaces in range(12))
    labelled = [link("letters of base64url alone", label=label) for label in labels]
    truncated = Link("truncated", "shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUuY29t", "decode")
    return [
        link("baseline"),
        next(each for each in labelled if is_no_plain_base64(each.shlink.removeprefix("shlink:/"))),
        link("other letters in its label", label="Jo Bright — résumé de santé"),
        link("no label", label=None),
        link("no exp", "payload", exp=None),
        link("by passcode", "payload", flag="P"),
        link("no flag", "payload", flag=""),
        truncated,
        link("gone", "retrieve", jose=None),
        link("over", "payload", exp=LONG_AGO),
        link("deflated", zips=True),
        link("changed on its way", "decrypt", changed=True),
        link("a key with letters of base64url alone", drawn_as=_a_key_that_is_no_plain_base64()),
        link("no document", bundle=holding(person, condition)),
        link("both kinds of PDF", bundle=holding(person, paper, rendered)),
        link("another document beside it", bundle=holding(person, paper, scan)),
        link("a document Bundle", "bundle", holding(person, paper, type="document")),
        link("the person alone", "bundle", holding(person)),
        link("two people", "bundle", holding(person, person, paper)),
        link("no timestamp", "bundle", holding(person, paper, timestamp="")),
        link("a PDF somewhere else", "bundle", holding(person, to_a_file)),
        link("a profile", "bundle", holding(person, paper, meta={"profile": ["x"]})),
    ]


def _a_key_that_is_no_plain_base64() -> str:
    """What such a key is drawn from."""
    tries = (f"a key~{number}" for number in range(1_000))
    return next(each for each in tries if is_no_plain_base64(to_base64url(_drawn("key", each))))


def is_no_plain_base64(letters: str) -> bool:
    """Has it both letters that plain base64 does not know?"""
    return {"-", "_"} <= {*letters}


def _entry(name: str, resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{name}", "resource": resource}


def _link(
    name: str,
    refused: str,
    bundle: Json,
    now: int,
    *,
    zips: bool = False,
    changed: bool = False,
    drawn_as: str = "",
    jose: str | None = "",
    **said: Any,
) -> Link:
    key = _drawn("key", drawn_as or name)
    url = f"{SITE}/shl/{name.replace(' ', '-')}"
    whole = {"url": url, "flag": "U", "key": to_base64url(key), "exp": now + A_YEAR, "label": name}
    payload = {each: value for each, value in (whole | said).items() if value is not None}
    if jose is not None:
        jose = _encrypted(bundle, key, _drawn("iv", name)[:12], zips=zips, changed=changed)
    shlink = "shlink:/" + to_base64url(json.dumps(payload, ensure_ascii=False).encode())
    return Link(name, shlink, refused, {url: jose} if jose else {})


def _drawn(what: str, name: str) -> bytes:
    return hashlib.sha256(f"ktc-vector-{what}:{name}".encode()).digest()


def _encrypted(bundle: Json, key: bytes, iv: bytes, *, zips: bool, changed: bool) -> str:
    said = {"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json"}
    head = to_base64url(json.dumps(said | ({"zip": "DEF"} if zips else {})).encode())
    plain = json.dumps(bundle).encode()
    if zips:
        deflating = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        plain = deflating.compress(plain) + deflating.flush()
    sealed = AESGCM(key).encrypt(iv, plain, head.encode())
    if changed:
        sealed = bytes([sealed[0] ^ 1]) + sealed[1:]
    return ".".join((head, "", *map(to_base64url, (iv, sealed[:-16], sealed[-16:]))))
