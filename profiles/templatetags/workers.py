"""What workers promised, for the person's home."""

from typing import Any

from django import template

from profiles.pages.models import Profile
from profiles.workers import sentences

register = template.Library()


@register.inclusion_tag("workers/glance.html", takes_context=True)
def promises_glance(context: template.Context, page: Profile) -> dict[str, Any]:
    """What was promised, and by which day. {% promises_glance page %}"""
    given = {"page": page, "csrf_token": context.get("csrf_token", "")}
    return given | sentences.at_a_glance(page)
