"""What never changes is drawn once, and nothing else can be put there."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation

from profiles.templatetags import once

LOAD = "{% load i18n once static words %}"


def test_it_draws_what_stands_in_it():
    page = Template(
        f"{LOAD}{{% once %}}<a href=\"{{% url 'house:help' %}}\">Help</a>{{% endonce %}}!"
    )
    for _ in range(2):
        assert page.render(Context()) == f'<a href="{reverse("house:help")}">Help</a>!'


def test_it_is_drawn_once_in_each_language(monkeypatch):
    drawn = []
    node = Template(f"{LOAD}{{% once %}}Help{{% endonce %}}").nodelist.get_nodes_by_type(
        once.OnceNode
    )[0]
    draw = node._nodelist.render
    monkeypatch.setattr(node._nodelist, "render", lambda context: drawn.append(1) or draw(context))
    for language in ("en-gb", "en-gb", "cy", "en-gb", "cy"):
        with translation.override(language):
            assert node.render(Context()) == "Help"
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "held",
    [
        "{{ sheet.name }}",
        "{% if sheet %}yes{% endif %}",
        "{% url 'door:check' code %}",
        "{% url where %}",
        "{% url 'house:help' as address %}",
        "{% static name %}",
        "{% static 'icons/mark.svg' as icon %}",
        "{% translate word %}",
        "{% translate 'Help' as word %}",
        "{% csrf_token %}",
        "{% include 'components/foot.html' %}",
        "<p>{{ 'word'|upper }}</p>",
    ],
)
def test_whatever_may_differ_is_refused(held):
    with pytest.raises(TemplateSyntaxError, match="once"):
        Template(f"{LOAD}{{% once %}}{held}{{% endonce %}}")
