"""The words that are shown before somebody lets somebody help, and kept as they were shown."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Final

from profiles.core import content
from profiles.sharing.wording import Sentence, Wording, title_list
from profiles.supporters.models import Supporter

CONTENT: Final = Path(__file__).parent / "content"
SCHEMA: Final = Path(__file__).parent / "schema" / "helpers.json"
May = Supporter.May
SAID: Final = {
    May.SEE: ("see",),
    May.SUGGEST: ("see", "suggest"),
    May.WRITE: ("see", "suggest", "write"),
}


def wording_for(may: May, kept_topics: Collection[str], language: str = "en") -> Wording:
    """What somebody is to be shown before they let a helper do this."""
    words = read(language)
    kept = ("kept",) if kept_topics else ()
    return Wording(
        version=words["version"],
        language=language,
        sentences=tuple(
            Sentence(words=words[name], topics=title_list(kept_topics) if name == "kept" else ())
            for name in (*SAID[may], *kept, "never", "told", "no", "stop")
        ),
    )


@cache
def read(language: str) -> dict[str, str]:
    """Our sentences in this language, and their version."""
    return read_file(CONTENT / language / "helpers.toml")


def read_file(path: Path) -> dict[str, str]:
    """The sentences in this file, and their version; BrokenContent if any of it is wrong."""
    return content.whole(*content.read(path, f"{path.parent.name}/{path.name}", SCHEMA))
