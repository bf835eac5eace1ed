"""How many pages somebody may have."""

from typing import Final

from profiles.core.verdict import YES, Verdict, no

MOST_PAGES: Final = 50  # of one account, which may keep pages for many
MOST_VISITORS: Final = 10  # of one browser without an account


def may_begin_another(pages: int, *, most: int) -> Verdict:
    """May somebody who has so many pages begin one more? Ask it where those are held."""
    if pages >= most:
        return no(
            f"You have {most} pages here. That is the most we can keep. "
            "Go on with one of them, or delete one first"
        )
    return YES
