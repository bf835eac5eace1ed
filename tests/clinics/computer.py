"""A hospital's computer as we write one ourselves: it takes a page, and opens what it took.

It shares no code with the product: AES is from `cryptography`, and the rest from Python.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpResponse
from django.test import Client

from profiles.pages.models import Profile
from profiles.pdf.fit import Fit, MadePage
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Share
from tests.factories import clinic_share

WARD = "Ward 4, City Hospital"
PDF = b"%PDF-1.7 as if"


def from_base64url(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def to_base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unlocked(jose: str, content_key: str) -> Any:
    """What is in a JWE, read as RFC 7516 says."""
    head, encrypted_key, iv, words, tag = jose.split(".")
    assert json.loads(from_base64url(head))["alg"] == "dir" and encrypted_key == ""
    key = AESGCM(from_base64url(content_key))
    sealed = from_base64url(words) + from_base64url(tag)
    return json.loads(key.decrypt(from_base64url(iv), sealed, head.encode()))


def pdf_in(bundle: dict[str, Any]) -> bytes:
    """The PDF that a bundle carries."""
    (paper,) = (
        entry["resource"] for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "DocumentReference"
    )  # fmt: skip
    return base64.b64decode(paper["content"][0]["attachment"]["data"])


@dataclass
class Computer:
    """One that was given a link."""

    share: Share
    link: ClinicLink
    browser: Client = field(default_factory=Client)

    @property
    def address(self) -> str:
        return f"/shl/{self.share.key}"

    def get(self, **said: str) -> HttpResponse:
        """Take it at once."""
        return self.browser.get(self.address, said)

    def post(self, said: Any = None, **more: Any) -> HttpResponse:
        """Ask for a manifest, with the right passcode if nothing else is said."""
        if said is None:
            said = {"recipient": WARD, "passcode": self.share.passcode} | more
        body = said if isinstance(said, bytes) else json.dumps(said)
        return self.browser.post(self.address, body, content_type="application/json")

    def places(self, **more: Any) -> list[str]:
        """Where the files of a manifest are, without the name of our site."""
        files = self.post(**more).json()["files"]
        return ["/shl/" + each["location"].partition("/shl/")[2] for each in files]

    def opens(self, answer: HttpResponse) -> Any:
        """What an answer holds."""
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"] == "application/jose"
        return unlocked(answer.content.decode(), self.link.content_key)


def computer(page: Profile, **said: Any) -> Computer:
    """A share with a computer, open, and the computer."""
    share = clinic_share(page, **said)
    return Computer(share, share.clinic_link)


def made(pdf: bytes = PDF) -> MadePage:
    """Paper that took no time to make."""
    fit = Fit(lines_left=1, lines_over=0, filled=1, print_pt=11)
    return MadePage(pdf=pdf, pages=1, print_pt=11, fit=fit, layouts=1)


def told(share: Share) -> list[tuple[str, str]]:
    """What the person sees in their list, and of whom."""
    looks = share.looks.order_by("pk").with_profile(share.profile)
    return [(look.happened, look.reader_said) for look in looks]
