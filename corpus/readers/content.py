"""Find what a web page is about among its menus, links and footers.

By the share of links in a text, as readers' modes of browsers do (Kohlschütter et al. 2010,
"Boilerplate Detection using Shallow Text Features"): menus are links, reports are not.  Nothing is
dropped for being short, since a figure may stand alone, and nothing that holds a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.readers.ooxml import Element

FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|copyright|sidebar|share|pager|pagination|toolbar|"
    r"login|search|related|recommend|comments?|qrcode|advert|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
MOST_FURNITURE = 0.2  # share of a page's text that an element called a footer may hold and be one
MOSTLY_LINKS = 0.6  # share of a block's characters that are links, when it is a list of links
FEWEST_LINKS = 3  # in it
ENOUGH = 0.9  # share of a page's prose in the element that is its content


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an element is text, how much of it is in links, and how many links."""

    text: int
    linked: int
    links: int

    @property
    def is_links(self) -> bool:
        """Whether it is a list of links."""
        return self.links >= FEWEST_LINKS and self.linked > MOSTLY_LINKS * self.text


def find_content(root: Element) -> list[Element]:
    """Return the elements that hold a page's content, in order: its headline, and the smallest element
    with nearly all of its prose."""
    body = root.find(".//body")
    top = body if body is not None else root
    drop_furniture(top)
    prose = _prose(top)
    content = top
    while True:
        inner = max(content, key=lambda child: prose.get(child, 0), default=None)
        if (
            inner is None
            or prose.get(inner, 0) < ENOUGH * prose[top]
            or inner.tag in ("table", "p", "tr", "tbody")
        ):
            break
        content = inner
    inside = set(content.iter())
    headlines = [element for element in top.iter("h1") if element not in inside]
    return [*headlines[:1], content]


def drop_furniture(top: Element) -> None:
    """Take out small elements that are called menus, footers and the like."""
    shares = link_shares(top)
    whole = shares[top].text
    for element in list(top.iter()):
        called = f"{element.get('class') or ''} {element.get('id') or ''}"
        furniture = element.tag in ("footer", "aside") or FURNITURE.search(called)
        small = furniture and element is not top and shares[element].text < MOST_FURNITURE * whole
        if small and not speaks(element) and element.find(".//h1") is None:
            element.clear(keep_tail=True)


def link_shares(root: Element) -> dict[Element, Share]:
    """Return the share of links of every element."""
    shares: dict[Element, Share] = {}
    for element in reversed(list(root.iter())):
        text = _length(element.text)
        linked = links = 0
        for child in element:
            share = shares.get(child, Share(0, 0, 0))
            text += share.text + _length(child.tail)
            linked += share.linked
            links += share.links
        shares[element] = Share(text, text, 1) if element.tag == "a" else Share(text, linked, links)
    return shares


def is_link_list(element: Element, shares: dict[Element, Share]) -> bool:
    """Tell a block that only leads elsewhere: no table of numbers, whose names may be links."""
    return (
        element.tag in ("ul", "ol", "div", "dl", "table", "section", "p")
        and shares[element].is_links
        and not speaks(element)
    )


def speaks(element: Element) -> bool:
    """Tell whether an element holds a whole sentence, or a table of numbers."""
    if any("。" in text for text in element.itertext()):
        return True
    return any(
        character.isdigit()
        for table in element.iter("table")
        for text in table.itertext()
        for character in text
    )


def _prose(top: Element) -> dict[Element, int]:
    """Return how many characters of every element are text that is not in links."""
    return {element: share.text - share.linked for element, share in link_shares(top).items()}


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
