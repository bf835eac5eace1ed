"""What a layout's templates need: where a picture is, and the link that changes a line."""

from collections.abc import Mapping

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def picture_address(code: str) -> str:
    """Where a browser finds one of our pictures. {% picture_address "2615" %}"""
    return static(f"pictures/color/{code}.svg")


@register.simple_tag
def change_link(links: Mapping[str, str] | None, topic: str, about: str = "") -> SafeString:
    """A link to where these words are changed, if they can be changed here."""
    address = links.get(topic) if links else None
    if not address:
        return SafeString()
    return format_html(
        '<p class="change"><a href="{}">{}<span class="visually-hidden">: {}</span></a></p>',
        address,
        _("Change this line"),
        about or _("My name"),
    )
