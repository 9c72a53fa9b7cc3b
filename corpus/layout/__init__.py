"""Lines as they are printed to text as it is read: columns, paragraphs, headings, page furniture.

Pure, and the same for a PDF's characters and for a picture's recognised lines.
"""

from corpus.layout.compose import compose
from corpus.layout.lines import PrintedLine, PrintedPage, Ruling
from corpus.layout.order import Block, order

__all__ = ["Block", "PrintedLine", "PrintedPage", "Ruling", "compose", "order"]
