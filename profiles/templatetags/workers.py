"""What workers give back, where the person meets it: on their home, in the log, beside a share."""

from typing import Any

from django import template

from profiles.pages.models import Profile
from profiles.sharing.models import Share
from profiles.workers import sentences
from profiles.workers.models import HelloCard

register = template.Library()


@register.inclusion_tag("workers/glance.html", takes_context=True)
def promises_glance(context: template.Context, page: Profile) -> dict[str, Any]:
    """What was promised, and by which day. {% promises_glance page %}"""
    given = {"page": page, "csrf_token": context.get("csrf_token", "")}
    return given | sentences.at_a_glance(page)


@register.simple_tag
def hello_cards(page: Profile) -> dict[int, HelloCard]:
    """The hello card of whoever reads through each share. {% hello_cards page as cards %}"""
    return sentences.cards_by_share(page)


@register.simple_tag
def hello_cards_through(share: Share) -> list[HelloCard]:
    """The hello cards shown through this share. {% hello_cards_through share as cards %}"""
    return list(HelloCard.objects.shown_through_share(share).in_order())


@register.filter
def of_share(cards: dict[int, HelloCard], share: int | None) -> HelloCard | None:
    """The hello card that goes with this share. {{ cards|of_share:row.share_id }}"""
    return cards.get(share) if share else None
