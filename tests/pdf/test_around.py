"""The words around the answers, which take room too: those that are measured are those printed."""

import re
from datetime import date

from django.utils.html import strip_tags

from profiles.door.stamp import stamped
from profiles.pdf.around import below_the_name, is_it_newest, small_print
from profiles.pdf.printing import render_job_for
from profiles.sheet.sheet import Sheet, SheetAnswer
from tests.sheet.factories import TODAY, make_sheet

DEE = "my sister Dee"
DAY = re.compile(r"\d+ [A-Z][a-z]+ 20\d\d")


def printed(sheet: Sheet) -> str:
    """The words of the page, with every day as the one that is measured."""
    said = strip_tags(render_job_for(sheet).html.replace("</p>", " "))
    said = re.sub("[\u2066-\u2069]", "", said)
    return DAY.sub("30 September 2026", " ".join(said.split()))


def full() -> Sheet:
    said = [SheetAnswer(topic="call_me", text="Jo\nSay it like “joe”.")]
    said += [SheetAnswer(topic=topic, text="Tea.", said_by=DEE) for topic in ("calm", "people")]
    sheet = make_sheet(
        said,
        full_name="Joanna Bloggs",
        helped_by=("Dee", "Amir"),
        checked_on=TODAY,
    )
    return stamped(sheet, code="7KQ3M9XT", made_for="Ward 4", check_by=date(2027, 2, 28))


def test_what_is_measured_is_what_is_printed() -> None:
    sheet = full()
    page, below = printed(sheet), [*below_the_name(sheet)]
    assert below[0] == "Say it like “joe”." and "My full name is Joanna Bloggs" in below
    assert sheet.voice and below[-1] == sheet.voice.sentence
    for line in (*below, is_it_newest(sheet), small_print(sheet)):
        assert " ".join(line.split()) in page
    for said in ("Made for Ward 4", "Edition 3.", "Please ask", "Checked with Jo", "Dee, Amir."):
        assert said in small_print(sheet)
    assert "Pictures: " in small_print(sheet) and "7KQ3" in is_it_newest(sheet)
