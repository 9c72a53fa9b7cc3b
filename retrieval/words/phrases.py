"""Phrases: what is said of a figure beside its number, in Chinese, with codes by which the page says it in English."""

from __future__ import annotations

from corpus.figures.figure import Bound, Direction, Figure, Kind, Status
from corpus.messages import Message, says

BOUND_SAID: dict[Bound, Message] = {
    "=": Message(""),
    ">=": says("bound.least", "至少"),
    ">": says("bound.over", "超过"),
    "<=": says("bound.most", "至多"),
    "<": says("bound.under", "不到"),
    "~": says("bound.about", "约"),
}
KIND_SAID: dict[Kind, Message] = {
    "level": says("kind.level", "数量"),
    "change": says("kind.change", "变化"),
    "rank": says("kind.rank", "位次"),
}
STATUS_SAID: dict[Status, Message] = {
    "actual": says("status.actual", "实际"),
    "target": says("status.target", "目标"),
    "forecast": says("status.forecast", "预计"),
}
WAY_SAID: dict[Direction | None, Message] = {
    "+": says("way.up", "增长"),
    "-": says("way.down", "下降"),
    None: KIND_SAID["change"],
}
# What many changes are measured against; any other stays as it is printed.
BASES = {
    chinese: says(code, chinese)
    for code, chinese in (
        ("basis.year", "同比"), ("basis.year", "比上年"), ("basis.year", "较上年"), ("basis.year", "比去年"),
        ("basis.year", "较去年"), ("basis.year", "比上年同期"), ("basis.year", "较上年同期"),
        ("basis.before", "环比"), ("basis.average", "年均"), ("basis.start", "比年初"), ("basis.start", "较年初"),
        ("basis.end", "比上年末"), ("basis.end", "较上年末"), ("basis.alike", "同口径"),
        ("basis.above_nation", "高于全国"), ("basis.above_nation", "高于全国平均水平"),
        ("basis.below_nation", "低于全国"), ("basis.faster_nation", "快于全国"),
        ("basis.above_province", "高于全省"), ("basis.faster_province", "快于全省"),
    )
}  # fmt: skip
# A basis that says itself how the figure stands to it: 高于全国平均水平.
DISTANCE = tuple(f"{way}于" for way in "高低快慢优多少大小")


def basis_said(basis: str) -> Message:
    """Return what a change is measured against.

    >>> basis_said("比上年").code, str(basis_said("比2020年"))
    ('basis.year', '比2020年')
    """
    return BASES.get(basis, Message(basis))


def kind_said(figure: Figure) -> Message:
    """Return what kind of figure it is: an amount, a rank, or a change with what it is measured against.

    >>> from corpus.figures import extract_figures
    >>> [str(kind_said(figure)) for figure in extract_figures("产值8亿元，同比下降3.5%。")]
    ['数量', '同比下降']
    """
    if figure.kind != "change":
        return KIND_SAID[figure.kind]
    way, basis = WAY_SAID[figure.direction], basis_said(figure.basis or "")
    if not figure.basis or figure.basis.startswith(DISTANCE):
        return basis if figure.basis else way
    return says("kind.against", "{basis}{way}", basis=basis, way=way)
