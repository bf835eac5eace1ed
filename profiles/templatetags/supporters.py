"""What waits from those who help, for the person's home."""

from typing import Any

from django import template

from profiles.pages.models import Profile

register = template.Library()


@register.inclusion_tag("supporters/glance.html")
def helpers_glance(page: Profile) -> dict[str, Any]:
    """Suggestions and helpers that wait for the person's yes. {% helpers_glance page %}"""
    return {
        "suggestions": page.suggestions.new().count(),
        "asking": page.supporters.current().not_given().with_profile(page),
    }
