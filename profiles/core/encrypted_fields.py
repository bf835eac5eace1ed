"""Model fields that hold words, names and photos encrypted, each under its person's own key."""

from typing import Any, NoReturn, Protocol, cast

from django.core.checks import CheckMessage
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from profiles.core import crypto


class Key(Protocol):
    """What seals a person's words: see DataKey."""

    @property
    def name(self) -> str: ...
    @property
    def secret(self) -> bytes: ...


class Holder(Protocol):
    """A row with sealed fields: it says whose key seals them."""

    def sealing_key(self) -> Key: ...


class Sealed(bytes):
    """A value as the database keeps it. Never shown: reading the attribute opens it."""

    def __repr__(self) -> str:
        return "<sealed>"


class _OpensWhenRead(DeferredAttribute):
    """Opens a sealed value the first time somebody asks for it."""

    field: "EncryptedField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(value, instance)
        return value

    # With no __set__, the instance's own dictionary would win, and hand out the sealed bytes.
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]  # generic only to the stubs
    """Bytes, encrypted. They cannot be searched, ordered by or changed with update()."""

    descriptor_class = _OpensWhenRead
    empty_strings_allowed = True

    def about(self, key: Key) -> str:
        """What a value is bound to: moved to another table, column or person, it does not open."""
        return f"{self.model._meta.db_table}.{self.column}.{key.name}"

    def seal(self, value: Any, holder: Holder) -> Sealed:
        """The value as the database keeps it."""
        key = holder.sealing_key()
        plain = self.to_plain(value)
        return Sealed(crypto.seal(plain, key_name=key.name, key=key.secret, about=self.about(key)))

    def open(self, sealed: Sealed, holder: Holder) -> Any:
        """The value again. Raises CannotOpen rather than show anything else."""
        key = holder.sealing_key()
        plain = crypto.unseal(sealed, keys={key.name: key.secret}, about=self.about(key))
        return self.from_plain(plain)

    def to_plain(self, value: Any) -> bytes:
        return bytes(value)

    def from_plain(self, plain: bytes) -> Any:
        return plain

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__[self.attname]
        if value is None or isinstance(value, Sealed):
            return value
        return self.seal(value, cast(Holder, model_instance))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: seal it for its person before it is stored.")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self.name} is sealed: the database cannot look inside it.")


class EncryptedTextField(EncryptedField):
    """Words, encrypted."""

    def _check_str_default_value(self) -> list[CheckMessage]:
        return []  # BinaryField asks for bytes; here words go in and words come out

    def to_plain(self, value: Any) -> bytes:
        return str(value).encode()

    def from_plain(self, plain: bytes) -> str:
        return plain.decode()


def seal_for(holder: Holder, model: type[models.Model], name: str, value: Any) -> Sealed:
    """A value sealed for a conditional UPDATE, which has no row to take the key from."""
    return cast(EncryptedField, model._meta.get_field(name)).seal(value, holder)
