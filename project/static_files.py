"""The static files as they are sent: each named by its hash, compressed, the stylesheets as one."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "css/site.css"
IMPORT = re.compile(r'^@import "(?P<name>[^"]+)";$', re.MULTILINE)


class OneStylesheet(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with every stylesheet that css/site.css imports put in its place.

    Fetched one by one, they made the first page of a first visit wait twice as long on a slow line.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Name, join and compress what collectstatic found."""
        joined = InMemoryStorage()
        joined.save(SITE, ContentFile(_joined(paths).encode()))
        yield from super().post_process(paths | {SITE: (joined, SITE)}, *args, **options)


def _joined(paths: dict[str, Any]) -> str:
    """The site's stylesheet. Addresses in what it imports go by its own folder: css/."""
    folder = PurePosixPath(SITE).parent
    return IMPORT.sub(lambda found: _read(paths, str(folder / found["name"])), _read(paths, SITE))


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
