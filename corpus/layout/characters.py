"""Characters of a font's own, and forms that only print needs, to the characters that people type."""

from __future__ import annotations

import re
import unicodedata

# Radicals that fonts name in place of the ordinary character of the same shape.  Unicode gives the
# Kangxi radicals their equals; those of this block it lists apart (EquivalentUnifiedIdeograph.txt).
RADICALS = dict(
    zip(
        "⺁⺊⺌⺍⺎⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺮⺶⺷⺼⺽⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂卜小小兀巳幺日月母民牛王目示竹羊羊肉臼虎西见角贝车邑長长门雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
# Punctuation turned for vertical lines.
TURNED = dict(
    zip(
        "︐︑︒︓︔︕︖︙︰︱︳︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
        "，、。：；！？…‥—＿（）〔〕【】《》〈〉「」『』",
        strict=True,
    )
)
# The bullets and ticks of the symbol fonts that every office program brings.
SYMBOLS = dict(
    zip(
        "\uf06c\uf06e\uf075\uf076\uf077\uf09f\uf0a7\uf0a8\uf0b2\uf0b7\uf0d8\uf0e0\uf0fb\uf0fc\uf0fd\uf0fe",
        "●■◆❖◆•▪◻◻•➢→✗✓☒☑",
        strict=True,
    )
)
MAPPED = {**RADICALS, **TURNED, **SYMBOLS, "\x02": "-", "\ufffe": "-", "\xa0": " ", "\u3000": " ", "\t": " "}
# Kangxi radicals, compatibility ideographs, ligatures: what Unicode itself says they stand for.
COMPATIBLE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def plain(character: str) -> str:
    """Return what a person would type for a printed character, "" for one that prints nothing.

    >>> "".join(map(plain, "⻓⼯ﬁ︵"))
    '长工fi（'
    """
    if character < "\x7f" and character >= " ":
        return character
    mapped = MAPPED.get(character)
    if mapped is not None:
        return mapped
    if COMPATIBLE.match(character):
        return unicodedata.normalize("NFKC", character)
    return "" if INVISIBLE.match(character) else character


def is_unreadable(character: str) -> bool:
    """Tell a character that a font drew and that its file gives no meaning."""
    return bool(UNREADABLE.match(character)) and character not in MAPPED
