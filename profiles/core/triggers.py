"""The database's own refusal to change or remove what is only ever added to.

A trigger refuses UPDATE and DELETE on a table's rows, on SQLite and PostgreSQL alike, whoever asks.
It lets them go only when the page they belong to has a `Tombstone`, which is the first thing that
deleting a page makes. (Not a column of the page: SQLite could then never make that table anew.)
"""

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

NAME: Final = "only_added_to"
STAYS: Final = "NOT EXISTS (SELECT 1 FROM profiles_tombstone WHERE page = {page})"
THROUGH_EDITION: Final = "(SELECT profile_id FROM profiles_edition WHERE id = OLD.edition_id)"


# Some may go as long as nobody has them: what was chosen, and never saved.
HELD: Final = {
    "profiles_answerphoto": "EXISTS (SELECT 1 FROM profiles_answer WHERE photo_id = OLD.id)"
}


def page_of(table: str) -> str:
    """How a row of this table says which page it belongs to, in SQL."""
    return THROUGH_EDITION if table == "profiles_edition_answers" else "OLD.profile_id"


class OnlyAddedTo(Operation):
    """Sets the triggers on a table.

    SQLite drops them when a later migration makes the table anew: such a migration ends with this
    again. tests/core/test_triggers.py finds a table that was left without.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The tables stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Set the triggers, in place of any of the same name."""
        self.database_backwards(app_label, schema_editor)
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(self._sql(schema_editor.connection.vendor, verb))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        """Take the triggers away."""
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self._name(verb)}{on}")

    def describe(self) -> str:
        """What `migrate --plan` says."""
        return f"Let the rows of {self.table} only be added to"

    def _name(self, verb: str) -> str:
        return f"{self.table}_{NAME}_{verb.lower()}"

    def _sql(self, vendor: str, verb: str) -> str:
        stays = STAYS.format(page=page_of(self.table))
        if verb == "DELETE" and self.table in HELD:
            stays = f"{stays} AND {HELD[self.table]}"
        said = f"{self.table} is only ever added to."
        if vendor == "sqlite":
            return (
                f"CREATE TRIGGER {self._name(verb)} BEFORE {verb} ON {self.table} WHEN {stays} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        result = "NEW" if verb == "UPDATE" else "OLD"
        return (
            f"CREATE OR REPLACE FUNCTION {self._name(verb)}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {stays} THEN RAISE EXCEPTION '{said}' USING ERRCODE = "
            f"'integrity_constraint_violation'; END IF; RETURN {result}; END $$; "
            f"CREATE TRIGGER {self._name(verb)} BEFORE {verb} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self._name(verb)}()"
        )
