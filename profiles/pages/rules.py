"""How many pages somebody may have."""

from typing import Final

from profiles.core.verdict import YES, Verdict, no

# Of one account, which may keep pages for many: so many can be begun. What was written without an
# account comes along even into a full one, since it would be lost where it stands. One browser
# begins MOST_VISITORS before it signs in, and all of them only so often (core/rate_limits.py).
MOST_PAGES: Final = 50
MOST_VISITORS: Final = 10  # of one browser without an account


def may_begin_another(pages: int, *, most: int) -> Verdict:
    """May somebody who has so many pages begin one more? Ask it where those are held."""
    if pages >= most:
        return no(
            f"You have {most} pages here. That is the most we can keep. "
            "Go on with one of them, or delete one first"
        )
    return YES


def over_the_most(pages: int) -> str:
    """What to tell somebody whose words came along into a full account; "" if it is not full."""
    if pages <= MOST_PAGES:
        return ""
    return (
        f"Your words came along, and nothing is lost. You have {pages} pages here now. "
        f"You can begin another when there are fewer than {MOST_PAGES}."
    )
