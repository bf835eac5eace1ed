"""Every box for a code takes what people paste: it is cut nowhere before it is read."""

import pytest

from profiles.accounts.forms import NewEmailCodeForm, SignInCodeForm
from profiles.clinics.forms import ViewerForm
from profiles.core import codes
from profiles.reading.forms import DoorstepForm, TypedCodeForm
from profiles.sharing.models import Share
from profiles.workers.forms import AskToReadForm

BOXES = [
    SignInCodeForm()["code"],
    NewEmailCodeForm()["code"],
    TypedCodeForm()["code"],
    AskToReadForm()["code"],
    ViewerForm()["passcode"],
    DoorstepForm(share=Share(passcode_set=True), has_card=False)["passcode"],
]


@pytest.mark.parametrize("form", [TypedCodeForm, AskToReadForm])
def test_no_keyboard_makes_a_word_of_a_code(form):
    box = str(form()["code"])
    for said in ('autocapitalize="characters"', 'autocorrect="off"', 'spellcheck="false"'):
        assert said in box


@pytest.mark.parametrize("box", BOXES, ids=lambda box: type(box.form).__name__)
def test_a_box_for_a_code_takes_a_whole_message(box):
    message = f"{'Hello! ' * 400}Your code is 7KQ3-M9XT."
    assert "maxlength" not in str(box)
    assert box.field.clean(message) == message
    assert box.field.max_length in {None, codes.LONGEST_PASTE}
