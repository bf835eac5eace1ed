"""Who can see a page, at a glance, for its person's home."""

from typing import Any

from django import template

from profiles.pages.models import Profile
from profiles.sharing.models import Share
from profiles.sharing.sentences import readers_by_topic

register = template.Library()


@register.inclusion_tag("sharing/glance.html")
def sharing_glance(page: Profile, helpers: list[str]) -> dict[str, Any]:
    """Who sees the page, and when they looked last. {% sharing_glance page helpers %}"""
    shares: list[Share] = page.shares.open().with_looks().latest_first().with_profile(page)
    looks = [share.last_look for share in shares if share.last_look]  # type: ignore[attr-defined]
    kinds = {share.kind for share in shares}
    return {
        "page": page,
        "names": [share.reader_name for share in shares],
        "at_once": bool(kinds - {Share.Kind.CLINIC}),
        "in_records": Share.Kind.CLINIC in kinds,
        "last_look": max(looks, default=None),
        "helpers": helpers,
    }


@register.simple_tag
def shown_to(page: Profile) -> dict[str, str]:
    """Those who are shown each topic, with semicolons between. {% shown_to page as readers %}"""
    return {topic: "; ".join(names) for topic, names in readers_by_topic(page).items()}


@register.filter
def under(readers: dict[str, str], topic: str) -> str:
    """Those who are shown this one; "" for nobody. {{ readers|under:topic.key }}"""
    return readers.get(topic, "")
