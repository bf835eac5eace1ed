"""Pages come out without rows of empty lines, and with every word where it was."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from crispy_forms import utils
from crispy_forms.templatetags import crispy_forms_tags
from django.conf import settings as project_settings
from django.template.loader import get_template
from django.test import override_settings
from django.utils import timezone
from time_machine import travel

from profiles.core.templates import tidy
from profiles.permissions import PERMISSIONS, Who
from tests.structure.everybody import Hall, hall

TEMPLATES = project_settings.BASE_DIR / "templates"
# Parts that stand on lines of their own: no space is needed to keep their words apart.
APART = re.compile(
    r"</?(?:article|body|div|dd|dl|dt|details|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|head|header|html|legend|li|link|main|meta|nav|ol|option|p|script|section|select|"
    r"summary|title|ul)\b[^>]*>|<br>"
)
NOT_OURS = {"account_request_login_code"}  # it holds a form that allauth draws
WHOSE = (Who.OWNER, Who.KEEPER, Who.READER)
SOURCES = {
    "words\n  {% if a %}\nmore\n{% endif %}\nend": "words\n{% if a %}more\n{% endif %}end",
    "{# Why #}\n{% load i18n %}\n<p>": "{# Why #}{% load i18n %}<p>",
    "  {% if a %}<b>x</b>{% endif %}\ny": "{% if a %}  <b>x</b>\n{% endif %}y",
    "{% if a %}x\n{% else %}z{% endif %}\ny": "{% if a %}x\n{% else %}z\n{% endif %}y",
    "{% if a %}x{% elif b %}{% if c %}z{% endif %}{% else %}w{% endif %}\ny": (
        "{% if a %}x\n{% elif b %}{% if c %}z{% endif %}\n{% else %}w\n{% endif %}y"
    ),
    "{% if a %}b{% else %}\n<p>\n{% endif %}\n": "{% if a %}b\n{% else %}<p>{% endif %}",
    '  {% url "a" as b %} {# c #}\n<p>': '{% url "a" as b %}{# c #}<p>',
    "{% more title=a %}\n<p>\n{% endmore %}\n<p>": "{% more title=a %}<p>\n{% endmore %}\n<p>",
    "  {% blocktranslate asvar a %}b{% endblocktranslate %}\n<p>": (
        "{% blocktranslate asvar a %}b{% endblocktranslate %}<p>"
    ),
}  # fmt: skip
AS_THEY_STAND = [
    "{% if a %}x{% endif %} and\n{% if b %}y{% endif %}{% if c %}z{% endif %}\nw",
    '{% tag "One" %}\n{% tag "Two" %}\n{{ three }}\n{{ four }}\nw',
    "{% blocktranslate %}One\n{% plural %}\nmore\n{% endblocktranslate %}\nw",
    "<p>{% blocktranslate %}x{% endblocktranslate %}{% if a %}\n{% endif %}y",
    "{% verbatim %}\n{% if a %}\n{% endif %}\n{% endverbatim %}\nw",
    "<pre>\n{% if a %}\n{% endif %}\n</pre>\nw",
    "<textarea>\n  {% if a %}x{% endif %}\n</textarea>\nw",
]


@pytest.mark.parametrize("source, tidied", SOURCES.items())
def test_a_line_that_only_steers_leaves_nothing_behind(source: str, tidied: str) -> None:
    assert tidy(source) == tidied


@pytest.mark.parametrize("source", AS_THEY_STAND)
def test_what_may_print_or_is_kept_as_written_stays(source: str) -> None:
    assert tidy(source) == source


def test_only_html_is_tidied() -> None:
    written = (TEMPLATES / "exports" / "read_me_first.txt").read_text()
    assert get_template("exports/read_me_first.txt").template.source == written  # type: ignore[attr-defined]
    page = get_template("base.html").template.source  # type: ignore[attr-defined]
    assert page == tidy((TEMPLATES / "base.html").read_text())


@pytest.fixture
def everybody(db: None) -> Hall:
    return hall()


@pytest.fixture
def in_development(settings: Any) -> None:
    settings.LOCAL = True  # for the gallery


@pytest.mark.once
@pytest.mark.usefixtures("in_development")
def test_no_page_has_a_row_of_empty_lines_and_every_word_is_where_it_was(everybody: Hall) -> None:
    with travel(timezone.now(), tick=False):  # some pages say what time it is
        tidied = dict(_pages(everybody))
        _forget_forms()
        with override_settings(TEMPLATES=_read_as_written()):
            written = dict(_pages(everybody))
        _forget_forms()
    assert len(tidied) > 100
    rows = {asked for asked, page in tidied.items() if re.search(r"\n[ \t]+\n|\n\n\n", page)}
    assert {name for _, name in rows} - NOT_OURS == set()
    assert [asked for asked, page in tidied.items() if _words(page) != _words(written[asked])] == []


def _pages(everybody: Hall) -> Iterator[tuple[tuple[Who, str], str]]:
    """Every page that these people may open."""
    for name, door in PERMISSIONS.items():
        for who in WHOSE:
            if who in (door.get or ()):
                answer = everybody.ask(who, name, "GET")
                if answer["Content-Type"].startswith("text/html"):
                    yield (who, name), answer.content.decode()


def _words(page: str) -> list[str]:
    """The words of a page, line by line as they are seen."""
    seen = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    lines = [re.sub(r"<[^>]+>", "", line) for line in APART.sub("\0", seen).split("\0")]
    return [" ".join(line.split()) for line in lines if line.strip()]


def _read_as_written() -> list[dict[str, object]]:
    """The settings for templates that are read as Django reads them by itself."""
    written = copy.deepcopy(project_settings.TEMPLATES)
    del written[0]["OPTIONS"]["loaders"]
    return [written[0] | {"APP_DIRS": True}]


def _forget_forms() -> None:
    """Crispy forms keep their templates for good."""
    utils.default_field_template.cache_clear()
    crispy_forms_tags.whole_uni_form_template.cache_clear()
