"""Each of these tests has a journal of its own, beside which others may be set aside."""

import pytest


@pytest.fixture(autouse=True)
def a_journal_of_its_own(settings, tmp_path_factory) -> None:
    settings.ENDINGS_JOURNAL = str(tmp_path_factory.mktemp("journal") / "endings")
