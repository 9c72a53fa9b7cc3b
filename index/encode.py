"""Encoders: text in, vectors of unit length out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.messages import Message, says
from index import bundled
from index.digests import file_sha256
from index.errors import EncoderError
from index.interaction import Encoding, TokenVectors, quantise
from index.settings import BUNDLED_ENCODER, IndexSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Passages that go through the model at once. On two cores larger batches are no faster, and a
# question asked meanwhile waits less.
BATCH_SIZE = 16
# The reduced precision is used only where it agrees with float32 at least to this cosine.
LEAST_AGREEMENT = 0.9999
AGREEMENT_PROBE = "全年地区生产总值达到1250.6亿元，同比增长6.8%，新增就业3.2万人。"
# The names under which models state the prompt of a passage, the first that is there counts.
PASSAGE_PROMPTS = ("passage", "document", "corpus")

Role = Literal["query", "document"]


class Encoder(Protocol):
    """Turns texts into vectors of unit length, so that an inner product is a cosine.

    ``fingerprint`` changes whenever the same text would give another vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the encodings of questions, in their order."""
        ...

    def encode_passages(
        self, texts: Sequence[str], on_batch: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return the encodings of passages, in their order; ``on_batch`` is told how many are done."""
        ...


class SentenceTransformerEncoder:
    """Any sentence-transformers model on this computer; several threads may share one.

    The model is loaded when it is first needed, for importing its libraries takes seconds.
    """

    def __init__(self, name: str, folder: Path, fingerprint: str) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._folder = folder
        self._loaded: SentenceTransformer | None = None
        self._reduced: bool | None = None
        self._threads = 1
        self._load_lock = Lock()
        # The fast tokenizers keep their padding in shared state, so one text batch at a time.
        self._tokenizer_lock = Lock()
        # Held while a question is encoded, and so while torch is set to one thread.
        self._query_lock = Lock()

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        size = self._model().get_embedding_dimension()
        if size is None:
            raise EncoderError(
                says(
                    "model.size", "模型 {name} 没有说明向量的维数，无法使用。请换用其他模型。", name=self.name
                )
            )
        return size

    def encode_queries(self, texts: Sequence[str]) -> list[Encoding]:
        """Return the encodings of questions, in their order."""
        self._model()
        with self._query_lock, _one_thread():
            return self._encode(texts, "query", reduced=False)

    def encode_passages(
        self, texts: Sequence[str], on_batch: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return the encodings of passages, in their order; texts of like length go together."""
        import torch

        encodings: dict[int, Encoding] = {}
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        reduced = bool(texts) and self._reduced_precision_serves()
        with self._query_lock:
            # A thread takes over torch's number of threads when it first computes.
            torch.set_num_threads(self._threads)
        for start in range(0, len(order), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            encodings |= zip(
                rows, self._encode([texts[row] for row in rows], "document", reduced), strict=True
            )
            if on_batch:
                on_batch(start + len(rows))
        return [encodings[row] for row in range(len(texts))]

    def _encode(self, texts: Sequence[str], role: Role, reduced: bool) -> list[Encoding]:
        import torch

        if not texts:
            return []
        model = self._model()
        prompt = _prompt(model, role) or ""
        with self._tokenizer_lock:
            features = model.preprocess(list(texts), prompt=prompt, task=role)
            spans = self._token_spans([prompt + text for text in texts])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=reduced):
            output = model(features, task=role)
        # Not every model ends in a layer that normalises.
        vectors = torch.nn.functional.normalize(output["sentence_embedding"].float(), dim=1).numpy()
        tokens = output["token_embeddings"].float().numpy()
        return [
            Encoding(vector, _own_tokens(rows[: len(places)], places, len(prompt)))
            for vector, rows, places in zip(vectors, tokens, spans, strict=True)
        ]

    def _token_spans(self, texts: list[str]) -> list[NDArray[np.int32]]:
        """Return for each text the (t, 2) characters that its tokens stand for."""
        model = self._model()
        if not getattr(model.tokenizer, "is_fast", False):
            raise EncoderError(
                says(
                    "model.tokens",
                    "模型 {name} 的分词器不能给出每个词的位置，无法使用。请换用其他模型。",
                    name=self.name,
                )
            )
        found = model.tokenizer(
            texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
        )["offset_mapping"]
        return [np.array(places, np.int32).reshape(-1, 2) for places in found]

    def _reduced_precision_serves(self) -> bool:
        """Tell whether bfloat16 is both fast on this processor and exact enough for this model."""
        if self._reduced is None:
            self._reduced = _has_fast_bfloat16() and self._agreement() >= LEAST_AGREEMENT
        return self._reduced

    def _agreement(self) -> float:
        exact, rounded = (self._encode([AGREEMENT_PROBE], "document", reduced) for reduced in (False, True))
        return float(exact[0].vector @ rounded[0].vector)

    def _model(self) -> SentenceTransformer:
        with self._load_lock:
            if self._loaded is None:
                import torch

                self._loaded = _load(self.name, self._folder)
                self._threads = torch.get_num_threads()
            return self._loaded


def load_encoder(
    settings: IndexSettings, on_message: Callable[[Message], None] | None = None
) -> SentenceTransformerEncoder:
    """Return the encoder that the settings name; nothing is ever downloaded.

    ``on_message`` is told when the bundled model has to be made ready first.
    """
    if settings.encoder == BUNDLED_ENCODER:
        folder = bundled.prepare(settings.models_dir, on_message)
        return SentenceTransformerEncoder(bundled.MODEL_NAME, folder, folder.name)
    folder = Path(settings.encoder).expanduser()
    if folder.is_dir():
        return SentenceTransformerEncoder(settings.encoder, folder, _folder_fingerprint(folder))
    return _load_cached(settings.encoder)


def _load_cached(name: str) -> SentenceTransformerEncoder:
    """Return the encoder of a model that the model library has kept on this computer."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise EncoderError(
            says(
                "model.missing",
                "本机没有名为“{name}”的模型（程序不会联网下载）。"
                "请把 WENBAO_ENCODER 设为模型所在的文件夹，或去掉该设置以使用内置模型。",
                name=name,
            )
        ) from error
    # The folder is named by its commit, which stands for the content.
    return SentenceTransformerEncoder(name, folder, folder.name[:16])


