"""Measure passage retrieval on public question sets: BM25, the encoder, their fusion, peers, and ours.

    python benchmarks/retrieval.py --data ../shared/data
    python benchmarks/retrieval.py --data ../shared/data --titles --peers

The passages of a set are cut where sentences end, to at most 220 characters, and given to every method as
they are, each a passage of its own; with ``--titles``, headed by the title that the set gives to the text it
was cut from, as the product heads what it indexes. Ours has each encoded among the passages cut from the same
text, too, as the product does; the encoder and the peers have it alone. A found passage is right if it was cut
from a passage that belongs to the question; in CMRC 2018 it must also hold an answer, word for word. Every method
ranks the whole set.
Encoding the passages takes many minutes, so their vectors are kept in a folder (``--cache``);
questions are encoded as they are asked, and that is part of their time.

``--peers`` adds LangChain's FAISS store and txtai's hybrid search with the same encoder's vectors of the same
texts (``benchmarks/retrieval-peers-requirements.txt``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus import Identity, Passage, SplitSettings  # noqa: E402
from corpus.split import SEPARATORS  # noqa: E402
from index import (  # noqa: E402
    Encoder,
    Index,
    IndexManifest,
    ReportEntry,
    TokenStore,
    from_environment,
    load_encoder,
)
from index.embed import sources  # noqa: E402
from index.keywords import KeywordIndex  # noqa: E402
from index.manifest import Recipe  # noqa: E402
from index.vectors import DEFAULT_BACKEND, FaissBackend  # noqa: E402
from retrieval.query.parse import parse  # noqa: E402
from retrieval.query.reports import Reports  # noqa: E402
from retrieval.search.fusion import best_rows  # noqa: E402
from retrieval.search.searcher import Searcher  # noqa: E402

LONGEST = 220  # characters of a passage
DEPTH = 30  # places of each ranking that reciprocal rank fusion adds up
RECIPROCAL = 60  # the constant of Cormack, Clarke and Buettcher (SIGIR 2009)
REPORT = "set"  # all passages stand in one report without a place or a year


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A public set: every ``step``-th question is asked; ``verbatim``: a right passage holds an answer."""

    name: str
    step: int = 1
    verbatim: bool = False


