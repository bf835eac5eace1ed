"""Sealing words with a key: AES-256-GCM, so that a wrong key or a changed byte is noticed.

A sealed value is `1.` + the key's name + `.` + a 12-byte nonce + the ciphertext with its tag.
The nonce is random (NIST SP 800-38D 8.2.2); a data key seals far fewer than 2^32 values.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
_VERSION = b"1"
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed value whose key is missing or wrong, or which was changed or moved."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: bytes, *, key_name: str, key: bytes, about: str) -> bytes:
    """Encrypt under a key; it opens again only with the same key, for the same `about`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, plain, about.encode())
    return b".".join([_VERSION, key_name.encode(), nonce + ciphertext])


def unseal(sealed: bytes, *, keys: Mapping[str, bytes], about: str) -> bytes:
    """Decrypt. Raises CannotOpen, and never returns anything but the words that were sealed."""
    try:
        version, key_name, body = sealed.split(b".", 2)
        key = keys[key_name.decode()]
        if version != _VERSION:
            raise CannotOpen("This was sealed in a way we do not know.")
        return AESGCM(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], about.encode())
    except KeyError as error:
        raise CannotOpen("The key this was sealed with is not here.") from error
    except (ValueError, InvalidTag) as error:
        raise CannotOpen("This does not open with its key: it was changed or moved.") from error


def key_name_of(sealed: bytes) -> str:
    """The name of the key a value was sealed with."""
    return sealed.split(b".", 2)[1].decode()


def as_field_keys(keys: Mapping[str, bytes]) -> str:
    """Keys as the setting FIELD_KEYS has them."""
    return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys.items())


def read_field_keys(text: str) -> Mapping[str, bytes]:
    """The setting FIELD_KEYS, `name:key,name:key`, newest first; each key 32 bytes in base64."""
    keys: dict[str, bytes] = {}
    for pair in text.split(","):
        name, _, encoded = pair.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name) or name in keys or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                "The setting FIELD_KEYS is not usable: write name:key, each name once, each key "
                "32 random bytes in base64. See .env.example."
            )
        keys[name] = key
    return MappingProxyType(keys)
