"""Makes the first settings for a machine: keys that nobody else has, in a private file.

`python -m project.make_env FILE` writes the file. One that is there keeps every line it has, and is
given only what a newer version of the program has come to need.
`python -m project.make_env` prints new keys, for a throwaway environment.
"""

import base64
import os
import re
import secrets
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from profiles.core.ownership import give_as

OPENING = """\
# The settings of this machine, made by bin/serve. Keep this file to yourself, and keep a copy.
# Without FIELD_KEYS nobody can read the words that were saved with them.
# See .env.example for every setting there is.
"""
# Settings that the first .env files did not have. FIELD_KEYS is not one: new keys beside old words
# would hide that the old keys are lost.
CAME_LATER = ("SHARE_KEY_SECRET",)
OTHERS_MAY = 0o077
EVERYBODY_MAY = 0o007


LOST = """\
{database} holds words that were locked with keys, and {env}, which had those keys, is not here.
With new keys nobody could read them. Put back your copy of {env}.
To begin anew, and leave those words unread, move {database} to another place.
"""


def new_keys() -> dict[str, str]:
    """A secret for signing, a named key for the words at rest, and a secret for shared links."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": f"{secrets.token_hex(4)}:{key}",
        "SHARE_KEY_SECRET": secrets.token_urlsafe(50),
    }


def as_lines(settings: dict[str, str]) -> str:
    """Settings as a .env file writes them."""
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def write_new(path: Path, words: str) -> bool:
    """Put a private file in place whole, unless one is there already. Says whether it did."""
    draft = _private_draft(path, words)
    try:
        path.hardlink_to(draft)  # unlike a rename, this refuses to replace a file
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def put_setting(path: Path, name: str, value: str) -> None:
    """Write one setting into a file, in place of the one it has, whole and private. Whose it is, it
    stays: else who serves could not read it any more.

    Raises ValueError for a file that does not have it on one line: where else would it stand?
    """
    path = path.resolve()  # a link stays one
    line = re.compile(rf"^(\s*(?:export\s+)?){name}=.*$", re.MULTILINE)
    words, changed = line.subn(lambda found: f"{found[1]}{name}={value}", path.read_text())
    if changed != 1:
        raise ValueError(f"{path.name} has {changed} lines for {name}.")
    draft, mode = _private_draft(path, words), path.stat().st_mode & 0o777
    give_as(draft, like=path)
    if not mode & EVERYBODY_MAY:
        draft.chmod(mode)  # it may be for a group to read
    draft.replace(path)


def _private_draft(path: Path, words: str) -> Path:
    """A file beside that one, with these words on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".env-")  # 0600 from the first byte
    with os.fdopen(handle, "w") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def has_locked_words(database: Path) -> bool:
    """Does this SQLite file hold a key that was locked with keys of its own time?"""
    if not database.exists():
        return False
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        try:
            return bool(opened.execute("SELECT 1 FROM profiles_datakey LIMIT 1").fetchone())
        except sqlite3.DatabaseError:  # it is another's, or has no such table yet
            return False


def add_what_came_later(path: Path, keys: dict[str, str]) -> list[str]:
    """Write at the end of a file the settings it does not know yet. Says which."""
    words = path.read_text()
    known = re.findall(r"^\s*(?:export\s+)?(\w+)=", words, re.MULTILINE)
    new = [name for name in CAME_LATER if name not in known]
    if new:
        with path.open("a") as file:
            file.write("\n" * (not words.endswith("\n")) + as_lines({n: keys[n] for n in new}))
    return new


def _here(folder: Path) -> Path:
    """The SQLite file that is served from this folder; one that is not there if it is another's."""
    address = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/db.sqlite3"
    return folder / address.removeprefix("sqlite:///")


def main(arguments: list[str]) -> None:
    """Write the file that is named, or print new keys."""
    keys = new_keys()
    if not arguments:
        print(as_lines(keys), end="")
        return
    path = Path(arguments[0])
    database = _here(path.parent)
    if not path.exists() and "FIELD_KEYS" not in os.environ and has_locked_words(database):
        sys.exit(LOST.format(database=database.name, env=path.name))
    if path.exists() and path.stat().st_mode & OTHERS_MAY:
        print(f"Others on this machine can read {path}. To stop that: chmod 600 {path}")
    if write_new(path, OPENING + as_lines(keys | {"LOCAL": "on"})):
        print(f"Made {path}, with new keys that only this machine has.")
    elif new := add_what_came_later(path, keys):
        print(f"Added to {path}, which had none yet: {', '.join(new)}")


if __name__ == "__main__":
    main(sys.argv[1:])
