"""Our own static files, read where a page takes them along: fonts, pictures, stylesheets."""

from pathlib import Path

from django.contrib.staticfiles import finders


def path_of(name: str) -> Path:
    """Where a static file or folder is, as the finders find it; FileNotFoundError if it is not."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


def read(name: str) -> bytes:
    """What stands in a static file."""
    return path_of(name).read_bytes()