def _load(name: str, folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        with bundled.quiet_loading():
            return SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderError(
            says(
                "model.load",
                "模型 {name}（{folder}）无法加载：{error}",
                name=name,
                folder=str(folder),
                error=str(error),
            )
        ) from error


def _folder_fingerprint(folder: Path) -> str:
    """Return the identity of a model's folder: the names and contents of its files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()[:16]


def _prompt(model: SentenceTransformer, role: Role) -> str | None:
    names = ("query",) if role == "query" else PASSAGE_PROMPTS
    return next((model.prompts[name] for name in names if name in model.prompts), None)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let torch compute on one core.

    A question is short: a second core saves a third of its 20 ms on an idle computer, but where
    another program has that core, waiting for it makes the slowest twentieth take 600 ms.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _own_tokens(rows: NDArray[np.float32], places: NDArray[np.int32], prompt: int) -> TokenVectors:
    """Return the tokens of a text itself, without its prompt and the marks of beginning and end."""
    spans = np.maximum(places - prompt, 0)
    own = spans[:, 1] > spans[:, 0]
    return TokenVectors(quantise(rows[own]), spans[own])


def _has_fast_bfloat16() -> bool:
    """Tell whether the processor multiplies bfloat16 natively; elsewhere it is slower than float32."""
    import torch

    features = torch.cpu.get_capabilities()
    return bool(features.get("avx512_bf16") or features.get("amx_bf16"))
