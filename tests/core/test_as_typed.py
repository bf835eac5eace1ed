"""Numbers and addresses are set apart, so that they stand as they were typed."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from profiles.core.as_typed import CLOSE, OPEN, as_text, pieces
from profiles.templatetags.words import as_typed, as_typed_text


@pytest.mark.parametrize(
    "text, apart",
    [
        ("07700 900123", ["07700 900123"]),
        ("(0191) 496 0000", ["(0191) 496 0000"]),
        ("10:30 - 12:00", ["10:30 - 12:00"]),
        ("2.5", ["2.5"]),
        ("?!", ["?!"]),
        ("دينا 07700 900123", ["07700 900123"]),
        ("دينا +44 (0)7700 900123.", ["+44 (0)7700 900123"]),
        ("دينا (07700 900123)", ["(07700 900123)"]),
        ("دينا (07700 900123 مساء)", ["07700 900123"]),
        ("دينا - 07700-900-123؛ أو", ["07700-900-123"]),
        ("هاتف ٠٧٧٠٠ ٩٠٠١٢٣", ["٠٧٧٠٠ ٩٠٠١٢٣"]),
        ("موعد 12/05/2026", ["12/05/2026"]),
        ("من 10:30 am - 12:00 pm", ["10:30 am - 12:00 pm"]),
        ("السعر £5.50 أو 20% أو -5°", ["£5.50", "20%", "-5°"]),
        ("١، ٢، ٣", ["١", "٢", "٣"]),
        ("شاي 1, 2, 3", ["1", "2", "3"]),
        ("בין 5-6 פעמים", ["5-6"]),
        ("ב-12:00", ["12:00"]),
        ("leila.1990@mail.example دينا", ["leila.1990@mail.example"]),
        ("انظر https://ar.example.org/wiki/مصر.", ["https://ar.example.org/wiki/مصر"]),
        ("(example.org/a/) ثم", ["example.org/a/"]),
        ("call دينا 07700 900123", ["07700 900123"]),
        ("دينا\n07700 900123\n12-14", ["07700 900123", "12-14"]),
    ],
)
def test_what_could_be_turned_round_is_set_apart(text: str, apart: list[str]) -> None:
    assert [piece for piece, is_apart in pieces(text) if is_apart] == apart


@pytest.mark.parametrize("text", ["", "12", "Tea at 10:30", "دينا", "+", "Ring 07700 900123."])
def test_what_cannot_be_turned_round_is_left_alone(text: str) -> None:
    assert as_text(text) == as_typed(text) == text


@given(st.text(st.sampled_from("aבد 0٣12-+():/.@,£%\n\u0301<&")))
def test_no_letter_is_lost_or_moved(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text
    assert as_text(text).replace(OPEN, "").replace(CLOSE, "") == text


def test_on_a_screen_it_is_an_element_and_everything_is_escaped() -> None:
    template = Template("{% load words %}{{ said|as_typed }}")
    assert template.render(Context({"said": "<b>دينا 07 & 08"})) == (
        '&lt;b&gt;دينا <bdi dir="ltr">07 &amp; 08</bdi>'
    )
    assert template.render(Context({"said": mark_safe("<b>1</b> د 2")})) == "<b>1</b> د 2"
    assert template.render(Context({"said": None})) == ""


def test_names_in_a_sentence_are_set_apart_each_and_escaped() -> None:
    template = Template('{% load words %}{{ said|each_as_typed|join:"; " }}')
    assert template.render(Context({"said": ["دينا 07 08", "<b>", "09 10"]})) == (
        '<bdi>دينا <bdi dir="ltr">07 08</bdi></bdi>; &lt;b&gt;; <bdi dir="ltr">09 10</bdi>'
    )


@pytest.mark.parametrize(
    "html, title",
    [
        ("دينا 07 08 sees", f"دينا {OPEN}07 08 sees{CLOSE}"),
        ("What &lt;b&gt; sees &#x27;07&#x27;", "What &lt;b&gt; sees &#x27;07&#x27;"),
        ("دينا &#x27;&amp;", "دينا &#x27;&amp;"),
        ("Tea at 10:30 – Tell it once", "Tea at 10:30 – Tell it once"),
    ],
)
def test_in_a_title_they_are_set_apart_by_characters_alone(html: str, title: str) -> None:
    assert as_typed_text(html) == title
