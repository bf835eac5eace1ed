"""What is left for the night leaves no value of anything out by day."""

from itertools import product

from tests.drawn import few_of


def test_a_few_hold_each_value_of_each_column() -> None:
    rows = [*product("abcde", range(7), ("light", "dark"))]
    few = few_of(rows)
    assert len(few) == 7
    for column, values in enumerate(("abcde", range(7), ("light", "dark"))):
        assert {row[column] for row in few} == {*values}
    assert {*few} <= {*rows}


def test_where_all_are_needed_all_are_kept_and_the_same_each_time() -> None:
    rows = [("a", 1), ("b", 2), ("c", 3)]
    assert few_of(rows) == few_of([*rows]) == rows
    assert few_of([]) == []
