"""A key is changed while the site serves, on any number of machines, and no page is lost."""

import threading
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from profiles.accounts import field_keys
from profiles.accounts.heartbeat import Heartbeat
from profiles.accounts.models import DataKey
from profiles.answers.models import Answer
from profiles.core import journal
from profiles.core.crypto import CannotOpen, new_key, read_field_keys
from profiles.core.journal_places import CannotReach
from profiles.core.models import (
    LONG_GONE,
    STILL_HERE,
    FieldKey,
    GoneFieldKey,
    KeyHolder,
    KeysDiffer,
)
from profiles.house import readiness
from tests.factories import make_page
from tests.keys import change_the_key

WORDS = "CNRY tea first"
pytestmark = pytest.mark.django_db


def a_process(*names: str) -> KeyHolder:
    """One that says it is here, and knows these keys."""
    return KeyHolder.objects.create(keys=",".join(names))


def steps(settings, *names: str) -> str:
    """Take these steps; the name of the new key."""
    settings.FIELD_KEYS = field_keys.add()
    *_, new = settings.FIELD_KEYS
    for name in names:
        if name == "rewrap":
            list(field_keys.rewrap())
        else:
            settings.FIELD_KEYS = getattr(field_keys, name)()
    return new


def test_a_key_is_changed_and_every_word_is_there(settings):
    make_page(important=WORDS)
    old = next(iter(settings.FIELD_KEYS))
    change_the_key(settings)
    assert old not in settings.FIELD_KEYS and len(settings.FIELD_KEYS) == 1
    assert Answer.objects.get().text == WORDS
    assert FieldKey.names() == set(settings.FIELD_KEYS)
    change_the_key(settings)
    assert Answer.objects.get().text == WORDS
    assert field_keys.next_step() == "add"


def test_to_ask_which_keys_are_in_use_puts_none_in_use():
    """Else whoever asks first, with whatever keys, would decide for all."""
    assert FieldKey.names() == set()
    call_command("rotate_keys", stdout=StringIO())
    assert readiness.keys_open()
    assert not FieldKey.objects.exists()
    make_page()
    assert FieldKey.names() == {"test"}


def test_each_step_says_which_is_next(settings):
    make_page(important=WORDS)
    seen = [field_keys.next_step()]
    settings.FIELD_KEYS = added = field_keys.add()
    seen.append(field_keys.next_step())
    settings.FIELD_KEYS = field_keys.promote()
    seen.append(field_keys.next_step())
    settings.FIELD_KEYS, promoted = added, settings.FIELD_KEYS
    seen.append(field_keys.next_step())  # it was promoted, and FIELD_KEYS are as before
    settings.FIELD_KEYS = promoted
    list(field_keys.rewrap())
    seen.append(field_keys.next_step())
    retired = field_keys.retire()
    seen.append(field_keys.next_step())  # it was retired, and FIELD_KEYS are as before
    settings.FIELD_KEYS = retired
    seen.append(field_keys.next_step())
    assert seen == ["add", "promote", "rewrap", "promote", "retire", "retire", "add"]


def test_a_process_that_was_not_started_again_locks_nothing_with_the_old_key(settings):
    """Else its page would be gone with that key, and everybody was told that none is left."""
    make_page(important=WORDS)
    stale = dict(settings.FIELD_KEYS)
    steps(settings, "promote", "rewrap", "retire")
    settings.FIELD_KEYS = stale
    with pytest.raises(KeysDiffer):
        make_page()
    with pytest.raises(CannotOpen):
        str(Answer.objects.get().text)
    assert DataKey.objects.count() == 1


def test_nor_does_one_that_lacks_a_key_in_use(settings):
    make_page(important=WORDS)
    stale = dict(settings.FIELD_KEYS)
    steps(settings, "promote")
    settings.FIELD_KEYS = stale
    with pytest.raises(KeysDiffer):
        make_page()


