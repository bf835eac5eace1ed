"""A form in which somebody writes about a person, and is offered a thought about their words."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from profiles.language.hints import Hint, each_once, hints

AS_IT_IS: Final = "as_it_is"  # the button that sends words unchanged


@dataclass(frozen=True)
class Thought:
    """A hint about the words in one box of a form."""

    hint: Hint
    field: BoundField


class KindWords(forms.Form):
    """Shows hints once, beside the words, before it is taken. It never blocks and never changes.

    With hints to show it is not valid and has no errors: the view shows it again, filled, with
    `{% kind_words form %}`. The button there sends the words as they are.
    """

    thinks_about: ClassVar[tuple[str, ...]] = ()  # the boxes whose words the person will read

    def is_valid(self) -> bool:
        """Can this be taken now: is all of it right, and are there no hints to show first?"""
        return super().is_valid() and not self.thoughts

    @cached_property
    def thoughts(self) -> list[Thought]:
        """The hints to show, once everything else is right. None about words that stood there."""
        if not self.is_bound or self.errors or self.as_it_is:
            return []
        return [
            Thought(hint, self[name])
            for name in self.thinks_about
            if name in self.changed_data
            for hint in each_once(hints(self.cleaned_data[name]))
        ]

    @property
    def as_it_is(self) -> bool:
        """Have they seen the hints, and want it sent as it is?"""
        return self.is_bound and AS_IT_IS in self.data
