"""How full the page is, measured by the engine that prints it."""

from django import template
from django.urls import reverse

from profiles.answers.actions import Words
from profiles.door import door
from profiles.door.in_sizes import WayToPrint, other_sizes
from profiles.door.measure import fit_of, guessed_fit_of
from profiles.pages.models import Profile
from profiles.pdf.fit import Fit
from profiles.sheet.sheet import Sheet
from profiles.topics.load import load
from profiles.topics.lookup import write_url

register = template.Library()


@register.simple_tag
def fullness(page: Profile, topic: str = "", words: Words | None = None) -> Fit | None:
    """The fit of the page, with these words on it. {% fullness page topic.key words as fit %}

    None when the engine is busy or the words cannot be printed: the row then shows nothing.
    """
    return fit_of(door.rehearse(page, topic=topic, words=words), page.key)


@register.simple_tag
def fullness_while_typing(page: Profile, topic: str, words: Words) -> Fit | None:
    """The same, guessed where there is room enough for a guess to be off.

    {% fullness_while_typing page topic.key words as fit %}
    """
    return guessed_fit_of(door.rehearse(page, topic=topic, words=words), page.key)


@register.simple_tag
def sizes_of(sheet: Sheet, address: str) -> list[WayToPrint]:
    """The other sizes a page can be printed in. {% sizes_of sheet address as sizes %}"""
    return [*other_sizes(sheet, address)]


@register.simple_tag
def keep_off(fit: Fit) -> list[str]:
    """The titles of the answers without which the rest has room. {% keep_off fit as enough %}"""
    topics = load()
    return [topics.topic(key).title for key in fit.keep_off]


@register.simple_tag
def page_picture(page: Profile) -> str:
    """Where the picture of a page is; "" while nothing is on it. {% page_picture page as at %}"""
    on_it = page.answers.current().for_readers()
    return f"{reverse('door:picture')}?of={page.key}" if on_it.exists() else ""


@register.filter
def longest_answers(fit: Fit) -> list[dict[str, object]]:
    """The longest answers, each with where it is changed. {{ fit|longest_answers }}"""
    topics = load()
    return [
        {"title": topics.topic(key).title, "url": write_url(topics.topic(key)), "lines": lines}
        for key, lines in fit.longest
    ]
