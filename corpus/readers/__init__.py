"""Readers: one module a kind of file, each a function from its bytes to what they say.

A reader is ``read(data: bytes, name: str) -> Extracted``; ``name`` is the file's name as messages
print it.  It runs in a child process that may be killed (see ``corpus.sandbox``) and raises a
CorpusError where it can say what is wrong; whatever else it raises means a damaged file.
``corpus.formats`` chooses the reader, by content; heavy libraries are imported here alone, when
a file needs them.
"""
