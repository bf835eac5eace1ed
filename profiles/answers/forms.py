"""What every form asks in which somebody writes an answer: the words, and who may see them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from profiles.answers import rules
from profiles.answers.models import LONGEST_ANSWER
from profiles.answers.raising import Asking
from profiles.core.form_fields import OneLine, plain_helper
from profiles.core.letters import without_list_mark
from profiles.core.names import CALL_ME, MOST_LETTERS, letters, split_name
from profiles.topics.topic import Topic

TOO_LONG_A_NAME: Final = (
    f"A name has room for {MOST_LETTERS} letters. Put the rest in the box below, then save"
)
FOR_ME = [("no", "It can go on my page"), ("yes", "Only me, for now")]
FOR_SOMEONE = [("no", "It can go on their page"), ("yes", "Only them and me, for now")]
FAR_TOO_LONG = 5 * LONGEST_ANSWER
MOST_SIGNS: Final = 1_000  # in a name: some letters that people see are made of a dozen
MOST_ROWS = 2_147_483_646  # under one topic: what the database can number, but for the next


class RaiseForm(forms.Form):
    """Which of these lines should stand at the top of the page too? Nothing is ticked."""

    lines = forms.MultipleChoiceField(
        label="Which of these should stand at the top too?",
        help_text="The others stay where they are.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick what should stand at the top. Or press “No”",
            "invalid_choice": "Choose from what is in the list",
            "invalid_list": "Choose from what is in the list",
        },
    )
    seen = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, found: Asking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbered = {str(found.answer.lines.index(line)): line for line in found.lines}
        field = self.fields["lines"]
        field.choices = list(self.numbered.items())  # type: ignore[attr-defined]
        if len(self.numbered) == 1:  # a yes is enough
            field.widget, field.initial = forms.MultipleHiddenInput(), list(self.numbered)
        self.helper = plain_helper(*self.fields)

    @property
    def chosen(self) -> list[str]:
        """The lines that were ticked."""
        return [self.numbered[number] for number in self.cleaned_data["lines"]]


def tidied(text: str) -> str:
    """Words, one thing a line, with nothing taken away but empty space at the ends, and the marks
    of a list.
    """
    return "\n".join(without_list_mark(line).rstrip() for line in text.splitlines()).strip()


def is_far_too_long(text: str) -> bool:
    """Is it so long that it is not even worth taking apart, line by line?"""
    return len(text.strip()) > FAR_TOO_LONG


def words_under(topic: Topic, typed: str) -> str:
    """The words, tidied.

    Raises ValidationError, with the sentence to show, when they cannot be kept.
    """
    text = typed.strip() if is_far_too_long(typed) else tidied(typed)
    verdict = rules.may_say(topic, text)
    if not verdict:
        raise forms.ValidationError(verdict.reason)
    return text


class AnswerForm(forms.Form):
    """Where an answer is written: one box; but what to call somebody has one for the name alone.

    What else is typed into that box goes into the other, and both are shown before anything is
    saved: the form is not valid then, and has no errors.
    """

    box: ClassVar[str]  # the field that holds the words, or all but the name
    may_be_blank: ClassVar[bool] = True
    without_name: str = "Tell us the name you like to be called"

    called = OneLine(most=MOST_SIGNS)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        topic: Topic,
        half_typed: bool = False,
        **kwargs: Any,
    ) -> None:
        self.topic, self.half_typed = topic, half_typed
        self.is_parted = False  # did more than a name stand where the name does?
        if self.asks_name and data is not None:
            data = self._parted_data(data)
        elif self.asks_name:
            kwargs["initial"] = self._parted_initial(kwargs.get("initial") or {})
        super().__init__(data, **kwargs)
        if self.asks_name:
            self._label()
        else:
            del self.fields["called"]
            self.fields[self.box].label = topic.question
            self.fields[self.box].help_text = topic.hint

    @property
    def asks_name(self) -> bool:
        """Is there a box for the name?"""
        return self.topic.key == CALL_ME

    @property
    def asks_words_alone(self) -> bool:
        """Is there one box, which the question is about?"""
        return not self.asks_name

    @property
    def said(self) -> str:
        """What was typed, as one answer: the name on the first line."""
        words = str(self.cleaned_data.get(self.box, ""))
        if not self.asks_name:
            return words
        return f"{self.cleaned_data.get('called', '')}\n{words}".rstrip()

    def typed_in(self, language: str) -> None:
        """Let browsers, and voices that read out, know the language of what stands in the boxes."""
        for name in ("called", self.box):
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language

    def is_valid(self) -> bool:
        """Can this be taken now: is all of it right, and has whoever typed it seen both boxes?"""
        return super().is_valid() and not self.is_parted

    def clean_called(self) -> str:
        """The name, if it is short enough to be one."""
        name: str = self.cleaned_data["called"]
        if (count := letters(name)) > MOST_LETTERS and not self.half_typed:
            raise forms.ValidationError(f"That is {count} letters. {TOO_LONG_A_NAME}")
        return name

    def clean(self) -> dict[str, Any]:
        """The rest needs a name above it, and both are one answer."""
        given = super().clean() or self.cleaned_data
        if self.asks_name and {"called", self.box} <= given.keys():
            is_blank = not given[self.box] and self.may_be_blank
            if not given["called"] and not is_blank and not self.half_typed:
                self.add_error("called", self.without_name)
            elif not (verdict := rules.may_say(self.topic, self.said)):
                self.add_error(self.box, verdict.reason)
        return given

    def _label(self) -> None:
        name, words = self.fields["called"], self.fields[self.box]
        name.label, name.help_text = self.topic.question, self.topic.hint
        name.error_messages["max_length"] = f"That is too long. {TOO_LONG_A_NAME}"
        name.widget.attrs["spellcheck"] = "false"
        name.is_needed_then = True  # type: ignore[attr-defined]
        words.required = False
        words.label = "How to say it, and what not to call you"
        words.help_text = "One thing a line."

    def _parted_data(self, data: QueryDict) -> QueryDict:
        """What was sent, with the name alone in its box. Half a name is left as it is."""
        called, words = data.get("called"), data.get(self.box, "")
        if called is None:  # from a window that was opened when there was one box for both
            called, _, words = words.lstrip().partition("\n")
        name, more = called, ""
        if not self.half_typed and len(called) <= FAR_TOO_LONG:
            name, more = split_name(called)
        data = data.copy()
        if more:
            self.is_parted = True
            called, words = name, "\n".join(filter(None, [more, words]))
        data["called"], data[self.box] = called, words
        return data

    def _parted_initial(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        called, _, words = str(initial.get(self.box, "")).partition("\n")
        name, more = split_name(called)
        self.is_parted = bool(more)
        words = "\n".join(filter(None, [more, words]))
        return {**initial, "called": name if more else called, self.box: words}
