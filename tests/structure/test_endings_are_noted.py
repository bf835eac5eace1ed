"""Whatever takes something away tells the endings journal: else a restore would bring it back.

A function takes away if it deletes rows, or writes one of the columns that say what is shown to
whom. From each of these, a call has to lead to `journal.note`; or it is said here why none need.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

PROFILES: Final = Path(settings.BASE_DIR) / "profiles"
NOTE: Final = "profiles.core.journal.note"
SHOWN_TO_WHOM: Final = {
    "stopped_at", "ended_at", "paused_at", "ends_at", "given_at", "topics", "kept_topics",
    "with_photo", "may_print", "passcode", "passcode_set", "passcode_number", "wrong_tries",
    "spoken_digest", "key_digest", "code_digest", "worker", "worker_digest", "only_me", "is_clear",
    "is_removed", "tells_me", "reminds_me", "names_in_emails", "may", "owner", "kept_by", "user",
    "email", "email_digest", "by_keeper",
}  # fmt: skip
WRITES: Final = {"update", "create", "update_or_create", "get_or_create", "bulk_update"}
FIRST: Final = "It is made here, and shows nothing before."
THINKING: Final = "It is being made, and shows nothing to anybody."
CLOCK: Final = "It is over by the clock alone, which says so again after a restore."
AGAIN: Final = "It does again what the journal says."
EMAIL: Final = "It is an email, which went out or is owed no more."
NOBODYS: Final = "Nobody else was ever shown it."

EXCUSED: Final[dict[str, str]] = {
    "profiles.accounts.actions._settle_address": "It is the same address, written otherwise.",
    "profiles.accounts.actions.destroy_key": "Whoever deletes what it sealed says so.",
    "profiles.accounts.actions._forget_some": CLOCK,
    "profiles.accounts.field_keys.retire": "It is a key that locks nothing.",
    "profiles.accounts.heartbeat.Heartbeat._say": "It is the row of a process.",
    "profiles.accounts.after_restore.close_again": AGAIN,
    "profiles.accounts.after_restore.end_session": AGAIN,
    "profiles.accounts.after_restore.find_again": AGAIN,
    "profiles.accounts.after_restore.leave_address": AGAIN,
    "profiles.accounts.after_restore.remove_passkey": AGAIN,
    "profiles.accounts.after_restore.sign_out_everywhere": AGAIN,
    "profiles.answers.actions.drop_draft": NOBODYS,
    "profiles.answers.draft_actions.save_draft": NOBODYS,
    "profiles.core.journal.move": "It is in the journal by then.",
    "profiles.core.mails.no_more_again": AGAIN,
    "profiles.core.one_press.OnePress.ends": "It is a mark of two minutes.",
    "profiles.door.paper_codes._write": FIRST,
    "profiles.exports.actions.ask_for_archive": NOBODYS,
    "profiles.exports.notices._archive_is_ready": NOBODYS,
    "profiles.notices.actions._deliver": EMAIL,
    "profiles.notices.actions._send": EMAIL,
    "profiles.notices.keeping.let_go": EMAIL,
    "profiles.imports.actions.Moved.__init__": "It is no row.",
    "profiles.pages.actions.start_page": FIRST,
    "profiles.photos.models.AnswerPhotoQuerySet.let_go_of_unsaved": NOBODYS,
    "profiles.reading.actions.introduce": FIRST,
    "profiles.review.notices._reminder": EMAIL,
    "profiles.sharing.terms.choose_terms": "It saves nothing: who calls it does.",
    "profiles.sharing.new_actions._let_in": THINKING,
    "profiles.sharing.terms.set_end": "Who calls it notes it, of what is given.",
    "profiles.sharing.new_actions.begin": FIRST,
    "profiles.sharing.clinic.forget_clinic_link": "Its share is over, which is noted then.",
    "profiles.sharing.endings.forget_key": "The share is over, which was noted then.",
    "profiles.sharing.new_actions._still_being_made": "It saves nothing.",
    "profiles.sharing.new_actions.forget_left": THINKING,
    "profiles.sharing.new_actions.forget_typed": CLOCK,
    "profiles.sharing.actions.if_ends": "It saves nothing.",
    "profiles.sharing.actions.if_passcode": "It saves nothing.",
    "profiles.sharing.new_actions.let_go": THINKING,
    "profiles.sharing.new_actions.say_clinic": THINKING,
    "profiles.sharing.new_actions.say_who": THINKING,
    "profiles.sharing.after_restore.drop_ask_code": AGAIN,
    "profiles.sharing.endings.forget_spoken": CLOCK,
    "profiles.supporters.actions.accept": "It is a yes.",
    "profiles.supporters.actions.note_not_answered": CLOCK,
    "profiles.supporters.handing._give_to": "Who calls it noted the page that was handed over.",
    "profiles.supporters.handing.end_offer_again": AGAIN,
    "profiles.supporters.handing.note_not_taken": CLOCK,
    "profiles.supporters.suggestion_actions.hold": "It saves nothing.",
    "profiles.workers.actions.save_card": FIRST,
    "profiles.workers.promise_actions.promise": FIRST,
}


@cache
def modules() -> list[tuple[str, ast.Module]]:
    paths = {path: path.relative_to(PROFILES) for path in sorted(PROFILES.rglob("*.py"))}
    return [
        (".".join(("profiles", *at.with_suffix("").parts)), ast.parse(path.read_text()))
        for path, at in paths.items()
        if at.parts[0] not in {"migrations", "management", "templatetags"}
    ]


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Those of a module and of its classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def names_in(module: str, tree: ast.Module) -> dict[str, str]:
    """What each name of a module stands for, whole."""
    known = {name: f"{module}.{name}" for name, _ in functions(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return known


def called(function: ast.FunctionDef, known: dict[str, str]) -> set[str]:
    """Whatever of ours is named in a function: to hand it on is as good as to call it."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(known.get(node.id, ""))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{known.get(node.value.id, '')}.{node.attr}")
    return found


def takes_away(function: ast.FunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "delete":
                return True
            given = {word.arg for word in node.keywords}
            if node.func.attr in WRITES and given & {None, *SHOWN_TO_WHOM}:
                return True
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Attribute) and each.attr in SHOWN_TO_WHOM:
                    return True
    return False


def leads(whole: str, calls: dict[str, set[str]]) -> bool:
    seen, wanted = set(), [whole]
    while wanted:
        name = wanted.pop()
        if name == NOTE:
            return True
        if name not in seen:
            seen.add(name)
            wanted += calls.get(name, ())
    return False


def silent(trees: list[tuple[str, ast.Module]]) -> set[str]:
    """The functions that take away and tell nobody."""
    calls: dict[str, set[str]] = {}
    takers = set()
    for module, tree in trees:
        known = names_in(module, tree)
        for name, function in functions(tree):
            calls[f"{module}.{name}"] = called(function, known)
            if takes_away(function):
                takers.add(f"{module}.{name}")
    return {name for name in takers if not leads(name, calls)}


def test_whatever_takes_away_tells_the_journal() -> None:
    assert silent(modules()) == {*EXCUSED}


def test_one_that_tells_nobody_would_be_found() -> None:
    new = "def forget(share):\n    Share.objects.filter(pk=share.pk).update(paused_at=now())\n"
    found = silent([*modules(), ("profiles.sharing.new", ast.parse(new))])
    assert found - {*EXCUSED} == {"profiles.sharing.new.forget"}
