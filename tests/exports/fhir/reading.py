"""Reading the FHIR files that we make."""

from datetime import UTC, datetime
from typing import Any

MADE_AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def by_kind(bundle: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The resources of a Bundle, by what they are."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in bundle["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def one(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    """The only resource of this kind."""
    [found] = by_kind(bundle)[kind]
    return found
