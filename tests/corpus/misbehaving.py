"""A reading process whose reader of text does what the text says, as hostile files make libraries do."""

import contextlib
import os
import signal
import socket
import sys
import tempfile
import time

from corpus import child, formats
from corpus.extracted import Extracted
from corpus.progress import tell_page

hoard: list[bytearray] = []


def read(data: bytes, name: str) -> Extracted:
    """Do what the file says."""
    deed, _, detail = data.decode().partition(" ")
    if deed == "abort":
        os.abort()
    elif deed == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif deed == "exit":
        os._exit(0)
    elif deed == "hang":
        time.sleep(1000)
    elif deed == "fill":
        with tempfile.TemporaryFile() as file:
            while True:
                file.write(bytes(1 << 20))
    elif deed == "litter":
        tempfile.mkstemp()
        time.sleep(1000)
    elif deed == "spin":
        while True:
            pass
    elif deed == "hoard":
        while True:
            hoard.append(bytearray(b"x" * (16 << 20)))
    elif deed == "recurse":
        read(data, name)
    elif deed == "connect":
        socket.create_connection(("127.0.0.1", int(detail)), timeout=5)
    elif deed == "print":
        print("not for the parent " * 10_000, flush=True)
        sys.stderr.write("nor this " * 10_000)
    elif deed == "forge":
        for descriptor in range(3, 20):  # one of them leads to the parent
            with contextlib.suppress(OSError):
                os.write(descriptor, b'{"extracted": "forged"}\n')
        time.sleep(1000)
    elif deed == "surrogates":
        return Extracted("甲\ud800乙")
    elif deed == "pages":
        for page in range(int(detail)):
            time.sleep(0.2)
            tell_page(page + 1, int(detail))
    return Extracted(f"{deed} {os.getpid()}")


formats.READERS[".txt"] = read
child.main()
