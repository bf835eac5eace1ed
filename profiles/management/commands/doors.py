"""Print who may open what."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from profiles.permissions import PERMISSIONS, Who


class Command(BaseCommand):
    """Lists every address, its methods, and everybody who may open it."""

    help = "List every address with its methods and who may open it."
    requires_system_checks: list[str] = []  # Django's own way; some need a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [_row(name, path) for name, path in _addresses(get_resolver().url_patterns)]
        if options["json"]:
            whole = {"people": [str(who) for who in Who], "doors": rows}
            self.stdout.write(json.dumps(whole, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['path']}  ({row['name']})")
            for method, who in row["methods"].items():
                self.stdout.write(f"    {method}: {', '.join(who) or 'nobody'}")
            if row["note"]:
                self.stdout.write(f"    {row['note']}")


def _row(name: str, path: str) -> dict[str, Any]:
    allow = PERMISSIONS[name]
    return {
        "name": name,
        "path": path,
        "methods": {
            method: [str(who) for who in Who if who in those]
            for method, those in allow.methods.items()
        },
        "note": allow.note,
    }


def _addresses(
    found: list[URLPattern | URLResolver], space: str = "", above: str = "/"
) -> Iterator[tuple[str, str]]:
    """The name and the path of every address."""
    for one in found:
        path = above + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from _addresses(one.url_patterns, inner, path)
        else:
            yield f"{space}{one.name}", path
