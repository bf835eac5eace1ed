"""What stands on every page and never changes is drawn once in each language."""

from typing import Final

from django import template
from django.template.base import Node, NodeList, Parser, TextNode, Token, Variable
from django.template.context import Context
from django.template.defaulttags import LoadNode, URLNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

CONSTANT: Final = (TextNode, LoadNode, StaticNode, TranslateNode, URLNode)


class OnceNode(Node):
    """Its contents, as they were drawn the first time."""

    def __init__(self, nodelist: NodeList) -> None:
        self._nodelist = nodelist
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self._drawn:
            self._drawn[language] = self._nodelist.render(context)
        return self._drawn[language]


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Draw this once: addresses and words that stand on every page. {% once %}…{% endonce %}

    Nothing in it may depend on who asks, or for what: anything else is a TemplateSyntaxError.
    """
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    for node in nodelist:
        if not isinstance(node, CONSTANT) or _asks(node):
            held = node.token.contents if node.token else node
            raise template.TemplateSyntaxError(f"{{% once %}} cannot hold {held}")
    return OnceNode(nodelist)


def _asks(node: Node) -> bool:
    """Does it take something from the page that it stands on, or give it something?"""
    if isinstance(node, URLNode):
        return bool(node.args or node.kwargs or node.asvar) or _is_taken(node.view_name.var)
    if isinstance(node, TranslateNode):
        return bool(node.asvar) or _is_taken(node.filter_expression.var)
    return isinstance(node, StaticNode) and (bool(node.varname) or _is_taken(node.path.var))


def _is_taken(var: object) -> bool:
    """Is this a name, of something that the page has?"""
    return isinstance(var, Variable) and var.lookups is not None
