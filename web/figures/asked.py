"""Asked: what a visitor's page asks of the tab, checked; nothing that comes from a browser is trusted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from annotated_types import Ge, MaxLen
from pydantic import ConfigDict, TypeAdapter, with_config

from retrieval.facts.filter import Choice, Column, Order
from retrieval.facts.matrix import MOST
from web.figures.files import Kind
from web.figures.picks import Shape

LONGEST_WORD = 200  # characters of a box; no name is longer
MOST_PICKED = 500  # rows that a page may name at once

Word = Annotated[str, MaxLen(LONGEST_WORD)]
Rows = Annotated[tuple[Annotated[int, Ge(0)], ...], MaxLen(MOST_PICKED)]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the page: what stands in the boxes, the order, the page number, and what is picked,
    drawn or put in a file.

    ``picked`` limits the table to ``rows``; ``narrow`` says that a chart has little room.  ``rows`` are places in the ledger of the ``generation`` that the page shows.
    """

    indicator: Word = ""
    report: Word = ""
    place: Word = ""
    period: Word = ""
    kind: Word = ""
    status: Word = ""
    unit: Word = ""
    contradicting: bool = False
    column: Column | None = None
    descending: bool = False
    page: int = 1
    generation: Word = ""
    rows: Rows = ()
    picked: bool = False
    drawn: Shape | Literal[""] = ""
    narrow: bool = False
    file: Kind = "csv"
    reports: Annotated[tuple[Annotated[str, MaxLen(1000)], ...], MaxLen(MOST)] = ()

    @property
    def choice(self) -> Choice:
        """Which figures are wanted."""
        return Choice(**{field.name: getattr(self, field.name) or None for field in fields(Choice)})

    @property
    def order(self) -> Order | None:
        """How they are to stand; None is the order of the reports."""
        return Order(self.column, self.descending) if self.column else None


_ASKED = TypeAdapter(Asked)


def asked_of(sent: Any) -> Asked:
    """Return what a page sent as a request; raise ValueError for anything that no page of ours sends."""
    return _ASKED.validate_python(sent)
