"""Makes the first settings for a machine: keys that nobody else has, in a private file.

`python -m project.make_env FILE` writes the file. One that is there keeps every line it has, and is
given only what a newer version of the program has come to need.
`python -m project.make_env` prints new keys, for a throwaway environment.
"""

import base64
import os
import re
import secrets
import sys
import tempfile
from datetime import date
from pathlib import Path

OPENING = """\
# The settings of this machine, made by bin/serve. Keep this file to yourself, and keep a copy.
# Without FIELD_KEYS nobody can read the words that were saved with them.
# See .env.example for every setting there is.
"""
# Settings that the first .env files did not have. FIELD_KEYS is not one: new keys beside old words
# would hide that the old keys are lost.
CAME_LATER = ("SHARE_KEY_SECRET",)


def new_keys(*, on: date) -> dict[str, str]:
    """A secret for signing, a named key for the words at rest, and a secret for shared links."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"{on:%Y%m%d}:{key}",
        "SHARE_KEY_SECRET": secrets.token_urlsafe(50),
    }


def as_lines(settings: dict[str, str]) -> str:
    """Settings as a .env file writes them."""
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def write_new(path: Path, words: str) -> bool:
    """Put a private file in place whole, unless one is there already. Says whether it did."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".env-")  # 0600 from the first byte
    draft = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)  # unlike a rename, this refuses to replace a file
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def add_what_came_later(path: Path, keys: dict[str, str]) -> list[str]:
    """Write at the end of a file the settings it does not know yet. Says which."""
    words = path.read_text()
    known = re.findall(r"^\s*(?:export\s+)?(\w+)=", words, re.MULTILINE)
    new = [name for name in CAME_LATER if name not in known]
    if new:
        with path.open("a") as file:
            file.write("\n" * (not words.endswith("\n")) + as_lines({n: keys[n] for n in new}))
    return new


def main(arguments: list[str]) -> None:
    """Write the file that is named, or print new keys."""
    keys = new_keys(on=date.today())
    if not arguments:
        print(as_lines(keys), end="")
        return
    path = Path(arguments[0])
    if write_new(path, OPENING + as_lines(keys | {"LOCAL": "on"})):
        print(f"Made {path}, with new keys that only this machine has.")
    elif new := add_what_came_later(path, keys):
        print(f"Added to {path}, which had none yet: {', '.join(new)}")


if __name__ == "__main__":
    main(sys.argv[1:])
