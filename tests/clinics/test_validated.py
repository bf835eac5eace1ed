"""What we make of FHIR, looked at by a validator that we did not write."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from tests.clinics.receivers import found_wrong
from tests.fhir import bundles, consents

Resource = dict[str, Any]


def _no_policy(consent: Resource) -> None:
    del consent["policy"], consent["policyRule"]


def _other_date(bundle: Resource) -> None:
    _of(bundle, "Patient")["birthDate"] = "4 March"


def _member(bundle: Resource) -> None:
    _of(bundle, "DocumentReference")["cup"] = "blue"


def _no_status(bundle: Resource) -> None:
    del _of(bundle, "Composition")["status"]


def _no_identifier(bundle: Resource) -> None:
    del bundle["identifier"]


def _leads_nowhere(bundle: Resource) -> None:
    _of(bundle, "DocumentReference")["subject"]["reference"] += "0"


def _of_somebody_else(bundle: Resource) -> None:
    paper = _of(bundle, "DocumentReference")
    paper["subject"] = paper["author"][1]  # who keeps the page: no record is about them


BUNDLE, CONSENT = "document, jo, kept", "given"
BROKEN: Final[dict[str, tuple[str, Callable[[Resource], None]]]] = {
    "error: Invalid date format ": (BUNDLE, _other_date),
    'error: Invalid additional property "cup" ': (BUNDLE, _member),
    "error: Missing required property ": (BUNDLE, _no_status),
    "error: Constraint bdl-9 not met: ": (BUNDLE, _no_identifier),
    'warning: Invalid reference: got "urn:uuid:': (BUNDLE, _leads_nowhere),
    'warning: Invalid reference: got "RelatedPerson': (BUNDLE, _of_somebody_else),
    "error: Constraint ppc-1 not met: ": (CONSENT, _no_policy),
}


def _of(bundle: Resource, kind: str) -> Resource:
    return next(
        each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind
    )


def test_every_bundle_and_consent_is_sound_and_a_broken_one_is_found() -> None:
    sound = bundles() | consents()
    broken = []
    for name, breaks in BROKEN.values():
        broken.append(deepcopy(sound[name]))
        breaks(broken[-1])
    found = found_wrong([*sound.values(), *broken])
    assert dict(zip(sound, found[: len(sound)], strict=True)) == {name: [] for name in sound}
    for wanted, told in zip(BROKEN, found[len(sound) :], strict=True):
        assert any(each.startswith(wanted) for each in told), (wanted, told)
