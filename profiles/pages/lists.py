"""A list of people: short enough to read, and searched by name where it is not.

A name that is searched for is posted: it stands in no address, and so in no log or history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from profiles.core.form_fields import OneLine
from profiles.core.http import posted
from profiles.topics.stems import words_of

MANY: Final = 10  # people or more: then there is a search
A_PAGE: Final = 30
LONGEST_SEARCH: Final = 100
# Letters that are typed for one another, and that no rule of Unicode takes for the same.
ALIKE: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": None,
    }
)  # fmt: skip

Row = TypeVar("Row")


class FindForm(forms.Form):
    """A name, or a part of one."""

    words = OneLine(label="Find somebody by their name", missing="Type a name", most=LONGEST_SEARCH)


@dataclass(frozen=True, kw_only=True)
class Listed(Generic[Row]):
    """The part of a list that is shown."""

    rows: Sequence[Row]
    page: Page[Row]
    form: FindForm | None  # none: there are too few to search
    found: int | None  # how many have the name that was searched for; none: nobody searched

    @property
    def status(self) -> int:
        """What the page is answered with: 422 where the search is to be mended."""
        return 422 if self.form and self.form.errors else 200


def listed(
    request: HttpRequest | None,
    everybody: Sequence[Row],
    names: Callable[[Sequence[Row]], Sequence[str]],
) -> Listed[Row]:
    """A page of the list; or, where somebody searched, the first of those who have such a name.

    `names` says what each is called, as far as whoever searches may see it.
    """
    sent = posted(request) if request else None
    form = FindForm(sent) if len(everybody) >= MANY else None
    typed = form.cleaned_data["words"] if form and form.is_valid() else ""
    if not typed:
        page = Paginator(everybody, A_PAGE).get_page(request.GET.get("page") if request else 1)
        return Listed(rows=list(page.object_list), page=page, form=form, found=None)
    called = zip(everybody, names(everybody), strict=True)
    rows = [row for row, name in called if is_called(name, typed)]
    page = Paginator(rows, A_PAGE).get_page(1)
    return Listed(rows=list(page.object_list), page=page, form=form, found=len(rows))


def is_called(name: str, typed: str) -> bool:
    """Is every word that was typed a part of this name? Accents and capitals do not matter."""
    there, wanted = _letters(name), _letters(typed)
    if not wanted:  # signs alone
        return typed in name
    return all(any(word in each for each in there) for word in wanted)


def _letters(words: str) -> list[str]:
    return words_of(words.casefold().translate(ALIKE))
