"""The page: a conversation, its evidence, a box to ask in. Widgets that show what ``Chat`` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from web.chat import Chat, Turns, View
from web.render import Evidence

# Questions that are answered at the same time: an answer is a computation, more only wait.
QUESTIONS_AT_ONCE = 2
# Seconds after which what Gradio keeps in files for a visitor is removed, and how often it looks.
FILES_KEPT = (3600, 3600)

# Answering counts as one kind of work, whoever asks.
_ANSWERING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": QUESTIONS_AT_ONCE}
# Nothing moves or covers the page while it waits, and no event of the page is public.
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_HEADER = """
<header><h1>问报</h1><p>向报告提问，答案都有出处</p><p class="local">在本机运行，不连接网络</p></header>
"""


def build_page(chat: Chat) -> gr.Blocks:
    """Return the page of ``chat``; each visitor has a conversation of their own."""
    page = gr.Blocks(title="问报", analytics_enabled=False, fill_width=True, delete_cache=FILES_KEPT)
    with page:
        turns = gr.State(())
        with gr.Column(elem_id="app"):
            with gr.Row(elem_id="top"):
                _html(_HEADER)
                clear = gr.Button("新对话", elem_id="clear", scale=0)
            talk = _html(chat.welcome(), elem_id="talk", js_on_load=_SCRIPT)
            with gr.Column(elem_id="proof"):
                proof = _proof(chat.reports())
            with gr.Row(elem_id="composer"):
                box = _box()
                send = gr.Button("提问", variant="primary", elem_id="send", scale=0)
        _connect(chat, turns, talk, proof, box, send, clear)
        gr.api(  # type: ignore[attr-defined]
            chat.answer, api_name="ask", api_description="回答一个关于报告的问题", **_ANSWERING
        )
        # The index may have changed since the page was built.
        page.load(lambda: _flat(chat.start_over()), None, [turns, talk, *proof], **_QUIET)
    return page


def _html(value: str, js_on_load: str | None = None, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=js_on_load)


def _proof(shown: Evidence) -> list[gr.components.Component]:
    """Return the widgets of the evidence, in the order of ``Evidence``."""
    figure = _html(shown.figure, elem_id="figure")
    chart = gr.Plot(
        visible=False, label="对比图", show_label=False, container=False, buttons=[], elem_id="chart"
    )
    return [figure, chart, _html(shown.passages)]


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
        label="问题",
        show_label=False,
        container=False,
        placeholder="输入您的问题",
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

    typed = gr.on([box.submit, send.click], ask_typed, [box, turns], [box, *shown], **_QUIET, **_ANSWERING)
    example = talk.submit(ask_example, turns, shown, **_QUIET, **_ANSWERING)
    talk.select(show, turns, [talk, *proof], **_QUIET)
    clear.click(start_over, None, shown, cancels=[typed, example], **_QUIET)
