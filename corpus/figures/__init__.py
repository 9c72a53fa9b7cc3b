"""Figures: every quantity of a text as a record, with what it measures and its place."""

from corpus.figures.extract import extract_figures
from corpus.figures.figure import Bound, Direction, Figure, Kind, Status

__all__ = ["Bound", "Direction", "Figure", "Kind", "Status", "extract_figures"]
