"""Lines as they are printed to text as it is read: columns, paragraphs, headings, page furniture.

Pure, and the same for a PDF's characters and for a picture's recognised lines.
"""

from corpus.layout.lines import PrintedLine, PrintedPage, Ruling

__all__ = ["PrintedLine", "PrintedPage", "Ruling"]
