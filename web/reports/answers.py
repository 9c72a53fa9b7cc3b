"""Reports: what the tab 报告 answers to what a visitor does there. Knows no widgets."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from corpus.errors import WenBaoError
from corpus.reasons import reason_of
from index.changes import Changes, compare
from index.errors import StoreError
from index.generation import read_manifest
from index.holdings import FileLibrary
from index.manifest import IndexManifest
from index.store import GenerationStore
from retrieval.reader.summary import common_series, summarise
from retrieval.words.labels import labels_of
from web.current import Shelf
from web.desk import Desk
from web.i18n import Words
from web.reports import render
from web.reports.asked import Act, act_of, look_of, names_of
from web.reports.files import take_in
from web.reports.jobs import Job, Jobs, TooManyJobsError
from web.sheets import SOURCE

# Comparisons and reports at a glance that are kept.
KEPT = 32


class Reports:
    """The reports of ``desk``, and changes of them; what is sent by a page is checked before it is used.

    Methods raise ValueError for a request that no page of ours makes.
    """

    def __init__(self, desk: Desk, jobs: Jobs, uploaded: Collection[str]) -> None:
        self._desk = desk
        self._jobs = jobs
        self._uploaded = uploaded
        self._store = GenerationStore(desk.index_dir)
        self._library = FileLibrary(desk.settings.holdings_dir(desk.index_dir))

    def frame(self, words: Words) -> str:
        """Return what stays while one works."""
        return render.frame(self._desk.read_only, words)

    def look(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return what has changed since the page last looked: jobs by their version, reports by their generation."""
        look, version = look_of(sent), self._jobs.version
        jobs = self._jobs.jobs()
        shelf = self._desk.current.shelf
        answer: dict[str, Any] = {
            "run": self._jobs.run,
            "version": version,
            "generation": shelf.generation,
            # Soon there is more to see: the change, or the reports that it put in use.
            "busy": any(job.active for job in jobs) or self._desk.current.opening,
        }
        if (version, shelf.generation) != (look.version, look.generation):
            kept = set() if self._desk.read_only else set(self._store.names())
            answer["jobs"] = [_shown(job, shelf.generation, kept, words) for job in jobs]
        if shelf.generation != look.generation:
            manifest = shelf.retriever.index.manifest
            answer["list"] = render.reports(manifest, self._versions(manifest), self._desk.read_only, words)
            answer["versions"] = render.generations(
                self._generations(), shelf.generation, self._desk.read_only, words
            )
        return answer

    def open(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return the page of a report: what it is, its outline, its figures, what it says in short."""
        _generation, name = names_of(sent)
        shelf = self._desk.current.shelf
        try:
            return {"html": _opened(shelf, name, words)}
        except KeyError:
            return {"error": words("reports.gone")}

    def changes(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return what changed from one generation to another."""
        older, newer = names_of(sent)
        try:
            return {"html": render.changes(*_compared(self._store, older, newer), words)}
        except StoreError as error:
            return {"error": words.say(error.message)}

    def act(self, sent: Any, words: Words, visitor: str = "") -> dict[str, Any]:
        """Do what ``visitor`` wants; what cannot be done is in ``error``, in words for them."""
        act = act_of(sent)
        if self._desk.read_only:
            return {"error": words("reports.readonly")}
        try:
            self._do(act, visitor)
        except TooManyJobsError:
            return {"error": words("reports.toomany")}
        except WenBaoError as error:
            return {"error": words.say(error.message)}
        except OSError as error:
            return {"error": words("reports.notaken", reason=words.say(reason_of(error)))}
        return {"said": "" if act.do == "rollback" else words(f"reports.said.{act.do}")}

    def _do(self, act: Act, visitor: str) -> None:
        if act.do == "add":
            self._jobs.add(take_in(act.files, self._uploaded, self._jobs.incoming), act.newer, visitor)
        elif act.do == "replace":
            [file] = take_in(act.files[:1], self._uploaded, self._jobs.incoming)
            self._jobs.replace(act.report, file, visitor)
        elif act.do == "remove":
            self._jobs.remove([act.report], visitor)
        elif act.do == "cancel":
            self._jobs.cancel(act.job)
        else:
            before = self._store.current()
            self._jobs.note_rollback(before, self._store.rollback(act.generation))

    def _generations(self) -> list[IndexManifest]:
        """Return what the kept generations hold, the newest first; damaged ones are left out."""
        found = []
        for name in reversed(self._store.names()):
            try:
                found.append(read_manifest(self._store.folder(name)))
            except StoreError:
                continue
        return found

    def _versions(self, manifest: IndexManifest) -> dict[str, int]:
        """Return of how many reports there are several versions, by name."""
        chains = self._library.versions()
        counted = {entry.name: len(chains.get(entry.digest, ())) for entry in manifest.reports}
        return {name: count for name, count in counted.items() if count > 1}


def _shown(job: Job, current: str, kept: Collection[str], words: Words) -> dict[str, Any]:
    """Return a change for the page; it can be taken back while nothing has changed since."""
    undo = job.before if job.generation == current and job.before in kept else ""
    told = {"said": render.said(job, words), "undo": undo}
    return {"number": job.number, "state": job.state, "html": render.job(job, undo, words), **told}


@lru_cache(maxsize=KEPT)
def _opened(shelf: Shelf, name: str, words: Words) -> str:
    index = shelf.retriever.index
    report, entry = shelf.report(name), index.entry(name)
    own = [figure for figure in index.ledger if figure.report == name]
    address = f"{SOURCE}/{shelf.generation}/{index.manifest.reports.index(entry)}"
    summary = summarise(report, own, common_series(index.ledger))
    label = labels_of(index.manifest.reports)[name]
    return render.report(report, entry, label, summary, address, words)


@lru_cache(maxsize=KEPT)
def _compared(store: GenerationStore, older: str, newer: str) -> tuple[Changes, IndexManifest, IndexManifest]:
    before, after = store.checked(older), store.checked(newer)
    return compare(before, after), before.manifest, after.manifest
