"""What docs/security.md says of us is true as far as a machine can tell."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import get_commands
from django.utils.module_loading import import_string

from profiles.language.markdown import hints_in
from tests.structure.test_docs import TOP_LEVEL, env_names

HOUSE: Final = Path(__file__).parents[2]
DOCUMENT: Final = HOUSE / "docs" / "security.md"
TEXT: Final = DOCUMENT.read_text()
# Which of ASVS 5.0.0 we look at: one that is left out here would not be missed.
ASKED: Final = """
    1.2.1 1.2.2 1.2.4 1.2.5 1.3.3 1.3.4 1.3.6 1.3.7 1.3.11 1.5.2 2.1.3 2.2.2 2.3.1 2.3.3 2.3.4
    2.4.1 3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 3.7.2 4.1.1
    4.1.3 5.2.1 5.2.2 5.2.6 5.3.2 5.4.1 5.4.3 6.1.1 6.3.1 6.3.3 6.3.8 6.5.1 6.5.2 6.5.4 6.5.5
    6.6.2 6.6.3 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.5.1 7.5.2 8.1.2 8.2.2 8.2.3 8.3.2 8.4.1
    11.1.2 11.2.2 11.3.2 11.3.3 11.5.1 13.2.4 13.4.2 14.2.1 14.2.7 14.2.8 14.3.1 14.3.2 15.2.1
    15.2.2 15.3.1 15.3.2 15.3.3 15.4.2 16.2.5 16.3.2 16.4.2 16.5.1 16.5.3
""".split()
VERDICTS: Final = ("met", "not applicable", "not met")
ROW: Final = re.compile(r"^\| V([\d.]+) \| ([^|]*) \| (.*) \|$", re.MULTILINE)
TEST: Final = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LIMIT: Final = re.compile(
    r"^\| [^|]+ \| `?([^|`]+)`? \| `(profiles[\w.]+)(?:\[\"(\w+)\"\])?` \|$", re.MULTILINE
)
BUILT_IN: Final = {"SPF", "DKIM", "DMARC"}


def test_each_requirement_is_answered_once_and_none_is_left_out() -> None:
    assert len(ASKED) == len({*ASKED}) == 83
    assert Counter(number for number, _, _ in ROW.findall(TEXT)) == Counter(ASKED)
    assert len(re.findall(r"^\| V", TEXT, re.MULTILINE)) == len(ASKED)


def test_each_verdict_is_one_of_three_and_the_heading_has_their_sums() -> None:
    said = Counter(verdict for _, verdict, _ in ROW.findall(TEXT))
    assert said.keys() <= {*VERDICTS}
    sums = ", ".join(f"{said[verdict]} {verdict}" for verdict in VERDICTS)
    assert f"\n## ASVS 5.0: of our {len(ASKED)}, {sums}\n" in TEXT


def test_what_is_met_names_its_test_and_what_is_not_says_why() -> None:
    for number, verdict, said in ROW.findall(TEXT):
        if verdict == "met":
            assert TEST.search(said) or "No test" in said, number
        else:
            assert len(said.split()) > 12, number


def test_each_threat_names_its_test() -> None:
    promised = TEXT.split("\n## What we promise")[1].split("\n## ")[0]
    rows = [line for line in promised.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    assert not [row for row in rows if not TEST.search(row)]


@cache
def functions_of(file: str) -> set[str]:
    tree = ast.parse((HOUSE / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_it_names_is_there() -> None:
    named = TEST.findall(TEXT)
    assert len(named) > 100
    for file, function in named:
        assert (HOUSE / file).is_file(), file
        assert not function or function in functions_of(file), f"{file}::{function}"
        assert any(name.startswith("test_") for name in functions_of(file)), file
    assert TEXT.count("`tests/") == len(named), "each is written as this test reads it"


def test_every_path_and_link_is_there() -> None:
    paths = re.findall(r"`((?:[\w.-]+/)+[\w.-]+)(?:::\w+)?`", TEXT)
    ours = [path for path in paths if path.split("/")[0] in TOP_LEVEL]
    assert not [path for path in ours if not (HOUSE / path).exists()]
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]
    assert links
    assert not [link for link in links if not (DOCUMENT.parent / link).exists()]


def test_every_setting_and_command_is_there() -> None:
    names = {*re.findall(r"`([A-Z][A-Z_]{3,})(?:=\w+)?`", TEXT)} - BUILT_IN
    assert names
    known = env_names()
    assert not [name for name in names if name not in known and not hasattr(settings, name)]
    commands = {*re.findall(r"manage\.py (\w+)", TEXT)}
    assert commands and commands <= get_commands().keys()


def test_every_number_is_that_of_the_code() -> None:
    rows = LIMIT.findall(TEXT)
    for said, where, key in rows:
        value: Any = import_string(where)
        value = value[key] if key else value
        assert said == (f"{value:,}" if isinstance(value, int) else value), where
    limits = TEXT.split("\n## How often")[1].split("\n## ")[0]
    assert limits.count("`profiles.") == len(rows) > 10


def test_it_is_found_from_where_people_look() -> None:
    for file in ("README.md", "DEVELOPERS.md", "docs/running/README.md"):
        assert re.search(r"\]\((docs/|\.\./)security\.md\)", (HOUSE / file).read_text()), file


def test_it_says_no_word_that_hurts() -> None:
    assert hints_in(TEXT) == []