def test_no_step_is_taken_while_a_process_would_lose_by_it(settings):
    make_page(important=WORDS)
    [old] = settings.FIELD_KEYS
    process = a_process(old)
    settings.FIELD_KEYS = field_keys.add()
    _, new = settings.FIELD_KEYS
    with pytest.raises(field_keys.NotYet, match="1 process does not know the new key"):
        field_keys.promote()
    KeyHolder.objects.filter(pk=process.pk).update(keys=f"{old},{new}")
    settings.FIELD_KEYS = field_keys.promote()
    for step in (lambda: list(field_keys.rewrap()), field_keys.retire):
        with pytest.raises(field_keys.NotYet, match="1 process locks with an old key"):
            step()
    KeyHolder.objects.filter(pk=process.pk).update(keys=f"{new},{old}")
    list(field_keys.rewrap())
    field_keys.retire()


def test_a_process_that_was_killed_is_waited_for_a_while_and_no_longer(settings):
    make_page(important=WORDS)
    [old] = settings.FIELD_KEYS
    process = a_process(old)
    settings.FIELD_KEYS = field_keys.add()
    with pytest.raises(field_keys.NotYet):
        field_keys.promote()
    KeyHolder.objects.filter(pk=process.pk).update(seen_at=Now() - STILL_HERE)
    assert field_keys.promote()


@pytest.mark.parametrize("step", ["promote", "rewrap", "retire"])
def test_no_step_comes_before_its_time(settings, step):
    make_page(important=WORDS)
    before = dict(settings.FIELD_KEYS)
    if step == "promote":
        with pytest.raises(field_keys.NotYet, match="It is: add"):
            field_keys.promote()
    else:
        settings.FIELD_KEYS = field_keys.add()
        settings.FIELD_KEYS = dict(reversed(settings.FIELD_KEYS.items()))  # never promoted
        with pytest.raises(KeysDiffer):
            list(field_keys.rewrap()) if step == "rewrap" else field_keys.retire()
    assert FieldKey.names() == set(before)


def test_no_second_key_is_added_before_the_first_is_in_use(settings):
    """Else the one that other machines were given would not be the one that comes next."""
    make_page(important=WORDS)
    settings.FIELD_KEYS = field_keys.add()
    with pytest.raises(field_keys.NotYet, match="It is: promote"):
        field_keys.add()


@pytest.mark.parametrize("step", ["rewrap", "retire"])
def test_a_new_key_that_was_not_promoted_is_not_let_go_in_place_of_the_old_one(settings, step):
    """Whoever forgot that step would be told that a key is gone, and keep the one they feared."""
    make_page(important=WORDS)
    settings.FIELD_KEYS = field_keys.add()
    with pytest.raises(CommandError, match="Take the step promote first"):
        call_command("rotate_keys", step)
    assert not GoneFieldKey.objects.exists()
    assert field_keys.next_step() == "promote"


@pytest.mark.parametrize("done", [["promote"], ["promote", "rewrap", "retire"]])
def test_a_machine_with_an_older_line_is_told_where_the_right_one_is(settings, done):
    make_page(important=WORDS)
    older = dict(settings.FIELD_KEYS)
    steps(settings, *done)
    settings.FIELD_KEYS = older
    for step in ([], ["add"], ["promote"], ["rewrap"], ["retire"]):
        with pytest.raises(CommandError, match="the machine where the last step was taken"):
            call_command("rotate_keys", *step)


def test_where_there_is_one_key_none_is_said_to_be_let_go():
    make_page(important=WORDS)
    said = StringIO()
    call_command("rotate_keys", "rewrap", stdout=said)
    assert "The next step is: add." in said.getvalue()
    with pytest.raises(CommandError, match="There is no old key here"):
        call_command("rotate_keys", "retire")


def test_nothing_is_let_go_that_still_locks_something(settings):
    make_page(important=WORDS)
    steps(settings, "promote")
    with pytest.raises(field_keys.NotYet, match="still locks something"):
        field_keys.retire()
    assert not GoneFieldKey.objects.exists()
    assert Answer.objects.get().text == WORDS


