"""Claims: is a figure over, under or just what a question says?  Yes or no, with the comparison shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.figures import Figure, extract_figures
from corpus.figures.figure import Bound
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.inquiry import Inquiry, Reply, Trial
from retrieval.plain import passage_near, quotation_of, refuse
from retrieval.question import MULTIPLIER, Question, understand
from retrieval.render.wording import quantity
from retrieval.verdict import Verdict

Sign = Literal[">", "≥", "<", "≤", "="]
YES_NO = re.compile(
    r"吗|是不是|有没有|是否|有无|没有?[？?]?$|对不对|对吧|够不够|到底有没|(?<![什怎多])么[？?]?$|不[？?]?$"
)
# What is left out of a question once it is known to be one of these.
ASKING = re.compile(
    r"有没有|是不是|是否|有无|能不能|会不会|够不够|对不对|对[吗吧么]|到底|究竟|请问|真的|了?没有?[？?]?$|了?(?:吗|(?<![什怎多])么|不)[？?]?$|[？?]"
)
HEDGED = r"(?:已经?|都|也|就|能|会|要|真|大约|大概|的|有|为|是|了|在|总共|一共)*"
SIGNS: tuple[tuple[Sign, str], ...] = (
    ("≥", "不低于|不少于|不小于|不下于|达到?|(?<![提增降减下得])到|够|至少有?|(?<![以之])上"),
    ("≤", "不高于|不超过?|不多于|至多|控制在"),
    (">", "超过?|突破|[冲打跌]?破(?<!跌破)|高[于过]|[大多]于|越过|跨过|跨上|过"),
    ("<", "低于|[少小]于|不到|不足|跌破|没到|没超过"),
)
BEFORE = re.compile("|".join(f"(?P<s{number}>{words})" for number, (_, words) in enumerate(SIGNS)))
LEAD = re.compile(rf"{HEDGED}(?:(?:{BEFORE.pattern})了?)?{HEDGED}$")
AT_LEAST, AT_MOST = re.compile(r"^\s*(?:及?以上|大关|关口)"), re.compile(r"^\s*(?:及?以[下内])")
# 过千亿: the number is left out.
ROUND = re.compile(r"(?<=[过破超上达到])(?=([百千万]亿|[十百千]万)(?![\u4e00-\u9fff]*\d))")
CHANGES = re.compile(r"(?:增长|提高|提升|上升|上涨|涨|下降|减少|降低|增加|回落|跌|降)了?(?:幅度?)?$")
FALLS = re.compile(r"下降|减少|降低|回落|跌|降")
HELD: dict[Sign, tuple[str, str]] = {
    ">": ("是的，超过了", "没有超过"),
    "≥": ("是的，达到了", "没有达到"),
    "<": ("是的，低于", "不是，没有低于"),
    "≤": ("是的，没有超过", "不是，超过了"),
    "=": ("是的，是", "不是"),
}
OVER: frozenset[Bound] = frozenset({">", ">="})
UNDER: frozenset[Bound] = frozenset({"<", "<="})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question holds a figure against: ``subject`` is asked to be ``sign`` of ``threshold``.

    ``said`` is the threshold as the question has it: 千亿 for what is read as 1千亿.
    """

    subject: str
    sign: Sign
    threshold: Figure
    said: str

    def question(self) -> str:
        """Ask for the figure itself."""
        unit = MULTIPLIER.sub("", self.threshold.unit)
        if CHANGES.search(self.subject):
            return f"{self.subject}多少"
        return f"{self.subject}{'是' if unit in ('', '%') else '有'}多少{'' if unit == '%' else unit}"


def claim_in(text: str) -> Claim | None:
    """Return what a question claims of a figure, None where it asks something else.

    >>> claim = claim_in("去年税收有没有超过200亿元？")
    >>> claim.subject, claim.sign, claim.threshold.quote
    ('去年税收', '>', '200亿元')
    >>> claim_in("去年税收过千亿了吗").threshold.value
    Decimal('1')
    """
    if not YES_NO.search(text):
        return None
    asked, text = text, ROUND.sub("1", text)
    figures = [figure for figure in extract_figures(text) if figure.kind != "rank"]
    if len(figures) != 1:
        return None
    (threshold,) = figures
    before, after = ASKING.sub("", text[: threshold.start]), text[threshold.end :]
    lead = LEAD.search(before)
    subject = before[: lead.start()] if lead else before
    rest = ASKING.sub("", AT_MOST.sub("", AT_LEAST.sub("", after))).strip("了的，, ")
    name = f"{subject}{rest}".strip("，, 的")
    said = threshold.quote if threshold.quote in asked else threshold.quote[1:]
    return Claim(name, sign_of(lead, after), threshold, said) if len(name) > 1 else None


