"""Words at rest: nobody reads them without the person's key."""

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from profiles.accounts.models import DataKey
from profiles.answers.models import Answer, Draft
from profiles.core.crypto import CannotOpen, new_key, read_field_keys, seal, unseal
from profiles.pages import actions
from profiles.pages.models import Profile, Tombstone
from tests.factories import make_page, say

SECRET_WORDS = "CNRY eyes up is yes"


def test_what_is_sealed_opens_again() -> None:
    key = new_key()
    sealed = seal(b"tea", key_name="k", key=key, about="here")
    assert unseal(sealed, keys={"k": key}, about="here") == b"tea"


def test_the_same_words_are_never_sealed_the_same_way() -> None:
    key = new_key()
    assert seal(b"tea", key_name="k", key=key, about="") != seal(
        b"tea", key_name="k", key=key, about=""
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda sealed, key: unseal(sealed, keys={"k": new_key()}, about="here"),
        lambda sealed, key: unseal(sealed, keys={"other": key}, about="here"),
        lambda sealed, key: unseal(sealed, keys={"k": key}, about="elsewhere"),
        lambda sealed, key: unseal(sealed[:-1] + b"!", keys={"k": key}, about="here"),
        lambda sealed, key: unseal(b"2" + sealed[1:], keys={"k": key}, about="here"),
        lambda sealed, key: unseal(b"nonsense", keys={"k": key}, about="here"),
        lambda sealed, key: unseal(b"1.k.short", keys={"k": key}, about="here"),
    ],
)
def test_a_wrong_key_a_moved_value_and_a_changed_byte_are_refused(wrong) -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        wrong(seal(b"tea", key_name="k", key=key, about="here"), key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name:",
        "name:notbase64!",
        "name:c2hvcnQ=",
        "a b:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
)
def test_unusable_field_keys_stop_the_program(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        read_field_keys(text)


@pytest.mark.django_db
def test_the_database_holds_no_words() -> None:
    page = make_page(important=SECRET_WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM profiles_answer WHERE profile_id = %s", [page.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"CNRY" not in stored
    assert b"yes" not in stored


@pytest.mark.django_db
def test_words_open_when_they_are_read() -> None:
    make_page(important=SECRET_WORDS)
    assert Answer.objects.get().text == SECRET_WORDS


@pytest.mark.django_db
def test_another_persons_key_opens_nothing() -> None:
    page, other = make_page(important=SECRET_WORDS), make_page()
    answer = page.answers.get()
    answer.profile = other
    with pytest.raises(CannotOpen):
        _ = answer.text


@pytest.mark.django_db
def test_a_wrong_field_key_raises_and_shows_nothing(settings) -> None:
    make_page(important=SECRET_WORDS)
    settings.FIELD_KEYS = {"test": new_key()}
    with pytest.raises(CannotOpen):
        _ = Answer.objects.get().text


@pytest.mark.django_db
def test_words_moved_to_another_column_do_not_open() -> None:
    page = make_page()
    say(page, "important", SECRET_WORDS)
    Tombstone.objects.create(page=page.pk)  # the database lets nobody change a row but then
    with connection.cursor() as cursor:
        cursor.execute("UPDATE profiles_answer SET said_by = text")
    with pytest.raises(CannotOpen):
        _ = Answer.objects.get().said_by


@pytest.mark.django_db
def test_the_database_cannot_be_asked_for_words() -> None:
    with pytest.raises(FieldError, match="sealed"):
        Answer.objects.filter(text="tea").exists()


@pytest.mark.django_db
def test_words_cannot_be_stored_without_being_sealed() -> None:
    make_page()
    with pytest.raises(FieldError, match="sealed"):
        Draft.objects.update(text="tea")


@pytest.mark.django_db
def test_deleting_a_page_destroys_its_key() -> None:
    page = make_page(important=SECRET_WORDS)
    actions.delete_page(profile=page)
    assert not DataKey.objects.exists()
    assert not Profile.objects.exists()
