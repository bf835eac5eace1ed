"""Searching a list of people by name. Pure."""

import pytest

from profiles.pages.lists import is_called


@pytest.mark.parametrize(
    "name, typed",
    [
        ("Ana", "ana"),
        ("Ana", "AN"),
        ("Siân Llŷr", "sian llyr"),
        ("Sian", "siân"),
        ("Zoë", "Zoe\u0308"),  # two letters on some keyboards, one on others
        ("Ŵyn ap Gwilym", "wyn"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Oyelaran-Hughes", "hughes"),
        ("O’Neill", "oneill"),
        ("O'Neill", "O’Neill"),
        ("Joanne Smith", "smith jo"),
        ("فاطمة الزهراء", "فاطمه"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("علی", "علي"),
        ("王小明", "小明"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str, typed: str) -> None:
    assert is_called(name, typed)


@pytest.mark.parametrize("name, typed", [("Ana", "bo"), ("", "ana"), ("Ana Lee", "ana bo")])
def test_another_name_is_not(name: str, typed: str) -> None:
    assert not is_called(name, typed)