def sign_of(lead: re.Match[str] | None, after: str) -> Sign:
    """Return the sign that words before and after a threshold make; ``lead`` is what ``LEAD`` finds."""
    if lead:
        for number, (sign, _words) in enumerate(SIGNS):
            if lead[f"s{number}"]:
                return sign
    return "≥" if AT_LEAST.match(after) else "≤" if AT_MOST.match(after) else "="


def answer_claim(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer whether a figure is over or under what the question says; None for another question."""
    claim = claim_in(question.text)
    if claim is None:
        return None
    trial = inquiry.try_out(understand(claim.question(), asks="figure"))
    hits = tuple(inquiry.hits(trial.findings, trial.rows[: inquiry.k]))
    figures = tuple(trial.related())
    quotation = quotation_of(inquiry, trial)
    amounts = _amounts(claim, trial.figure) if trial.figure else None
    if trial.figure is None or amounts is None:
        verdict = Verdict("indicator") if trial.verdict.found else trial.verdict
        passage = passage_near(trial, quotation, hits)
        return Reply(False, refuse(verdict, quotation, passage), hits, figures, reason=verdict.reason)
    told = _told(claim, trial, holds(claim.sign, *amounts, trial.figure.bound))
    shift = len(told) + 1
    return Reply(
        True,
        f"{told}：{quotation.text}",
        hits,
        figures,
        quotation.span,
        tuple((start + shift, end + shift) for start, end in quotation.marks),
        confidence=trial.verdict.confidence,
    )


def holds(sign: Sign, amount: Decimal, threshold: Decimal, bound: Bound) -> bool | None:
    """Tell whether an amount that is printed with ``bound`` is ``sign`` of a threshold; None where that is open.

    >>> holds(">", Decimal(100), Decimal(90), ">="), holds(">", Decimal(100), Decimal(120), ">=")
    (True, None)
    """
    most = amount if bound not in OVER else None
    least = amount if bound not in UNDER else None
    # 超过1000亿元 is over 1000亿元, 不到 is under.
    over = least is not None and (least > threshold or (least == threshold and bound in OVER))
    under = most is not None and (most < threshold or (most == threshold and bound in UNDER))
    equal = amount == threshold and bound in ("=", "~")
    verdicts: dict[Sign, bool | None] = {
        ">": True if over else False if under or equal else None,
        "≥": True if over or equal else False if under else None,
        "<": True if under else False if over or equal else None,
        "≤": True if under or equal else False if over else None,
        "=": True if amount == threshold else False if over or under else None,
    }
    return verdicts[sign]


def _amounts(claim: Claim, figure: CitedFigure) -> tuple[Decimal, Decimal] | None:
    """Return the figure and what it is held against in one unit; None where they have none in common."""
    (amount, unit), (threshold, asked) = amount_of(figure), amount_of(claim.threshold)
    if figure.value_to is not None or (asked and asked != unit) or (not asked and unit == "%"):
        return None
    falls = FALLS.search(claim.subject) is not None
    return (-amount if falls and figure.direction == "-" else amount), threshold


def _told(claim: Claim, trial: Trial, held: bool | None) -> str:
    """Say yes or no with the comparison; a plan is called one."""
    assert trial.figure is not None
    figure, threshold = trial.figure, claim.said
    planned = "（目标）" if figure.status == "target" else ""
    if held is None:
        return f"报告没有说明是否{claim.sign}{threshold}，只说{quantity(figure)}{planned}"
    said = HELD[claim.sign][0 if held else 1]
    shown = f"{figure.quote}{figure.unit if figure.quote[-1:].isdecimal() else ''}"
    sign = (
        "=" if amount_of(figure)[0] == amount_of(claim.threshold)[0] else ">" if _more(claim, figure) else "<"
    )
    compared = f"（{shown} {sign} {threshold}）" if figure.bound == "=" else f"（报告说{quantity(figure)}）"
    return f"{said}{threshold if said != '不是' else ''}{compared}{planned}"


def _more(claim: Claim, figure: CitedFigure) -> bool:
    amounts = _amounts(claim, figure)
    return amounts is not None and amounts[0] > amounts[1]
