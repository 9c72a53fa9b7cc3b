"""What Word's styles say of a paragraph: how deep a heading it is, its list, whether it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.readers.ooxml import Element, W

# Names of built-in styles; in the file they are English in every language of Word.
HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
TITLE = re.compile(r"title|标题|文档标题", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)", re.IGNORECASE)
BODY_LEVEL = 9  # of w:outlineLvl: no heading
LONGEST_CHAIN = 20  # styles that are based on each other; a loop is an error of the file
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Format:
    """A paragraph's format as far as its text is concerned; ``level`` is None for body text."""

    level: int | None = None
    list_id: str = ""
    list_depth: int = 0
    hidden: bool = False
    is_contents: bool = False


class Styles:
    """The styles of a document (``word/styles.xml``)."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else list(root.iterchildren(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        default = [style for style in styles if style.get(f"{W}default") in ("1", "true")]
        self._normal = next(
            (s.get(f"{W}styleId", "") for s in default if s.get(f"{W}type") == "paragraph"), ""
        )
        self._known: dict[str, Format] = {}
        names = {_value(style, "name").lower() for style in styles}
        self._has_title = "title" in names

    def of(self, paragraph: Element) -> Format:
        """Return a paragraph's format: its own, else its style's."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self._of_style(self._normal)
        base = self._of_style(_value(properties, "pStyle") or self._normal)
        level, list_id, depth = base.level, base.list_id, base.list_depth
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None:
            level = _level(outline)
        numbers = properties.find(f"{W}numPr")
        if numbers is not None:
            list_id = _value(numbers, "numId") or list_id
            own_depth = _value(numbers, "ilvl")
            depth = int(own_depth) if own_depth.isdecimal() else depth
        return Format(level, "" if list_id == "0" else list_id, depth, base.hidden, base.is_contents)

    def is_hidden(self, run: Element, otherwise: bool) -> bool:
        """Tell whether a run is hidden: itself, by its style, else as its paragraph is."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return otherwise
        own = _switch(properties)
        if own is not None:
            return own
        style = _value(properties, "rStyle")
        return self._of_style(style).hidden or otherwise if style else otherwise

    def _of_style(self, style_id: str) -> Format:
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str) -> Format:
        chain = list(self._chain(style_id))
        names = [_value(style, "name") for style in chain]
        level = next(
            (found for style, name in zip(chain, names, strict=True) if (found := _style_level(style, name))),
            None,
        )
        numbers = next(
            (item for style in chain if (item := style.find(f"{W}pPr/{W}numPr")) is not None), None
        )
        depth = _value(numbers, "ilvl") if numbers is not None else ""
        hidden = next((own for style in chain if (own := _switch(style.find(f"{W}rPr"))) is not None), False)
        return Format(
            level=level if level != BODY_LEVEL + 1 else None,
            list_id=_value(numbers, "numId") if numbers is not None else "",
            list_depth=int(depth) if depth.isdecimal() else 0,
            hidden=hidden,
            is_contents=any(CONTENTS.match(name) for name in names[:1]),
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        """Return a style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _value(style, "basedOn")


def is_raised(run: Element) -> bool:
    """Tell whether a run is printed as a superscript."""
    position = run.find(f"{W}rPr/{W}vertAlign")
    return position is not None and position.get(f"{W}val") == "superscript"


def _style_level(style: Element, name: str) -> int | None:
    """Return a style's level; BODY_LEVEL + 1 where it says that it is body text."""
    if heading := HEADING.fullmatch(name.strip()):
        return int(heading[1])
    if TITLE.fullmatch(name.strip()):
        return 1
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    return None if outline is None else (_level(outline) or BODY_LEVEL + 1)


def _level(outline: Element) -> int | None:
    value = outline.get(f"{W}val", "")
    return int(value) + 1 if value.isdecimal() and int(value) < BODY_LEVEL else None


def _switch(properties: Element | None) -> bool | None:
    """Return what run properties say of being hidden; None where they are silent."""
    vanish = properties.find(f"{W}vanish") if properties is not None else None
    return None if vanish is None else vanish.get(f"{W}val") not in OFF


def _value(item: Element, name: str) -> str:
    found = item.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""
