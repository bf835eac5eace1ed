"""What `bin/test` leaves out is there, and no change lands without it."""

from pathlib import Path

from tests.conftest import LONG

HOUSE = Path(__file__).parents[2]


def test_what_is_long_is_there() -> None:
    assert not {name for name in LONG if not (HOUSE / "tests" / f"{name}.py").exists()}


def test_every_change_meets_it() -> None:
    runs = (HOUSE / ".ci" / "run").read_text().splitlines()
    assert {"bin/test --whole", "bin/test --postgresql", "bin/test --many"} <= {*runs}
    assert (HOUSE / "bin" / "test").read_text().count("not long") == 1, "by `bin/test` alone"
