"""HTML as the tests look at it: its tags, attributes and text."""

from __future__ import annotations

from html.parser import HTMLParser

# Elements without an end tag.
VOID = ("img", "input", "meta", "link", "br")


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
