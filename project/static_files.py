"""The static files as they are sent: each named by its hash, compressed, the stylesheets as one."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "css/site.css"
IMPORT = re.compile(r'^@import "(?P<name>[^"]+)";$', re.MULTILINE)


class FilesAsSent(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with every stylesheet that css/site.css imports put in its place.

    Fetched one by one, they made the first page of a first visit wait twice as long on a slow line.

    What a script imports is named by its hash too: so a browser keeps it for good, has it on a line
    that fails, and never mixes scripts of two versions.
    """

    # In our own alone: of the types in a library's comments Django makes imports that lead nowhere.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Name, join and compress what collectstatic found."""
        joined = InMemoryStorage()
        joined.save(SITE, ContentFile(joined_styles(partial(_read, paths)).encode()))
        yield from super().post_process(paths | {SITE: (joined, SITE)}, *args, **options)


def joined_styles(read: Callable[[str], str]) -> str:
    """The site's stylesheet, with what it imports in its place; `read` gives a file by its name.

    Addresses in what it imports go by its own folder: css/.
    """
    folder = PurePosixPath(SITE).parent
    return IMPORT.sub(lambda found: read(str(folder / found["name"])), read(SITE))


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
