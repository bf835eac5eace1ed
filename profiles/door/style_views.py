"""How it looks: the layout, the colours and the paper of a page, chosen by pictures of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.core.http import form_page, posted, too_many
from profiles.core.rate_limits import may_print
from profiles.door import door
from profiles.door.files import busy, file_not_made
from profiles.pages.actions import choose_style
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing.actions import choose_layout
from profiles.sharing.decorators import with_my_share
from profiles.sharing.models import Share
from profiles.sheet.beside import PICTURES
from profiles.sheet.catalogue import layouts
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import THEMES

# Whatever is chosen from, by its key: each has a title.
KINDS: Final[Mapping[str, Callable[[], Mapping[str, Any]]]] = MappingProxyType(
    {
        "layout": layouts,
        "theme": lambda: THEMES,
        "size": lambda: {key: size for key, size in SIZES.items() if not size.is_small},
        "pictures": lambda: PICTURES,
    }
)
WIDTH: Final = 240  # of each page in the picture, in dots
CHOOSE: Final = dict.fromkeys(["required", "invalid_choice"], "Choose one of these")


@dataclass(frozen=True)
class Option:
    """One of the styles to choose from, and where its picture is in the row of pictures."""

    key: str
    title: str
    lead: str
    at: int
    is_chosen: bool


class StyleForm(forms.Form):
    """Four choices. Each has an answer already, and none has to be changed."""

    layout = forms.ChoiceField(error_messages=CHOOSE)
    theme = forms.ChoiceField(error_messages=CHOOSE)
    size = forms.ChoiceField(error_messages=CHOOSE)
    pictures = forms.ChoiceField(error_messages=CHOOSE)
    ask_me = forms.BooleanField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, known in KINDS.items():
            self.fields[name].choices = [(key, key) for key in known()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, str]:
        """The choices, if the layout comes in that size."""
        chosen: dict[str, str] = super().clean() or {}
        layout = layouts().get(chosen.get("layout", ""))
        if layout and chosen.get("size") not in layout.sizes:
            self.add_error("size", _("This layout does not come in that size. Choose another"))
        return chosen


class ForReaderForm(forms.Form):
    """One choice: a layout, or the one that the page has itself."""

    layout = forms.ChoiceField(required=False, error_messages=CHOOSE)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["layout"].choices = [(key, key) for key in layouts()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def choose(request: HttpRequest, page: Profile) -> HttpResponse:
    """Choose how the page looks, by pictures of it."""
    now = {kind: getattr(page, kind) for kind in KINDS}
    form = StyleForm(posted(request), initial={**now, "ask_me": page.ask_me})
    if form.is_valid():
        choose_style(page, **form.cleaned_data)
        mine = _("Done. Your page looks like this from now on.")
        theirs = _("Done. Their page looks like this from now on.")
        messages.success(request, theirs if page.for_someone else mine)
        return redirect("door:page")
    chosen = {name: form[name].value() for name in now}
    return form_page(
        request,
        "door/style.html",
        {
            "page": page,
            "form": form,
            "layouts": [*_options("layout", chosen)],
            "themes": [*_options("theme", chosen)],
            "sizes": [*_options("size", chosen)],
            "pictures": [*_options("pictures", chosen)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_my_share
def choose_for_reader(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Choose how the page is set out for one reader: a ward may get another than a school."""
    if not share.is_current():
        return redirect("sharing:share", share.ref)
    form = ForReaderForm(posted(request), initial={"layout": share.layout})
    if form.is_valid():
        with suppress(Share.DoesNotExist):  # it was stopped in another window meanwhile
            choose_layout(share=share, by=person, **form.cleaned_data)
        return redirect("door:as_reader", share.ref)
    chosen = {"layout": form["layout"].value()}
    context = {
        "page": share.profile,
        "share": share,
        "form": form,
        "layouts": [*_options("layout", chosen)],
        "as_mine": not chosen["layout"],
    }
    return form_page(request, "door/style_for_reader.html", context)


@require_safe
@with_page
def picture(request: HttpRequest, page: Profile, what: str) -> HttpResponse:
    """The page in each layout, theme, size, or with each kind of pictures: side by side in one."""
    if what not in KINDS:
        raise Http404
    if request.method == "HEAD":
        return file_not_made("image/webp", {})
    try:
        with printing.place():
            if not may_print(request):
                return too_many(request)
            sheets = [door.try_on(page, **{what: key}) for key in KINDS[what]()]
            return HttpResponse(printing.draw_album(sheets, WIDTH), content_type="image/webp")
    except (printing.Busy, printing.TooHard):
        return busy(request)


def _options(kind: str, chosen: Mapping[str, str]) -> Iterator[Option]:
    for at, (key, each) in enumerate(KINDS[kind]().items()):
        yield Option(key, each.title, getattr(each, "lead", ""), at, key == chosen[kind])
