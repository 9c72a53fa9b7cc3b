"""The tab 提问: a conversation, its evidence, a box to ask in. Widgets that show what ``Chat`` says.

The conversation itself is kept by the visitor's browser (``script/ask.js``): it sends a question with
those before it, and gets back what to show of the answer.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from starlette.concurrency import run_in_threadpool

from web.chat import Chat, Inquiry
from web.feedback import REASONS, Verdict, note
from web.i18n import Words, label, language_of, words
from web.render import Evidence, composer, evidence, passages_only, turn, welcome
from web.share import CrowdedError, Shares, visitor_of
from web.told import CROWDED, TURNS_KEPT, from_json, refused, to_json
from web.widgets import QUIET, html, in_both

# Characters of a question and reports of a choice that are read from a visitor: more than are answered, so
# that the answer can say that it is too much.
MOST_READ = 4_000
MOST_CHOSEN = 2_000

# How many are answered at once is said by the shares.
_ANSWERING: dict[str, Any] = {"concurrency_limit": None}
# Each event stands by itself: none is dropped while another is on its way.
_EACH: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}

# Numbers what is sent, so that the same evidence sent again is shown again.
_issues = count()

# The place of what the script shows.
_PART = '<div class="part">{}</div>'

Shown = tuple[Any, ...]
Done = TypeVar("Done")


class AskTab:
    """The widgets of the tab and what happens in them."""

    def __init__(self, chat: Chat, home: Path | None) -> None:
        self._chat = chat
        self._home = home
        self._shares = Shares()

    def build(self, page: gr.Blocks) -> None:
        """Make the widgets and tie them to the chat."""
        answers = self._chat.answers
        with gr.Column(elem_id="app"):
            talk = html(
                in_both(lambda words: welcome(answers.examples, words)),
                "talk",
                "wenbao.talk({ element, trigger })",
                template='<div class="turns" role="log" aria-live="polite" aria-label="${wenbao.t(\'talk\')}">{}</div>',
            )
            with gr.Column(elem_id="proof"):
                html("", "computed", template=_PART)
                # Of the height that the script gives it as soon as the evidence is there.
                with gr.Column(elem_id="drawing"):
                    chart = gr.Plot(
                        visible=False,
                        label=label("evidence.chart"),
                        show_label=False,
                        container=False,
                        buttons=[],
                        elem_id="chart",
                    )
                html(in_both(lambda words: self._evidence(None, words).passages), "passages", template=_PART)
            box = html(
                in_both(lambda words: composer(answers.reports, words)),
                "composer",
                "wenbao.composer({ element })",
            )
        # What the server says to the script; the script shows it in its place.  Of two messages that come at once
        # the script sees the later one, so the evidence, which not every message has, comes by a way of its own.
        papers = html("", "papers", "wenbao.papers({ props, watch })", template="")
        wire = html("", "wire", "wenbao.wire({ props, watch })", template="")
        papers.change(None, papers, chart, js="(value) => [wenbao.drawing(value)]", **QUIET)
        said = [wire, papers]
        talk.submit(self._ask, None, said, **_EACH, **_ANSWERING)
        talk.select(self._show, None, said, **_EACH, **_ANSWERING)
        talk.load(self._open, None, [*said, box], **_EACH)
        talk.like(self._note, None, None, **_EACH)
        gr.api(  # type: ignore[attr-defined]
            self._answer_program, api_name="ask", api_description="回答一个关于报告的问题", **_ANSWERING
        )

    async def _ask(self, request: gr.Request, event: gr.EventData) -> AsyncIterator[Shown]:
        """Answer a question in steps, when it is the visitor's turn."""
        sent, told_in = _sent(event), words(language_of(request))
        try:
            async with self._shares.turn(visitor_of(request)):
                steps = self._steps(sent, told_in)
                while shown := await run_in_threadpool(next, steps, None):
                    yield shown
        except CrowdedError:
            told = refused(str(sent.get("question", "")), CROWDED)
            message = {"turn": str(sent.get("turn", "")), "last": True, "told": to_json(told)}
            message["html"] = turn(told, told_in)
            yield _sealed(message), _papers(self._evidence(None, told_in), sent)

    def _steps(self, sent: dict[str, Any], told_in: Words) -> Iterator[Shown]:
        """Yield what is known of an answer, step by step; ``turn`` says to the script which one it is."""
        for step in self._chat.ask(_inquiry(sent)):
            message: dict[str, Any] = {"turn": str(sent.get("turn", "")), "last": step.last}
            if step.told is None:
                yield _sealed(message), _papers(self._passages(step.hits, told_in), sent)
                continue
            message |= {"told": to_json(step.told), "html": turn(step.told, told_in, step.coming)}
            if step.told.follow_ups:  # these change the conversation alone
                yield _sealed(message), gr.skip()
            else:
                near = step.answer if step.told.evidence else None
                yield _sealed(message), _papers(self._evidence(near, told_in), sent)

    async def _show(self, request: gr.Request, event: gr.EventData) -> Shown:
        """Show the evidence of an answer again."""
        sent, told_in = _sent(event), words(language_of(request))

        def show() -> Shown:
            shown = self._evidence(self._chat.show(_inquiry(sent)), told_in)
            return _sealed({"shown": str(sent.get("turn", ""))}), _papers(shown, sent)

        return await self._in_turn(request, show)

    async def _answer_program(self, question: str, request: gr.Request) -> dict[str, Any]:
        """Answer one question without a conversation, as JSON: see ``retrieval.render.serialise``."""
        return await self._in_turn(request, self._chat.answer_program, question[:MOST_READ])

    async def _in_turn(self, request: gr.Request, work: Callable[..., Done], *given: Any) -> Done:
        try:
            async with self._shares.turn(visitor_of(request)):
                return await run_in_threadpool(work, *given)
        except CrowdedError:
            raise gr.Error(words(language_of(request))(f"refusal.{CROWDED}"), print_exception=False) from None

    def _open(self, request: gr.Request, event: gr.EventData) -> Shown:
        """Show a conversation that the browser kept, without evidence; also an empty one."""
        told_in = words(language_of(request))
        kept = _sent(event).get("turns")
        turns = [from_json(content) for content in (kept if isinstance(kept, list) else [])[-TURNS_KEPT:]]
        message = {
            "opened": str(_sent(event).get("chat", "")),
            "turns": [turn(told, told_in) if told else "" for told in turns],
            "welcome": welcome(self._chat.answers.examples, told_in),
        }
        box = composer(self._chat.answers.reports, told_in)
        return _sealed(message), _papers(self._evidence(None, told_in), {}), box

    def _note(self, event: gr.EventData) -> None:
        """Write down what a visitor says of an answer."""
        sent = _sent(event)
        if self._home is None or sent.get("verdict") not in ("good", "bad"):
            return
        reason = sent.get("reason")
        verdict = Verdict(
            "good" if sent["verdict"] == "good" else "bad",
            reason if reason in REASONS else "",
            str(sent.get("question", "")),
            str(sent.get("answer", "")),
            self._chat.answers.generation,
        )
        note(self._home, verdict)

    def _evidence(self, answer: Any, told_in: Words) -> Evidence:
        answers = self._chat.answers
        return evidence(answer, answers.reports, answers.report, answers.generation, told_in)

    def _passages(self, hits: Any, told_in: Words) -> Evidence:
        answers = self._chat.answers
        return passages_only(hits, answers.reports, answers.report, answers.generation, told_in)


