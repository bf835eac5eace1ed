"""A site, which takes a while to begin: it is started once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.many.site import Site, running


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # PostgreSQL and PgBouncer, who are not root, have theirs in it
        with running(Path(folder)) as site:
            yield site