def test_lines_of_the_endings_journal_are_sealed_again_before_a_key_goes(settings):
    make_page(important=WORDS)
    journal.note(journal.Kind.PAGE, "a page")
    journal.move_all()
    new = steps(settings, "promote", "rewrap")
    assert journal.key_names() == settings.FIELD_KEYS.keys() - {new}
    with pytest.raises(field_keys.NotYet, match="The endings journal still needs an old key"):
        field_keys.retire()
    assert field_keys.reseal_journal() >= 2
    settings.FIELD_KEYS = field_keys.retire()
    assert journal.key_names() == {new}
    assert [line.ref for line in journal.endings_after(0)[1]] == ["a page"]


def test_a_process_with_old_keys_adds_no_line_that_nobody_could_read(settings):
    make_page(important=WORDS)
    stale = dict(settings.FIELD_KEYS)
    change_the_key(settings)
    settings.FIELD_KEYS, now = stale, settings.FIELD_KEYS
    journal.note(journal.Kind.PAGE, "a page")
    with pytest.raises(KeysDiffer):
        journal.move_all()
    settings.FIELD_KEYS = now
    assert journal.move_all() == 1


def test_where_the_journal_cannot_be_read_no_key_is_let_go(settings, monkeypatch):
    make_page(important=WORDS)
    steps(settings, "promote", "rewrap")

    def away() -> None:
        raise CannotReach

    monkeypatch.setattr(journal, "place", away)
    for step in (field_keys.reseal_journal, field_keys.retire):
        with pytest.raises(field_keys.NotYet, match="The endings journal cannot be read"):
            step()


def test_a_key_that_was_let_go_is_never_taken_for_a_new_one(settings):
    make_page(important=WORDS)
    steps(settings, "promote", "rewrap")
    field_keys.retire()  # FIELD_KEYS still have both
    with pytest.raises(field_keys.NotYet, match="It is: retire"):
        field_keys.promote()
    assert len(field_keys.retire()) == 1


def test_one_that_does_not_open_holds_up_no_other_and_its_old_key_stays(settings):
    make_page(important=WORDS)
    broken = make_page().data_key
    DataKey.objects.filter(pk=broken.pk).update(wrapped=b"1.test.changed")
    make_page(important=WORDS)
    steps(settings, "promote")
    [lot] = field_keys.rewrap()
    assert lot == field_keys.Lot(wrapped=2, unopened=1)
    with pytest.raises(CommandError, match="1 keys do not open"):
        call_command("rotate_keys", "rewrap", stdout=StringIO())
    with pytest.raises(field_keys.NotYet):
        field_keys.retire()


def test_stopped_half_way_it_goes_on_where_it_was(settings, monkeypatch):
    for _ in range(3):
        make_page(important=WORDS)
    monkeypatch.setattr(field_keys, "AT_ONCE", 1)
    steps(settings, "promote")
    assert next(field_keys.rewrap()).wrapped == 1
    assert [lot.wrapped for lot in field_keys.rewrap()] == [1, 1]


def test_what_is_deleted_meanwhile_is_passed_over(settings):
    key = make_page(important=WORDS).data_key
    new = steps(settings, "promote")
    assert key.rewrap(new) is True
    assert key.rewrap(new) is False
    gone = DataKey(field_key_id=key.field_key_id, wrapped=key.wrapped, pk=key.pk)
    gone.pk = uuid4()
    with pytest.raises(CannotOpen):  # it was wrapped for another
        gone.rewrap(new)


def test_the_database_itself_locks_nothing_with_a_key_that_is_gone():
    key = make_page(important=WORDS).data_key
    DataKey.objects.filter(pk=key.pk).update(field_key="gone")
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints(["profiles_datakey"])
    DataKey.objects.filter(pk=key.pk).update(field_key=key.field_key)


