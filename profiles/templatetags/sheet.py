"""What a layout's templates need: where a picture is, and the link that changes a line."""

from collections.abc import Mapping
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from profiles.core.http import jpeg_address
from profiles.sheet.script import language_of
from profiles.sheet.sheet import Entry, Sheet, SheetPhoto
from profiles.topics.pictures import pictures

# A name is read in its own direction, whatever stands beside it.
START: Final = "\u2068"
END: Final = "\u2069"

register = template.Library()


@register.simple_tag
def picture_address(code: str) -> str:
    """Where a browser finds one of our pictures. {% picture_address "2615" %}"""
    return static(pictures()[code].address)


@register.simple_tag
def page_photo(sheet: Sheet, address: str) -> SafeString:
    """The photo beside the name, with what it shows. {% page_photo sheet photo_address %}"""
    if not sheet.photo:
        return SafeString()
    return _photo(sheet.photo, "page-photo", address, sheet.language, _("A photo of me"))


@register.simple_tag
def own_photo(entry: Entry, in_pdf: bool = False) -> SafeString:
    """The photo that its person put beside an answer, with what it shows. {% own_photo entry %}"""
    if not entry.photo:
        return SafeString()
    address = f"asset:photo-{entry.topic}" if in_pdf else jpeg_address(entry.photo.data)
    return _photo(entry.photo, "own-photo", address, entry.language, _("A photo"))


def _photo(photo: SheetPhoto, kind: str, address: str, language: str, unsaid: str) -> SafeString:
    """A photo, with its person's words for what it shows and their language; or with ours."""
    if not photo.alt:
        return format_html('<img class="{}" src="{}" alt="{}" />', kind, address, unsaid)
    return format_html(
        '<img class="{}" src="{}" alt="{}" lang="{}" />',
        kind,
        address,
        photo.alt,
        language_of(photo.alt, language),
    )


@register.simple_tag
def change_link(links: Mapping[str, str] | None, topic: str, about: str = "") -> SafeString:
    """A link to where these words are changed, if they can be changed here."""
    address = links.get(topic) if links else None
    if not address:
        return SafeString()
    return format_html(
        '<p class="change"><a href="{}">{}<span class="visually-hidden">: {}</span></a></p>',
        address,
        _("Change"),
        about or _("My name"),
    )


@register.simple_tag
def said_here(sheet: Sheet, entry: Entry) -> str:
    """Whose words an answer is, as told where it stands. {% said_here sheet entry as who %}"""
    return sheet.said_here(entry)


@register.simple_tag
def side_names(sheet: Sheet) -> SafeString:
    """What every side of a page of several says: whose page it is, and which of how many sides."""
    name = sheet.name or sheet.full_name
    # A long name has no room in a margin.
    heading = _("This page")
    if name and not sheet.name_is_long:
        heading = _("{name}’s page").format(name=f"{START}{name}{END}")
    side = _("side") if sheet.foot_on_first_side else ""
    return format_html(' data-heading="{}" data-side="{}" data-of="{}"', heading, side, _("of"))
