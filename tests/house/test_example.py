"""Jo, who does not exist, is the same Jo everywhere."""

import json
from pathlib import Path

from profiles.exports.portable import as_portable
from profiles.house.example_page import example_sheet

JO = Path(__file__).parents[2] / "docs" / "jo.json"


def test_the_file_in_the_readme_is_the_page_at_example() -> None:
    assert json.loads(JO.read_text()) == as_portable(example_sheet())
