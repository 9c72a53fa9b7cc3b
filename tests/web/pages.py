"""HTML as the tests look at it: its tags, attributes and text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Elements without an end tag.
VOID = ("img", "input", "meta", "link", "br")
CHINESE = re.compile("[\u3007\u3400-\u9fff]")
# What one hears besides the text.
HEARD = ("aria-label", "title", "alt", "placeholder")
NOTHING = re.compile("(?!)")


class Page(HTMLParser):
    """The tags and attributes of some HTML, in order, and all of its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag not in VOID:
            self._open.append((tag, known.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.pieces.append((self._open[-1][1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        return "".join(data for _, data in self.pieces)

    def styled(self, style: str) -> list[str]:
        """Return the texts that stand directly in an element with the class ``style``."""
        return [data for styles, data in self.pieces if style in styles.split() and data.strip()]

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


class Unmarked(HTMLParser):
    """Collects the Chinese of some HTML that is not in an element marked as Chinese.

    ``content`` is what reports and people say, which may stand in what is heard besides the text.
    """

    def __init__(self, html: str, content: re.Pattern[str] = NOTHING) -> None:
        super().__init__()
        self.found: list[str] = []
        self._content = content
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        inside = bool(self._open) and self._open[-1]
        marked = known["lang"] == "zh-CN" if "lang" in known else inside
        if not marked:
            said = [self._content.sub("", known.get(name) or "") for name in HEARD]
            self.found += [text for text in said if CHINESE.search(text)]
        if tag not in VOID:
            self._open.append(marked)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if CHINESE.search(data) and not (self._open and self._open[-1]):
            self.found.append(data.strip())
