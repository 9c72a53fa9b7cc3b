"""Ask the reports: a question in, an answer with its evidence out."""

from corpus.figures import Figure, extract_figures
from retrieval.answer import Answer, CitedFigure, Computation, Hit
from retrieval.errors import RetrievalError, UnknownReportError
from retrieval.retriever import Retriever

__all__ = [
    # Asking
    "Retriever",
    "Answer",
    "Hit",
    "CitedFigure",
    "Computation",
    # Figures
    "extract_figures",
    "Figure",
    # Errors
    "RetrievalError",
    "UnknownReportError",
]
