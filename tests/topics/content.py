"""A copy of the topic files that a test may break."""

import re
import shutil
from pathlib import Path

from profiles.topics.load import CONTENT


def copy_of_the_content(tmp_path: Path) -> Path:
    """Our own topic files, in a folder of the test's."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def say_in(path: Path, old: str, new: str) -> None:
    """Put one thing in a file where another stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def set_member(path: Path, member: str, value: str | None) -> None:
    """Write this member of a topic anew, or leave it out if there is no value."""
    text = path.read_text(encoding="utf-8")
    line = "" if value is None else f"{member} = {value}\n"
    text = re.sub(rf"^{member} = (\[.*?^\]|.*?)\n", "", text, flags=re.MULTILINE | re.DOTALL)
    path.write_text(line + text, encoding="utf-8")
