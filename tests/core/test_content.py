"""Our words are read against schemas, and each of these can say in plain words what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from profiles.core import content

PROFILES = Path(__file__).parents[2] / "profiles"
SCHEMAS = sorted(
    path
    for words in PROFILES.glob("*/content")
    for path in words.with_name("schema").glob("*.json")
)
# What is said about each: the code with `name: is …`, a format's own fault, or its description.
SAID = {"additionalProperties", "required", "format", "uniqueItems"}
DESCRIBED = {
    "type", "enum", "minItems", "maxItems", "maxLength", "exclusiveMinimum", "pattern",
}  # fmt: skip
SAY_NOTHING = {"$schema", "$ref", "$defs", "title", "description", "properties", "items"}

every_schema = pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)


def parts_of(schema: Any) -> list[dict[str, Any]]:
    """A schema and every schema inside it."""
    inside = [
        *schema.get("properties", {}).values(),
        *schema.get("$defs", {}).values(),
        *(schema[name] for name in ("items", "additionalProperties") if schema.get(name)),
    ]
    return [schema, *(part for each in inside for part in parts_of(each))]


def test_every_room_with_words_has_schemas():
    assert {path.stem for path in SCHEMAS} == {
        "topic", "order", "changes", "readers", "hints", "danger", "consent", "helpers", "pack",
        "vague",
    }  # fmt: skip


@every_schema
def test_a_schema_is_a_schema(path):
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@every_schema
def test_a_schema_uses_only_what_we_have_a_sentence_for(path):
    # The file itself is a table, whatever stands in it, so its own type needs no sentence.
    whole, *parts = parts_of(json.loads(path.read_text(encoding="utf-8")))
    for part in (whole, *parts):
        assert part.keys() <= SAID | DESCRIBED | SAY_NOTHING
    for part in parts:
        assert not part.keys() & DESCRIBED or part["description"], part


def test_every_problem_of_a_file_is_told_and_each_member_once(tmp_path):
    schema = tmp_path / "schema.json"
    who = {"minItems": 3, "uniqueItems": True, "description": "a list of 3 or more"}
    table = {"required": ["who", "when"], "properties": {"who": who}}
    schema.write_text(json.dumps({**table, "additionalProperties": False}))
    (tmp_path / "file.toml").write_text('who = ["a", "a"]\nwhat = 1\nhow = 2\n')
    values, problems = content.read(tmp_path / "file.toml", "file", schema)
    assert sorted(map(str, problems)) == [
        "file: how: is unknown",
        "file: what: is unknown",
        "file: when: is missing",
        "file: who: must be a list of 3 or more",
    ]
    with pytest.raises(content.BrokenContent):
        content.whole(values, problems)