@pytest.mark.django_db(transaction=True)
def test_a_page_begun_while_its_key_is_let_go_is_locked_with_one_that_stays(settings):
    """Its key is let go before its transaction ends: then it is not made, or the key stays."""
    make_page(important=WORDS)
    stale = dict(settings.FIELD_KEYS)
    new = steps(settings, "promote", "rewrap")
    begun, let_go = threading.Event(), threading.Event()
    came: list[str] = []

    def a_stale_process() -> None:
        try:
            with transaction.atomic():
                DataKey.objects.create(
                    field_key_id=next(iter(stale)), wrapped=DataKey.objects.get().wrapped
                )
                begun.set()
                let_go.wait(1)  # SQLite lets nobody write before we are done
            came.append("made")
        except IntegrityError:
            came.append("refused")
        finally:
            connection.close()

    process = threading.Thread(target=a_stale_process)
    process.start()
    begun.wait(10)
    try:
        field_keys.retire()
        came.append("let go")
    except field_keys.NotYet:
        came.append("kept")
    let_go.set()
    process.join(20)
    assert sorted(came) in (["kept", "made"], ["let go", "refused"])
    assert new in FieldKey.names()
    assert DataKey.objects.filter(field_key__in=FieldKey.names()).count() == DataKey.objects.count()


def test_what_was_locked_before_keys_were_written_down_is_found(settings, monkeypatch):
    """As the migration does: here with two keys in use, and one that was left from before."""
    migration = import_module("profiles.migrations.0029_keys_in_use")
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    pages = [make_page(important=WORDS) for _ in range(5)]
    new = steps(settings, "promote")
    for page in pages[:3]:
        page.data_key.rewrap(new)
    old = settings.FIELD_KEYS.keys() - {new}
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, "left": new_key()}
    with connection.cursor() as cursor:  # as it was: on each key stood only what is in its seal
        cursor.execute("UPDATE profiles_datakey SET field_key_id = 'unknown'")
        cursor.execute("DELETE FROM profiles_fieldkey")
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.write_down(apps, editor)
    connection.check_constraints(["profiles_datakey"])
    assert FieldKey.names() == {new, *old}
    assert FieldKey.objects.latest("used_since").name == new
    assert DataKey.objects.not_under(new).count() == 2
    assert [gone.name for gone in GoneFieldKey.objects.all()] == ["left"]
    assert {answer.text for answer in Answer.objects.all()} == {WORDS}


@pytest.mark.django_db(transaction=True)
def test_a_process_says_what_it_knows_and_takes_leave(settings):
    forgotten = a_process("test")
    KeyHolder.objects.filter(pk=forgotten.pk).update(seen_at=Now() - LONG_GONE)
    heartbeat = Heartbeat(every=0.01)
    said = threading.Event()
    settings.FIELD_KEYS = {"new": new_key(), **settings.FIELD_KEYS}
    heartbeat.start()
    try:
        for _ in range(500):
            if KeyHolder.objects.here_now().exists():
                break
            said.wait(0.01)
        assert [holder.names for holder in KeyHolder.objects.here_now()] == [["new", "test"]]
    finally:
        heartbeat.stop()
    assert not KeyHolder.objects.exists()


def test_the_command_says_what_to_do_and_keeps_the_keys_in_one_place(settings, tmp_path: Path):
    settings.BASE_DIR = tmp_path
    env = tmp_path / ".env"
    env.write_text("LOCAL=on\nFIELD_KEYS=test:old\nCONTACT=us\n")
    make_page(important=WORDS)

    def run(*step: str) -> str:
        out = StringIO()
        call_command("rotate_keys", *step, stdout=out)
        return out.getvalue()

    def read() -> None:
        [line] = [line for line in env.read_text().splitlines() if line.startswith("FIELD_KEYS")]
        settings.FIELD_KEYS = read_field_keys(line.partition("=")[2])

    assert run() == "The next step is: add.\n"
    for step in ("add", "promote"):
        assert "start again all that serves" in run(step, "--write")
        read()
    assert "Wrapped again so far: 1." in run("rewrap")
    printed = run("retire")
    assert printed.splitlines()[1].startswith("FIELD_KEYS=")
    run("retire", "--write")
    read()
    assert len(settings.FIELD_KEYS) == 1 and Answer.objects.get().text == WORDS
    assert env.read_text().splitlines()[::2] == ["LOCAL=on", "CONTACT=us"]
    assert env.stat().st_mode & 0o077 == 0