def build_ask_tab(chat: Chat, home: Path | None = None) -> Callable[[gr.Blocks], None]:
    """Return what fills the tab with conversations with ``chat``; verdicts are noted below ``home``."""
    return AskTab(chat, home).build


def _sent(event: gr.EventData) -> dict[str, Any]:
    """Return what the script sent with an event."""
    data = event._data
    return data if isinstance(data, dict) else {}


def _inquiry(sent: dict[str, Any]) -> Inquiry:
    """Read a question as the script sends it; what has another form is left out."""
    history, reports = (
        tuple(str(one)[:MOST_READ] for one in value[-MOST_CHOSEN:]) if isinstance(value, list) else ()
        for value in (sent.get("history"), sent.get("reports"))
    )
    return Inquiry(str(sent.get("question", ""))[:MOST_READ], history, reports)


def _papers(shown: Evidence, sent: dict[str, Any]) -> str:
    """Return the evidence of a turn as the script shows it."""
    return _sealed({**shown._asdict(), "turn": str(sent.get("turn", "")), "issue": next(_issues)})


def _sealed(message: dict[str, Any]) -> str:
    """Return a message as one text.

    Gradio sends what changed since the message before, and its page puts that into the object of that message: where
    messages of one event come together it is changed before anyone has seen it.  A text cannot be changed.
    """
    return json.dumps(message, ensure_ascii=False)
