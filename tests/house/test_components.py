"""The pieces pages are made of."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings as project_settings
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from profiles.house.gallery import EveryField, PictureForm
from profiles.templatetags.fields import LIKELY
from profiles.topics.pictures import pictures

TEMPLATES = project_settings.BASE_DIR / "templates"
# On every page, by base.html; and what is drawn by another component alone.
STANDING = {"top", "top_links", "foot", "side_by_side_lines"}


def draw(source: str, **values: Any) -> str:
    return Template("{% load components fields %}" + source).render(Context(values))


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
)
def test_every_component_says_how_it_is_used_and_is_in_the_gallery(name: str) -> None:
    gallery = (TEMPLATES / "house" / "gallery.html").read_text()
    opening = (TEMPLATES / "components" / f"{name}.html").read_text().splitlines()[0]
    tag = {"back": "back_link", "saved": "saved_line"}.get(name, name)
    assert opening.startswith("{#")
    assert name in STANDING or f"{{% {tag} " in gallery or f"{{% {tag} %}}" in gallery


def test_the_gallery_is_for_builders_only(client: Client, db: None) -> None:
    assert client.get(reverse("house:gallery")).status_code == 404


def test_the_gallery_opens_in_development(client: Client, db: None, settings: Any) -> None:
    settings.LOCAL = True
    assert client.get(reverse("house:gallery")).status_code == 200


def test_typed_words_never_become_markup() -> None:
    drawn = draw("{% card title=words %}{{ words }}{% endcard %}", words="<script>")
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") == 2


def test_an_error_leads_to_the_first_control_of_its_question() -> None:
    drawn = draw("{% error_summary form %}", form=EveryField({}))
    assert '<a href="#id_talk_0">Choose how you like to communicate</a>' in drawn
    assert '<a href="#id_name">Tell us the name you like to be called</a>' in drawn


def test_an_error_of_the_whole_form_or_of_a_hidden_field_is_said_too() -> None:
    class Hidden(forms.Form):
        number = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("Something else is wrong")

    drawn = draw("{% error_summary form %}", form=Hidden({}))
    assert "There are 2 things to fix" in drawn
    assert "<li>Something else is wrong</li>" in drawn


@pytest.mark.parametrize("form", [None, "", EveryField()])
def test_where_nothing_is_wrong_nothing_is_said(form: Any) -> None:
    assert not draw("{% error_summary form %}", form=form).strip()


def test_a_picture_that_is_not_ours_is_not_drawn() -> None:
    assert not draw("{% picture '../../etc/passwd' %}")
    assert 'alt=""' in draw("{% picture '2615' %}")


@pytest.mark.parametrize("chosen", ["", "2615", "1F642"])
@pytest.mark.parametrize("likely", ["", "2764", "nothing"])
def test_every_picture_can_be_chosen_once(chosen: str, likely: str) -> None:
    form = PictureForm(initial={"picture": chosen})
    drawn = draw("{% picture_field form.picture likely=likely %}", form=form, likely=likely)
    assert drawn.count('type="radio"') == len(pictures()) + 1
    assert all(drawn.count(f'value="{code}"') == 1 for code in ["", *pictures()])
    at_once, _, _ = drawn.partition("<details")
    assert at_once.count('type="radio"') <= LIKELY
    assert f'value="{chosen}"' in at_once


def test_fullness_is_ten_blocks_and_a_sentence() -> None:
    fit = SimpleNamespace(filled=4, lines_over=0, sentence="There is room for more.")
    drawn = draw("{% page_fullness fit %}", fit=fit)
    assert drawn.count("<span") == 10
    assert drawn.count("<span data-full>") == 4
    assert "There is room for more." in drawn


def test_a_page_nobody_could_measure_shows_no_fullness() -> None:
    assert "page-fullness" not in draw("{% page_fullness fit %}", fit=None)


@pytest.mark.parametrize(
    "hour, words",
    [
        (0, "12:05 at night"),
        (7, "7:05 in the morning"),
        (12, "12:05 in the afternoon"),
        (18, "6:05 in the evening"),
    ],
)
def test_a_moment_is_told_in_words(hour: int, words: str) -> None:
    when = datetime(2020, 2, 3, hour, 5, tzinfo=UTC)
    assert draw("{{ when|moment }}", when=when) == f"Monday 3 February 2020, {words}"


def test_a_button_carries_what_it_does_and_what_it_is_about() -> None:
    drawn = draw(
        "{% post_button 'Remove' '/here/' about=about number=3 do='remove' %}", about="Tea & toast"
    )
    assert '<input type="hidden" name="number" value="3">' in drawn
    assert '<input type="hidden" name="do" value="remove">' in drawn
    assert 'Remove<span class="visually-hidden">: Tea &amp; toast</span>' in drawn


def test_a_question_can_be_the_pages_heading() -> None:
    drawn = draw(
        "{% form_field form.again heading=True %}<p>Help</p>{% endform_field %}", form=PictureForm()
    )
    assert '<h1><label class="field-label" for="id_again">' in drawn
    assert drawn.index("Short is good.") < drawn.index("<p>Help</p>") < drawn.index("<input")
    assert 'aria-describedby="id_again_helptext"' in drawn


def test_a_photo_is_chosen_among_its_squares() -> None:
    class Crop(forms.Form):
        crop = forms.ChoiceField(
            label="Which one?", choices=[("left", "Left")], widget=forms.RadioSelect
        )

    drawn = draw("{% photo_field form.crop '/me/photo/file/' %}", form=Crop())
    assert 'src="/me/photo/file/?crop=left&amp;size=small"' in drawn
    assert "<h1>Which one?</h1>" in drawn


def beside(here: str, there: str) -> str:
    drawn = draw(
        "{% side_by_side here there %}",
        here={"title": "Mine", "text": here},
        there={"title": "Theirs", "text": there, "language": "cy", "notes": ["Said by Dee"]},
    )
    return " ".join(drawn.split())


def test_of_two_texts_what_is_in_one_alone_is_marked_by_a_word_and_a_border() -> None:
    drawn = beside("Tea.\nThen <talk>.", "Coffee.\nThen <talk>.")
    assert drawn.count("data-only") == drawn.count("Only here") == 3  # two lines, and who said it
    assert '<li dir="auto">Then &lt;talk&gt;.</li>' in drawn
    assert 'lang="cy"' in drawn


def test_a_line_that_is_said_twice_has_to_be_there_twice() -> None:
    assert beside("Tea.\nTea.", "Tea.").count("data-only") == 2  # and who said it


def test_the_same_lines_in_another_order_are_said_to_be_that() -> None:
    assert "The same lines, in another order." in beside("Tea.\nTalk.", "Talk.\nTea.")
    assert "in another order" not in beside("Tea.\nTalk.", " Tea. \n\nTalk.")


def test_where_there_is_no_text_that_is_said() -> None:
    assert "Nothing" in beside("", "Tea.")


@pytest.mark.parametrize("for_someone, words", [(False, "Mine"), (True, "Theirs")])
def test_words_are_chosen_by_whose_page_it_is(for_someone: bool, words: str) -> None:
    page = SimpleNamespace(for_someone=for_someone)
    assert draw('{% for_whom page _("Mine") _("Theirs") %}', page=page) == words
    kept = '{% for_whom page _("Mine") _("Theirs") as chosen %}{{ chosen }}'
    assert draw(kept, page=page) == words
    assert draw('{% for_whom page _("Mine") _("Theirs") %}') == "Mine"
