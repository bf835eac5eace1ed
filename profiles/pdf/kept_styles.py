"""A filled template as WeasyPrint takes it, and the styles of its elements, kept for others.

WeasyPrint finds anew for every page what each rule says of each element: a third of the time of a
page. Two elements of one tag, class, language and direction, with the same above and before them,
have the same styles on every page. What those depend on is all that is kept: never a word. This
stands on the inside of WeasyPrint 70.0, as the shortcuts do, and is checked with them.
"""

import sys
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2
from cssselect2 import parser
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.css import (
    StyleFor,
    declaration_precedence,
    find_style_attributes,
    media_queries,
    preprocess_declarations,
)
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document
from weasyprint.images import get_image_from_uri
from weasyprint.layout import LayoutContext
from weasyprint.layout.page import PageType

from profiles.pdf.heard import RendererFault
from profiles.pdf.shortcut_list import Shortcut
from profiles.pdf.shortcuts import shortcuts

# What WeasyPrint's own stylesheet says of the elements that our pages have. Its other rules give
# every element styles for marks, notes and forms, which take as long as all of ours.
OWN_RULES: Final = """
head, meta, title { display: none }
b { font-weight: bold }
body, div, h1, h2, h3, html, p, section, ul { display: block }
li { display: list-item }
img { overflow: hidden }
[dir=ltr] { direction: ltr }
[dir=rtl] { direction: rtl }
ul { break-before: avoid }
h1, h2, h3 { bookmark-label: content(text); break-after: avoid; break-inside: avoid }
h1, h2, h3 { hyphens: manual }
h1 { bookmark-level: 1 }
h2 { bookmark-level: 2 }
h3 { bookmark-level: 3 }
"""
KNOWN: Final = ("class", "dir", "lang", "id")  # the attributes that a rule of ours may ask for
MOST_STYLES: Final = 6_000  # 50 MB; in its life, a process prints pages of a hundred kinds
NOT_OURS: Final = frozenset({"style", "link", "base"})

Styles = Mapping[str | None, Any]  # of an element and, by their names, of what stands around it


