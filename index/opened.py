"""Open the index in use, ready for questions."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from corpus import SplitSettings
from corpus.messages import Message, says
from index.encode import Encoder, load_encoder
from index.errors import IndexDamagedError
from index.generation import Generation, outdated, read_generation, read_manifest
from index.manifest import Recipe
from index.settings import IndexSettings
from index.store import GenerationStore
from index.vectors import DEFAULT_BACKEND


@dataclass(frozen=True, slots=True)
class Index(Generation):
    """A generation with the encoder that it was made with."""

    encoder: Encoder = field(kw_only=True)


def open_index(
    index_dir: Path | None = None,
    settings: IndexSettings | None = None,
    encoder: Encoder | None = None,
) -> Index:
    """Open the index in use for searching; ``encoder`` takes the place of that in the settings.

    Raises IndexMissingError, IndexDamagedError or IndexOutdatedError, each with the remedy.
    """
    settings = settings or IndexSettings()
    store = GenerationStore(index_dir or settings.index_dir)
    store.current()
    encoder = encoder or load_encoder(settings)
    while True:
        name = store.current()
        try:
            return open_generation(store.folder(name), encoder)
        except IndexDamagedError:
            # A rebuild may have replaced and removed the generation meanwhile.
            if store.current() == name:
                raise


def open_generation(folder: Path, encoder: Encoder) -> Index:
    """Open one generation; refuse it if it was made in another way than is set now."""
    check_recipe(folder, read_manifest(folder).recipe, recipe_of(encoder))
    generation = read_generation(folder)
    parts = {slot.name: getattr(generation, slot.name) for slot in fields(generation)}
    return Index(**parts, encoder=encoder)


def recipe_of(encoder: Encoder) -> Recipe:
    """Return how an index is made here and now with ``encoder``."""
    return Recipe(encoder.name, encoder.fingerprint, SplitSettings(), DEFAULT_BACKEND)


def check_recipe(folder: Path, found: Recipe, expected: Recipe) -> None:
    """Raise IndexOutdatedError, naming what differs, unless two recipes make the same index."""
    if found.fingerprint != expected.fingerprint:
        raise outdated(folder, says("recipe.encoder", "语言模型"), _encoder(found), _encoder(expected))
    if found.split != expected.split:
        raise outdated(folder, says("recipe.split", "分段设置"), _split(found.split), _split(expected.split))
    for what, name in (
        (says("recipe.tokenizer", "分词版本"), "tokenizer"),
        (says("recipe.context", "段落标题版本"), "context"),
        (says("recipe.backend", "向量引擎"), "backend"),
    ):
        if getattr(found, name) != getattr(expected, name):
            raise outdated(folder, what, str(getattr(found, name)), str(getattr(expected, name)))


def _encoder(recipe: Recipe) -> str:
    return f"{recipe.encoder} ({recipe.fingerprint})"


def _split(split: SplitSettings) -> Message:
    longest, shortest = split.longest, split.shortest
    return says(
        "recipe.lengths", "每段最长 {longest} 字、最短 {shortest} 字", longest=longest, shortest=shortest
    )
