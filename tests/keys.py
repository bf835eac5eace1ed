"""Changing the key that locks everybody's keys, as an operator does."""

from typing import Any

from profiles.accounts import field_keys


def change_the_key(settings: Any) -> None:
    """All four steps, with the processes started again in between."""
    settings.FIELD_KEYS = field_keys.add()
    settings.FIELD_KEYS = field_keys.promote()
    for lot in field_keys.rewrap():
        assert not lot.unopened
    field_keys.reseal_journal()
    settings.FIELD_KEYS = field_keys.retire()