def is_enough_for(css: str) -> bool:
    """Do styles depend on nothing but what they are kept by, under this stylesheet?"""
    return _are_known(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _are_known(rules: Iterable[Any]) -> bool:
    return all(_is_known_rule(rule) for rule in rules)


def _is_known_rule(rule: Any) -> bool:
    if rule.type == "qualified-rule":
        said = tinycss2.parse_blocks_contents(rule.content)
        names = {each.lower_name for each in said if each.type == "declaration"}
        selectors = parser.parse(rule.prelude)
        return "page" not in names and all(_is_known(each.parsed_tree) for each in selectors)
    if rule.type == "at-rule" and rule.lower_at_keyword == "media":
        asked = media_queries.parse_media_query(rule.prelude)
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        is_for_paper = asked is None or media_queries.evaluate_media_query(asked, "print")
        return not is_for_paper or _are_known(inner)
    return rule.type == "at-rule" and rule.lower_at_keyword in ("font-face", "page")


def _is_known(selector: Any, *, before: bool = False) -> bool:
    """Does it ask for nothing but what styles are kept by? Of what stands `before` an element, that
    is its tag alone.
    """
    match selector:
        case parser.CombinedSelector(left=left, combinator=combinator, right=right):
            # What stands above an element stands above all that is before it.
            return _is_known(right, before=before) and _is_known(left, before=combinator in "+~")
        case parser.CompoundSelector(simple_selectors=several):
            return all(_is_known(each, before=before) for each in several)
        case parser.LocalNameSelector():
            return True
        case parser.ClassSelector() | parser.IDSelector():
            return not before
        case parser.AttributeSelector(name=name):
            return not before and name in KNOWN
        case parser.PseudoClassSelector(name=name):
            return not before and name in ("root", "first-child")
        case parser.FunctionalPseudoClassSelector(name=name):
            return not before and name == "lang"
        case parser.NegationSelector(selector_list=several):
            return all(_is_known(each.parsed_tree, before=before) for each in several)
    return False


def _kept(value: Any) -> Hashable:
    """What a rule says, such as each picture behind an element, as something to find styles by."""
    return tuple(value) if isinstance(value, list) else value


class KeptStyles:
    """The styles that the pages of one renderer had, by their stylesheets."""

    def __init__(self) -> None:
        self._user_agent = CSS(string=OWN_RULES)
        self._sets: dict[tuple[int, ...], StyleSet] = {}

    def of(self, sheets: Sequence[Any]) -> "StyleSet":
        """The styles of pages with these stylesheets, which are kept as long."""
        key = tuple(map(id, sheets))
        found = self._sets.pop(key, None) or StyleSet([(self._user_agent, "user agent")], sheets)
        self._sets[key] = found  # the last to be let go
        while len(self) > MOST_STYLES and len(self._sets) > 1:
            del self._sets[next(iter(self._sets))]
        return found

    def __len__(self) -> int:
        """How many elements' styles are kept."""
        return sum(len(each.elements) for each in self._sets.values())


class StyleSet:
    """The styles that elements and pages had under one set of stylesheets."""

    def __init__(self, user_agent: list[tuple[Any, str]], sheets: Sequence[Any]) -> None:
        self.sheets = [*user_agent, *((sheet, "user") for sheet in sheets)]
        self.elements: dict[Hashable, Styles] = {}
        self.pages: dict[Hashable, dict[str | None, Any]] = {}
        self.page_sizes: dict[str, Any] = {"box": None, "area": None}  # of the first page


class MendedTemplate(HTML):
    """A filled template, read by the rules of a browser: as WeasyPrint does it."""

    def __init__(self, text: str, url_fetcher: Any, kept: KeptStyles) -> None:
        super().__init__(string=text, url_fetcher=url_fetcher)

    def render(
        self, font_config: Any, *, stylesheets: Sequence[Any], own: Sequence[Any] = (), cache: Any
    ) -> Document:
        """Lay it out with these stylesheets, which other pages have as well, and with its own."""
        return super().render(font_config, stylesheets=[*stylesheets, *own], cache=cache)


class FilledTemplate(HTML):
    """A filled template, read as XML. WeasyPrint would mend what is broken; ours never is."""

    def __init__(self, text: str, url_fetcher: Any, kept: KeptStyles) -> None:
        try:
            root = ElementTree.fromstring(text)  # noqa: S314  # ours: every word in it is escaped
        except ElementTree.ParseError as error:
            raise RendererFault(f"A template is not well formed: {error}") from None
        if any(element.tag in NOT_OURS or "style" in element.attrib for element in root.iter()):
            raise RendererFault("A template has rules of its own.")
        self.base_url, self.url_fetcher, self.media_type = None, url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self._kept = kept

    def render(
        self, font_config: Any, *, stylesheets: Sequence[Any], own: Sequence[Any] = (), cache: Any
    ) -> Document:
        """Lay it out with these stylesheets, which other pages have as well, and with its own."""
        options = {**DEFAULT_OPTIONS, "cache": cache, "own": own, "set": self._kept.of(stylesheets)}
        return LaidOutPage._render(self, font_config, None, None, options)


class LaidOutPage(Document):
    """A page that is laid out with the styles that were kept."""

    @classmethod
    def _build_layout_context(
        cls, html: Any, font_config: Any, counter_style: Any, color_profiles: Any, options: Any
    ) -> Any:
        targets = TargetCollector()
        for styles in html._ua_counter_style():
            counter_style.update(styles)
        style_for = PageStyles(html, options["set"], options["own"], font_config, targets)
        get_image = partial(
            get_image_from_uri,
            cache=options["cache"],
            url_fetcher=html.url_fetcher,
            options=options,
        )
        return LayoutContext(style_for, get_image, font_config, counter_style, targets)


Template: type[MendedTemplate] | type[FilledTemplate] = MendedTemplate  # as templates are read now
shortcuts.offer(  # 0.58
    Shortcut("kept styles", sys.modules[__name__], "Template", FilledTemplate, MendedTemplate)
)


@dataclass(frozen=True)
class Place:
    """What the styles of the elements in and after one element depend on."""

    styles: Styles
    before: tuple[str, ...]  # the tags of what stands before it, and its own


def together(sheets: Sequence[Any]) -> cssselect2.Matcher:
    """What the rules of several stylesheets say of an element, asked at once."""
    every = cssselect2.Matcher()
    for number, sheet in enumerate(sheets):
        for name, of_one in vars(sheet.matcher).items():
            of_all = getattr(every, name)
            if isinstance(of_one, dict):  # by a class or a tag
                for key, rules in of_one.items():
                    of_all.setdefault(key, []).extend(_later(rules, number))
            elif isinstance(of_one, list):
                of_all.extend(_later(of_one, number))
    return every


def _later(rules: Iterable[tuple[Any, ...]], sheet: int) -> Iterator[tuple[Any, ...]]:
    """These rules of a stylesheet, after those of all before it."""
    for test, specificity, order, *said in rules:
        yield test, specificity, (sheet, order), *said


class PageStyles(StyleFor):
    """The styles of the elements of one page."""

    def __init__(
        self, html: Any, kept: StyleSet, own: Sequence[Any], font_config: Any, targets: Any
    ) -> None:
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets = [(sheet, origin, None) for sheet, origin in kept.sheets]
        self._sheets += [(sheet, "user", None) for sheet in own]
        self.font_config, self.initial_page_sizes = font_config, kept.page_sizes
        self._kept, self._own, self._root = kept, together(own), html.etree_element
        places: dict[Any, Place] = {}
        for element in html.wrapper_element.iter_subtree():  # parents come before their children
            places[element.etree_element] = place = self._place(element, places)
            for pseudo_type, style in place.styles.items():
                self._computed_styles[element.etree_element, pseudo_type] = style
            if anchor := place.styles[None]["anchor"]:
                targets.collect_anchor(anchor)

    def _place(self, element: Any, places: Mapping[Any, Place]) -> Place:
        """Where an element stands, with its styles: kept ones, if any had all that they ask for."""
        etree, parent, previous = element.etree_element, element.parent, element.previous
        above = places[parent.etree_element].styles if parent else None
        before = places[previous.etree_element].before if previous else ()
        asked = tuple(etree.get(name) for name in KNOWN)
        last = previous.etree_element.tag if previous else None
        own = tuple(self._said_by_own(element))
        key = (id(above), etree.tag, asked, before, last, own)
        if (styles := self._kept.elements.get(key)) is None:
            styles = self._kept.elements[key] = self._compute(element)
        tags = before if etree.tag in before else (*before, etree.tag)
        return Place(styles, tags)

    def _said_by_own(self, element: Any) -> Iterator[Hashable]:
        """What the page's own stylesheets say of an element."""
        for specificity, _, pseudo_type, (declarations, _) in self._own.match(element):
            said = ((name, _kept(value), important) for name, value, important in declarations)
            yield specificity, pseudo_type, tuple(said)

    def _compute(self, element: Any) -> Styles:
        """The styles of an element and of what stands around it, as WeasyPrint finds them."""
        etree, root = element.etree_element, self._root
        parent = element.parent.etree_element if element.parent else None
        for _, _, declarations, _ in find_style_attributes(Element(etree.tag, etree.attrib)):
            said = preprocess_declarations(None, declarations)
            self._cascade((etree, None), said, "author", (0, 0, 0))
        for sheet, origin, _ in self._sheets:
            for specificity, _, pseudo_type, (said, _) in sheet.matcher.match(element):
                self._cascade((etree, pseudo_type), said, origin, specificity)
        around = [pseudo_type for _, pseudo_type in self._cascaded_styles if pseudo_type]
        self.set_computed_styles(etree, parent, root)
        for pseudo_type in around:
            self.set_computed_styles(etree, etree, root, pseudo_type)
        self._cascaded_styles.clear()
        return {name: self._computed_styles[etree, name] for name in (None, *around)}

    def _cascade(
        self, key: Any, declarations: Iterable[Any], origin: str, specificity: tuple[int, ...]
    ) -> None:
        """Let these declarations hold, but where weightier ones do."""
        style = self._cascaded_styles.setdefault(key, {})
        for name, values, importance in declarations:
            weight = (declaration_precedence(origin, importance), inf, specificity)
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight

    def add_page_declarations(self, page_type: Any) -> None:
        """What the rules say of a page and of its margins, unless it is kept."""
        if not (kept := self._page_styles(page_type)):
            super().add_page_declarations(page_type)
        for pseudo_type, style in kept.items():
            self._computed_styles[page_type, pseudo_type] = style

    def set_computed_styles(
        self,
        element: Any,
        parent: Any,
        root: Any = None,
        pseudo_type: str | None = None,
        base_url: Any = None,
        target_collector: Any = None,
    ) -> None:
        """Work out the style of an element, or of a page, unless that is kept."""
        if not isinstance(element, PageType):
            super().set_computed_styles(element, parent, root, pseudo_type)
        elif pseudo_type not in (kept := self._page_styles(element)):
            super().set_computed_styles(element, parent, root, pseudo_type)
            kept[pseudo_type] = self._computed_styles[element, pseudo_type]

    def _page_styles(self, page_type: Any) -> dict[str | None, Any]:
        """The kept styles of a page and its margins: a page inherits from the root."""
        above = id(self._computed_styles[self._root, None])
        return self._kept.pages.setdefault((above, page_type), {})
