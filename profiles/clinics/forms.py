"""What the viewer asks of somebody at a clinic. A script reads it: no form is sent."""

from django import forms

from profiles.clinics.asked import MOST_LETTERS
from profiles.core import codes
from profiles.core.form_fields import OneLine, Typed


class ViewerForm(forms.Form):
    """Who opens the page, and with which passcode, where the link has one."""

    recipient = OneLine(
        label="Where do you work?",
        help_text="Such as: Ward 4, City Hospital. The person sees it in their list.",
        missing="Tell the person where you work",
        autocomplete="organization",
        most=MOST_LETTERS,
    )
    passcode = Typed(
        label="The passcode",
        help_text="6 numbers. The person can tell you.",
        missing="Type the passcode",
        most=codes.LONGEST_PASTE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
