"""Printing a page for those who write it: opened once, made, and only then written down. Or drawn.

A page that is too long, or that the engine cannot make, leaves no paper and no line in the log: it
was not printed. Readers' pages go another way (see `reader_views.read_pdf`): that they asked for
paper, and did not get it, is told to the person in those words.
"""

from dataclasses import dataclass

from django.db import transaction

from profiles.accounts.models import User
from profiles.core import codes
from profiles.door import door, paper_codes
from profiles.door.in_sizes import in_size
from profiles.door.stamp import stamped
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.pdf.fit import DrawnPage, MadePage
from profiles.pdf.made_once import First, nothing
from profiles.sharing.models import Share
from profiles.sheet.sheet import Sheet

NO_CODE = "0" * codes.CODE_LENGTH  # it opens and tells nothing


class LettersMissing(Exception):
    """The page can be printed only with boxes for letters that no font here has."""

    def __init__(self, sheet: Sheet, letters: tuple[str, ...]) -> None:
        super().__init__("Some letters cannot be printed.")
        self.sheet, self.letters = sheet, letters


@dataclass(frozen=True, kw_only=True)
class OwnPaper:
    """A page that was printed for those who write it, and is not written down yet."""

    profile: Profile
    share: Share | None
    sheet: Sheet
    code: str
    is_written: bool  # it was printed before, and says the same
    made: MadePage

    @property
    def pdf(self) -> bytes:
        """The file."""
        return self.made.pdf

    @property
    def unprintable(self) -> tuple[str, ...]:
        """The letters that came out as boxes."""
        return self.made.unprintable

    def keep(self) -> None:
        """Write it down. The page is held by whoever calls this."""
        paper_codes.keep_own(self.profile, self.sheet, self.share, self.code)


def print_own_page(
    profile: Profile,
    *,
    by: User | None,
    share: Share | None = None,
    layout: str = "",
    size: str = "",
    with_boxes: bool = True,
    first: First = nothing,
) -> MadePage:
    """The page on paper: as everybody gets it, or as one share's reader does, to hand it over; in
    its own layout and size, or in another layout, or another size of its layout's. `first` this is
    done, if it has to be made and is not there from before.

    Raises DoesNotFit, TooHard or Busy as the printing does; and LettersMissing where letters would
    come out as boxes, unless they may. A share that is not given, or is over, makes no paper that
    can be checked.
    """
    share = _as_it_is_now(share) if share else None
    opened = door.as_reader(share) if share else door.to_print(profile, layout_key=layout)
    sheet = in_size(opened, size)
    if share and not share.is_current():
        return printing.make_own_pdf(on_paper(sheet, NO_CODE, share), first)
    return print_sheet(
        sheet, profile=profile, by=by, share=share, with_boxes=with_boxes, first=first
    )


def _as_it_is_now(share: Share) -> Share:
    """This share, which may have changed while whoever prints waited for their turn."""
    found = share.profile.shares.filter(pk=share.pk).with_profile(share.profile)
    return found[0] if found else share  # gone with its page: whoever holds that is told


def print_sheet(
    sheet: Sheet,
    *,
    profile: Profile,
    by: User | None = None,
    share: Share | None = None,
    with_boxes: bool = True,
    first: First = nothing,
) -> MadePage:
    """A sheet that came through the door, on paper; and then the paper and the log."""
    paper = paper_of(sheet, profile=profile, share=share, first=first)
    if paper.unprintable and not with_boxes:
        raise LettersMissing(sheet, paper.unprintable)
    if paper.is_written and not door.keeps(profile, by):
        return paper.made  # there is nothing to write
    with transaction.atomic():
        profile.lock()
        paper.keep()
        door.note_printed(profile, by=by, edition=sheet.edition)
    return paper.made


def paper_of(
    sheet: Sheet, *, profile: Profile, share: Share | None = None, first: First = nothing
) -> OwnPaper:
    """A sheet that came through the door, on paper. It is written down by its `keep`."""
    same = paper_codes.own_paper(profile, sheet, share)
    code = same.code if same else paper_codes.own_code(profile, sheet, share)
    made = printing.make_own_pdf(on_paper(sheet, code, share), first)
    return OwnPaper(
        profile=profile,
        share=share,
        sheet=sheet,
        code=code,
        is_written=same is not None,
        made=made,
    )


def draw_own_page(sheet: Sheet, first: First = nothing) -> DrawnPage | None:
    """The page as it would be printed now, as a picture. Nothing is written down: it is no paper.

    None when the engine is busy or cannot lay these words out: nobody's writing waits for it.
    `first` this is done, if it is not drawn from before.
    """
    try:
        return printing.draw_page(as_printed(sheet), first)
    except (printing.Busy, printing.TooHard):
        return None


def as_printed(sheet: Sheet) -> Sheet:
    """The sheet with the stamp of a paper that nobody has: for pictures."""
    return on_paper(sheet, NO_CODE)


def on_paper(sheet: Sheet, code: str, share: Share | None = None) -> Sheet:
    """The sheet with its stamp: for whom, until when, and the code by which it is checked."""
    return stamped(
        sheet,
        code=code,
        made_for=share.reader_name if share else "",
        check_by=paper_codes.check_by(share, sheet.made_on),
    )
