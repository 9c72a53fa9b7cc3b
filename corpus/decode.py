"""Bytes to text, in an encoding that we can be sure of.

GB18030 decodes nearly any bytes and Big5 many, so a guess is believed only when what it
gives reads as Chinese and the other readings do not.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from corpus.errors import UndecodableTextError
from corpus.messages import says

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHINESE_ENCODINGS = ("gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be")

# The commonest characters of Chinese prose, in both scripts: about half of any text.  A
# wrong reading scatters over 20,000 characters and hardly hits them.
COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    "這個國到說們為時過後來學對沒還發當無開經頭動兩長業與產會區實現進設務員體總億萬元增建业与产区实现进设务"
    "工政府市县省民经济社展高新全加建目项第二四五六七八九百千分比计划报告改革企资投农村城镇就收入服務報計劃，。、"
)
PLAUSIBLE = 0.25  # share of common characters among the Chinese ones; wrong readings stay below 0.1
CLEAR_LEAD = 0.1  # by which the best reading must beat a different one
CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\ue000-\uf8ff\U00020000-\U0003ffff]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding they were in.

    Raises UndecodableTextError, naming the file, when no reading is certain.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableTextError(
            says(
                "text.mark",
                "“{name}”开头标明是 {encoding} 编码，但第 {byte} 字节不是这种编码，文件可能已损坏。请用编辑器打开并另存为 UTF-8 后再试。",
                name=name,
                encoding=encoding,
                byte=error.start,
            )
        ) from error


def _decode_legacy(data: bytes, name: str) -> tuple[str, str]:
    """Choose among the encodings of Chinese text by which of them reads as Chinese."""
    guess = from_bytes(data, cp_isolation=list(CHINESE_ENCODINGS)).best()
    guessed = guess.encoding if guess is not None else None
    readings: dict[str, tuple[float, bool, str]] = {}
    for encoding in CHINESE_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        # Two names of one encoding may give one text; it is no rival of itself.
        if text not in readings or encoding == guessed:
            readings[text] = (score, encoding == guessed, encoding)
    ranked = sorted(((*rating, text) for text, rating in readings.items()), reverse=True)
    if not ranked or ranked[0][0] < PLAUSIBLE:
        raise UndecodableTextError(
            says(
                "text.unknown",
                "认不出“{name}”的文字编码，它可能不是文本文件。请用编辑器打开并另存为 UTF-8 后再试。",
                name=name,
            )
        )
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR_LEAD:
        raise UndecodableTextError(
            says(
                "text.two",
                "“{name}”按 {one} 和 {other} 读都像中文，无法确定是哪一种。请用编辑器打开并另存为 UTF-8 后再试。",
                name=name,
                one=ranked[0][2],
                other=ranked[1][2],
            )
        )
    return ranked[0][3], ranked[0][2]


def plausibility(text: str) -> float:
    """Return the share of the commonest characters among a text's Chinese characters, 0 to 1."""
    chinese = CJK.findall(text)
    return sum(character in COMMON for character in chinese) / len(chinese) if chinese else 0.0
