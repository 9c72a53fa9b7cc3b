"""The tab 提问: a conversation, its evidence, a box to ask in. Widgets that show what ``Chat`` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from web.chat import Chat, Turns, View
from web.i18n import label
from web.render import Evidence
from web.widgets import QUIET, html

# Questions that are answered at the same time: an answer is a computation, more only wait.
QUESTIONS_AT_ONCE = 2

# Answering counts as one kind of work, whoever asks.
_ANSWERING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": QUESTIONS_AT_ONCE}
_ON_LOAD = "wenbao.talk({ element, trigger, watch })"


def build_ask_tab(chat: Chat, page: gr.Blocks) -> None:
    """Fill the tab with the conversation of ``chat``."""
    turns = gr.State(())
    with gr.Column(elem_id="app"):
        talk = html(chat.welcome(), "talk", _ON_LOAD)
        with gr.Column(elem_id="proof"):
            proof = _proof(chat.reports())
        with gr.Row(elem_id="composer"):
            clear = gr.Button(label("ask.new"), elem_id="clear", scale=0)
            box = _box()
            send = gr.Button(label("ask.send"), variant="primary", elem_id="send", scale=0)
    _connect(chat, turns, talk, proof, box, send, clear)
    gr.api(  # type: ignore[attr-defined]
        chat.answer, api_name="ask", api_description="回答一个关于报告的问题", **_ANSWERING
    )
    # The index may have changed since the page was built.
    page.load(lambda: _flat(chat.start_over()), None, [turns, talk, *proof], **QUIET)


def _proof(shown: Evidence) -> list[gr.components.Component]:
    """Return the widgets of the evidence, in the order of ``Evidence``."""
    figure = html(shown.figure, "figure")
    chart = gr.Plot(
        visible=False, label="对比图", show_label=False, container=False, buttons=[], elem_id="chart"
    )
    return [figure, chart, html(shown.passages)]


def _widgets(shown: Evidence | None) -> tuple[Any, ...]:
    """Return what the widgets of ``_proof`` are to show; None is what they show already."""
    if shown is None:
        return (gr.skip(),) * len(Evidence._fields)
    chart = PlotData(type="altair", plot=json.dumps(shown.chart)) if shown.chart else None
    return shown.figure, gr.Plot(value=chart, visible=chart is not None), shown.passages


def _flat(view: View) -> tuple[Any, ...]:
    turns, conversation, shown = view
    return turns, conversation, *_widgets(shown)


def _box() -> gr.Textbox:
    return gr.Textbox(
        label=label("ask.question"),
        show_label=False,
        container=False,
        placeholder=label("ask.placeholder"),
        lines=1,
        max_lines=6,
        autofocus=True,
        elem_id="question",
        scale=1,
    )


def _connect(
    chat: Chat,
    turns: gr.State,
    talk: gr.HTML,
    proof: list[gr.components.Component],
    box: gr.Textbox,
    send: gr.Button,
    clear: gr.Button,
) -> None:
    """Tie the widgets to ``chat``: what is typed, an example, an earlier answer, a new start."""
    shown = [turns, talk, *proof]

    def ask_typed(question: str, kept: Turns) -> Iterator[tuple[Any, ...]]:
        """Empty the box once, when the question is taken: the next may be typed meanwhile."""
        steps = chat.ask(question, kept)
        yield "", *_flat(next(steps))
        yield from ((gr.skip(), *_flat(view)) for view in steps)

    def ask_example(kept: Turns, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        yield from map(_flat, chat.ask(str(event.question), kept))

    def show(kept: Turns, event: gr.EventData) -> tuple[Any, ...]:
        conversation, evidence = chat.show(int(event.turn), kept)
        return conversation, *_widgets(evidence)

    def start_over() -> tuple[Any, ...]:
        return _flat(chat.start_over())

    typed = gr.on([box.submit, send.click], ask_typed, [box, turns], [box, *shown], **QUIET, **_ANSWERING)
    example = talk.submit(ask_example, turns, shown, **QUIET, **_ANSWERING)
    talk.select(show, turns, [talk, *proof], **QUIET)
    clear.click(start_over, None, shown, cancels=[typed, example], **QUIET)
