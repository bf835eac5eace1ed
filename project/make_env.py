"""Makes the first settings for a machine: keys that nobody else has, in a private file.

`python -m project.make_env FILE` writes the file, and leaves one that is there as it is.
`python -m project.make_env` prints new keys, for a throwaway environment.
"""

import base64
import os
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


def new_keys(*, on: date) -> dict[str, str]:
    """A secret for signing, and a named key for the words at rest."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_KEYS": f"{on:%Y%m%d}:{key}"}


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


def main(arguments: list[str]) -> None:
    """Write the file that is named, or print new keys."""
    keys = new_keys(on=date.today())
    if not arguments:
        print(as_lines(keys), end="")
    elif write_new(Path(arguments[0]), OPENING + as_lines(keys | {"LOCAL": "on"})):
        print(f"Made {arguments[0]}, with new keys that only this machine has.")


if __name__ == "__main__":
    main(sys.argv[1:])
