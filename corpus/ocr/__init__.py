"""Text recognition: the picture of a page to its lines, on this computer, with models that are installed.

``recognise`` takes pictures of pages, of picture files and of scanned PDF pages alike, and gives
PrintedPages for ``corpus.layout`` to read in order.
"""
