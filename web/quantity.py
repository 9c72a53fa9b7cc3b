"""A figure as the cells of a table row: number, unit, kind of figure."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from markupsafe import Markup

from corpus.figures.figure import Figure
from retrieval.words.phrases import BOUND_SAID, kind_said
from retrieval.words.wording import BOUND_SIGNS
from web.i18n import Words

_DIRECTION_SIGNS = {"+": "+", "-": "−", None: ""}
# Units that a result has and its terms have not.
_COMPUTED = {"个百分点": "points", "个千分点": "mille", "倍": "times"}
_RESULT = re.compile(rf"(?<=[=≈] )(?P<number>[-−]?[\d.]+)(?P<unit>{'|'.join(_COMPUTED)})")
_LEADING_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?")


def number_and_unit(figure: Figure) -> tuple[str, str]:
    """Return what the 数值 and 单位 columns show, both as printed in the report.

    A quantity that does not start with its number (``第二位``, ``三分之二``) or is a range
    (``5%—6%``) is shown whole in the first.

    >>> number_and_unit(Figure("税收", Decimal("100"), "亿元", "100亿元", 2, 7))
    ('100', '亿元')
    >>> number_and_unit(Figure("位次", Decimal(2), "位", "第二位", 2, 5, kind="rank"))
    ('第二位', '')
    """
    printed = _LEADING_NUMBER.match(figure.quote)
    if printed is None or figure.value_to is not None or not _is_value(printed[0], figure.value):
        return figure.quote, ""
    sign = "" if printed[0][0] in "+-−" else _DIRECTION_SIGNS[figure.direction]
    return sign + printed[0], figure.unit


def kind_words(figure: Figure, words: Words) -> Markup:
    """Return what the column 类别 of every table shows: an amount, a rank, or a change with its basis."""
    return words.html(kind_said(figure))


def bound_words(figure: Figure, words: Words) -> tuple[str, str]:
    """Return the sign of a figure's bound and what it means; both are empty for an exact one."""
    return BOUND_SIGNS[figure.bound], words.say(BOUND_SAID[figure.bound])


def computed_said(formula: str, words: Words) -> str:
    """Return a formula with the unit of its result in words: no report prints that, so it is the page's to say.

    >>> from web.i18n import words
    >>> computed_said("5.1% − 4% = 1.1个百分点", words("en"))
    '5.1% − 4% = 1.1 percentage points'
    """
    return _RESULT.sub(lambda found: found["number"] + unit_said(found["unit"], words), formula)


def unit_said(unit: str, words: Words) -> str:
    """Return the unit of a computed number as it stands behind it; that of the terms as it is."""
    return words(f"computed.{_COMPUTED[unit]}") if unit in _COMPUTED else unit


def _is_value(printed: str, value: Decimal) -> bool:
    try:
        number = Decimal(re.sub("[,，]", "", printed.replace("−", "-")))
    except InvalidOperation:
        return False
    return abs(number) == abs(value)
