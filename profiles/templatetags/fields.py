"""The boxes of our forms: one tag each, with its template in templates/forms/."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from profiles.language.forms import KindWords
from profiles.topics import pictures
from profiles.topics.find_pictures import LONGEST_SEARCH, find_pictures

register = template.Library()

LIKELY = 5  # tiles shown before somebody asks for all the pictures


@register.inclusion_tag("forms/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """Every error of a form, in reading order. {% error_summary form %}"""
    if not isinstance(form, BaseForm) or not form.errors:
        return {"problems": []}
    problems = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for field in form.visible_fields():
        problems += [{"text": text, "target": _first_control(field)} for text in field.errors]
    for field in form.hidden_fields():
        problems += [{"text": text, "target": ""} for text in field.errors]
    return {"problems": problems}


@register.inclusion_tag("components/kind_words.html")
def kind_words(form: KindWords, send: str = "") -> dict[str, Any]:
    """A thought about the words in a form, before it is sent. {% kind_words form %}

    `send` is what the button says that leaves them as they are.
    """
    return {
        "thoughts": form.thoughts,
        "as_it_is": form.as_it_is,
        "send": send or gettext("Send as it is"),
    }


@register.simple_block_tag
def form_field(content: str, field: BoundField, heading: bool = False) -> SafeString:
    """One question, with help above its box. {% form_field form.text %}…{% endform_field %}"""
    return render_to_string(
        "forms/field.html", {"field": field, "heading": heading, "before_control": content}
    )


@register.simple_tag
def press_field(field: BoundField, heading: bool = False, without: str = "") -> SafeString:
    """A choice that is made by pressing it, which sends the form. {% press_field form.may %}

    `without` is the value of one that needs more said.
    """
    tiles = [tile for tile in field.subwidgets if tile.data["value"] != without]
    chosen = {"field": field, "tiles": tiles, "chosen": field.value()}
    control = render_to_string("forms/press_choices.html", chosen)
    said = {"field": field, "heading": heading, "control": control}
    return render_to_string("forms/field.html", said)


@register.simple_tag
def picture_field(
    field: BoundField,
    likely: str = "",
    looked_for: str | None = None,
    photos: Mapping[str, Any] | None = None,
) -> SafeString:
    """A choice of picture: a few that may suit, and all the others when asked for.

    With `looked_for`, one can be looked for by a word; "" is nothing yet. With `photos`, by their
    values among the choices, a photo of one's own can be put there too.
    {% picture_field form.picture likely=topic.picture looked_for=looked_for %}
    """
    tiles = {str(tile.data["value"]): tile for tile in field.subwidgets}
    chosen = str(field.value() or "")
    own = [{"tile": tiles[value], "photo": photo} for value, photo in (photos or {}).items()]
    chosen = "" if chosen in (photos or {}) else chosen
    few = [code for code in dict.fromkeys(["", chosen, *_suiting(likely)]) if code in tiles][
        :LIKELY
    ]
    found = find_pictures(looked_for or "")
    hits = [each.code for each in found.pictures if each.code in tiles]
    if hits:
        few = [code for code in dict.fromkeys(["", chosen]) if code in tiles and code not in hits]
    others = [
        {
            "title": group.title,
            "tiles": [
                tiles[each.code]
                for each in group.pictures
                if each.code in tiles and each.code not in (*few, *hits)
            ],
        }
        for group in pictures.groups()
    ]
    grid = render_to_string(
        "forms/picture_choices.html",
        {
            "own": own,
            "can_have_photo": photos is not None,
            "few": [tiles[code] for code in few],
            "hits": [tiles[code] for code in hits],
            "others": others,
            "looked_for": looked_for,
            "only_like": found.only_like,
            "can_look": looked_for is not None,
            "longest": LONGEST_SEARCH,
        },
    )
    return render_to_string("forms/field.html", {"field": field, "control": grid})


@register.simple_tag
def topic_field(field: BoundField, parts: Sequence[Mapping[str, Any]]) -> SafeString:
    """The topics of a page to tick, part by part. {% topic_field form.topics parts %}"""
    boxes = render_to_string("forms/topic_choices.html", {"parts": parts})
    return render_to_string("forms/field.html", {"field": field, "control": boxes})


@register.simple_tag
def photo_field(field: BoundField, address: str) -> SafeString:
    """A choice among squares of a photo. {% photo_field form.crop address %}"""
    tiles = {"tiles": field.subwidgets, "address": address}
    grid = render_to_string("forms/photo_choices.html", tiles)
    return render_to_string("forms/field.html", {"field": field, "heading": True, "control": grid})


def _suiting(code: str) -> list[str]:
    """The picture that goes with a question, and its neighbours in the picker."""
    for group in pictures.groups():
        codes = [each.code for each in group.pictures]
        if code in codes:
            return [code, *(each for each in codes if each != code)]
    return []


def _first_control(field: BoundField) -> str:
    """The id an error leads to: of a group, its first control."""
    if field.use_fieldset and field.subwidgets:
        return str(field.subwidgets[0].data["attrs"].get("id", field.auto_id))
    return field.id_for_label or field.auto_id