SETS = (
    QuestionSet("cmrc2018_dev", step=3, verbatim=True),
    QuestionSet("drcd_dev_simplified", step=3),
    QuestionSet("dureader_robust_dev"),
    QuestionSet("rgb_zh_refine"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as it is searched, and the id of the set's passage that it was cut from."""

    source: str
    text: str
    title: str = ""

    @property
    def searched(self) -> str:
        """The text that every method is given."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Encodings:
    """The vectors of pieces, (n, d) float32, encoded alone and among their neighbours, and their tokens."""

    alone: NDArray[np.float32]
    among: NDArray[np.float32]
    tokens: TokenStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the rows of the pieces that are right for it."""

    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Result:
    """What a method reached on a set: shares and the mean reciprocal rank are 0 to 1."""

    method: str
    recall_1: float
    recall_5: float
    mrr_10: float
    per_second: float


Ranker = Callable[[str], Sequence[int]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", metavar="FOLDER")
    parser.add_argument("--sets", nargs="+", default=[one.name for one in SETS], metavar="SET")
    parser.add_argument("--titles", action="store_true", help="head each passage with its text's title")
    parser.add_argument("--peers", action="store_true", help="ask txtai and LangChain's FAISS store too")
    parser.add_argument("--most", type=int, metavar="N", help="ask at most this many questions of a set")
    parser.add_argument("--cache", type=Path, default=ROOT / "benchmarks/results/retrieval", metavar="FOLDER")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    encoder = load_encoder(from_environment())
    results = {}
    for one in SETS:
        if one.name in options.sets:
            pieces = read_pieces(options.data / one.name / "passages.jsonl", options.titles)
            questions = read_questions(one, options.data / one.name / "queries.jsonl", pieces)
            encodings = encoded(pieces, encoder, options.cache / one.name)
            index = index_of(pieces, encodings, encoder)
            chosen = questions[:: -(-len(questions) // options.most)] if options.most else questions
            results[one.name] = measure_all(one.name, index, encodings.alone, chosen, peers=options.peers)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        report = {name: [asdict(result) for result in found] for name, found in results.items()}
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def measure_all(
    name: str, index: Index, alone: NDArray[np.float32], questions: Sequence[Asked], peers: bool
) -> list[Result]:
    """Measure and print every method on one set; ``alone`` has the vectors of passages encoded alone."""
    print(f"\n{name}: {len(index.passages):,} passages, {len(questions):,} questions")
    print(f"{'':28}{'R@1':>8}{'R@5':>8}{'MRR@10':>8}{'questions/s':>13}", flush=True)
    results = []
    methods = dict(rankers(index, alone))
    if peers:
        methods |= peer_rankers(index, alone)
    for method, rank in methods.items():
        result = measure(method, rank, questions)
        results.append(result)
        shares = "".join(f"{value:8.3f}" for value in (result.recall_1, result.recall_5, result.mrr_10))
        print(f"{method:28}{shares}{result.per_second:13.0f}", flush=True)
    return results


def read_pieces(path: Path, titles: bool) -> list[Piece]:
    """Read a set's passages and cut them where sentences end, else at a comma, else anywhere."""
    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_overlap=0,
        strip_whitespace=False,
        chunk_size=LONGEST,
    )
    passages = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Piece(passage["id"], text.strip(), passage.get("title", "") if titles else "")
        for passage in passages
        for text in splitter.split_text(passage["text"])
        if text.strip()
    ]


def read_questions(one: QuestionSet, path: Path, pieces: Sequence[Piece]) -> list[Asked]:
    """Read the questions that are asked of a set."""
    rows: dict[str, list[int]] = {}
    for row, piece in enumerate(pieces):
        rows.setdefault(piece.source, []).append(row)
    questions = []
    for line in path.read_text(encoding="utf-8").splitlines()[:: one.step]:
        query = json.loads(line)
        right = {row for source in query["positive_ids"] for row in rows[source]}
        if one.verbatim:
            right = {row for row in right if any(answer in pieces[row].text for answer in query["answers"])}
        questions.append(Asked(query["question"], frozenset(right)))
    return questions


def index_of(pieces: Sequence[Piece], encodings: Encodings, encoder: Encoder) -> Index:
    """Return an index in memory that holds the pieces as its passages."""
    texts = [piece.text for piece in pieces]
    passages = tuple(
        Passage(REPORT, number, piece.text, 0, len(piece.text), piece.title, (), number, (number, number))
        for number, piece in enumerate(pieces, start=1)
    )
    entry = ReportEntry(REPORT, "", "", sum(map(len, texts)), len(texts), 0, (), Identity())
    recipe = Recipe(encoder.name, encoder.fingerprint, SplitSettings(LONGEST, 0), DEFAULT_BACKEND)
    return Index(
        manifest=IndexManifest("", "", recipe, encoder.dimension, len(texts), 0, (entry,), {}),
        passages=passages,
        figures=((),) * len(texts),
        ledger=(),
        vectors=FaissBackend.build(encodings.among),
        keywords=KeywordIndex.build([piece.searched for piece in pieces]),
        tokens=encodings.tokens,
        report_lines={},
        encoder=encoder,
    )


def encoded(pieces: Sequence[Piece], encoder: Encoder, cache: Path) -> Encodings:
    """Return the encodings of the pieces, from the cache where it has them."""
    wanted = sources([standing(piece, number) for number, piece in enumerate(pieces, start=1)])
    content = json.dumps([encoder.fingerprint, [(one.text, one.window.text) for one in wanted]])
    folder = cache / hashlib.sha256(content.encode()).hexdigest()[:16]
    if not (folder / "among.npy").is_file():
        texts = list(dict.fromkeys(text for one in wanted for text in (one.text, one.window.text)))
        found = encoder.encode_passages(
            texts, lambda done: print(f"\r{done}/{len(texts)}", end="", flush=True)
        )
        of = dict(zip(texts, found, strict=True))
        among = [one.encoding(of[one.text], of[one.window.text]) for one in wanted]
        folder.mkdir(parents=True, exist_ok=True)
        TokenStore.of([one.tokens for one in among], encoder.dimension).save(folder / "tokens")
        np.save(folder / "alone.npy", np.stack([of[one.text].vector for one in wanted]))
        # Written last: its presence says that all is there.
        np.save(folder / "among.npy", np.stack([one.vector for one in among]))
    return Encodings(
        np.load(folder / "alone.npy"), np.load(folder / "among.npy"), TokenStore.load(folder / "tokens")
    )


def standing(piece: Piece, number: int) -> Passage:
    """Return a piece as a passage of the text it was cut from: a file named by the title, or by nothing."""
    name = piece.title.replace("/", "／") or " "
    report = f"{name}.{piece.source}"
    return Passage(report, number, piece.text, 0, len(piece.text), name, (), number, (number, number))


def peer_rankers(index: Index, vectors: NDArray[np.float32]) -> Mapping[str, Ranker]:
    """Return peers by name; they search the same texts by the same vectors, words in their own way."""
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings as LangChainEmbeddings
    from txtai import Embeddings

    texts = [
        f"{passage.title}\n{passage.text}" if passage.title else passage.text for passage in index.passages
    ]
    known = dict(zip(texts, vectors, strict=True))

    def vector_of(text: str) -> NDArray[np.float32]:
        return known[text] if text in known else index.encoder.encode_queries([text])[0].vector

    class SameEncoder(LangChainEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [vector_of(text).tolist() for text in texts]

        def embed_query(self, text: str) -> list[float]:
            return vector_of(text).tolist()

    store = FAISS.from_embeddings(
        list(zip(texts, vectors.tolist(), strict=True)),
        SameEncoder(),
        metadatas=[{"row": row} for row in range(len(texts))],
    )
    hybrid = Embeddings(
        method="external",
        transform=lambda asked: np.stack([vector_of(text) for text in asked]),
        hybrid=True,
    )
    hybrid.index(list(enumerate(texts)))

    def langchain(question: str) -> list[int]:
        return [found.metadata["row"] for found in store.similarity_search(question, k=DEPTH)]

    def txtai(question: str) -> list[int]:
        return [int(row) for row, _ in hybrid.search(question, DEPTH)]

    return {"LangChain, FAISS": langchain, "txtai, hybrid": txtai}


def rankers(index: Index, alone: NDArray[np.float32]) -> Mapping[str, Ranker]:
    """Return the methods by name; each gives the rows of a question's best passages, best first."""
    searcher = Searcher(index)
    encoder_alone = FaissBackend.build(alone)
    known = Reports(index)
    reports = {entry.name for entry in index.manifest.reports}

    def keyword(question: str) -> list[int]:
        return best_rows(index.keywords.scores(question), DEPTH)

    def dense(question: str) -> list[int]:
        vector = index.encoder.encode_queries([question])[0].vector
        return [int(row) for row in encoder_alone.search(vector[None], DEPTH)[1][0]]

    def reciprocal(question: str) -> list[int]:
        scores: dict[int, float] = {}
        for ranking in (dense(question), keyword(question)):
            for place, row in enumerate(ranking, start=1):
                scores[row] = scores.get(row, 0.0) + 1 / (RECIPROCAL + place)
        return sorted(scores, key=lambda row: -scores[row])

    def ours(question: str) -> list[int]:
        return searcher.find(parse(question, known), reports, reports).rows

    return {
        "BM25, characters and pairs": keyword,
        "encoder": dense,
        "both, reciprocal ranks": reciprocal,
        "ours": ours,
    }


def measure(method: str, rank: Ranker, questions: Sequence[Asked]) -> Result:
    """Ask all questions, one after the other."""
    rank(questions[0].text)  # loads what is loaded once
    started = time.perf_counter()
    found = [rank(question.text) for question in questions]
    seconds = time.perf_counter() - started
    places = [first_right(rows, question.right) for rows, question in zip(found, questions, strict=True)]
    return Result(
        method,
        recall_1=float(np.mean([place == 1 for place in places])),
        recall_5=float(np.mean([0 < place <= 5 for place in places])),
        mrr_10=float(np.mean([1 / place if 0 < place <= 10 else 0.0 for place in places])),
        per_second=len(questions) / seconds,
    )


def first_right(rows: Sequence[int], right: frozenset[int]) -> int:
    """Return the place of the first right row, counted from 1; 0 where there is none."""
    return next((place for place, row in enumerate(rows, start=1) if row in right), 0)


if __name__ == "__main__":
    main()
