"""The page: a conversation, its evidence, a box to ask in. Widgets only, no knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from retrieval.results import Answer
from web.library import Library
from web.render import Turn, conversation, evidence

# Turns that a conversation keeps: more than anyone scrolls back, and a bound on its memory.
TURNS_KEPT = 40
# Questions answered at the same time; more only wait, since an answer is a computation.
QUESTIONS_AT_ONCE = 2

Turns = tuple[Turn, ...]
_SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_HEADER = """
<header><h1>问报</h1><p>向报告提问，答案都有出处</p><p class="local">在本机运行，不连接网络</p></header>
"""


def build_page(library: Library) -> gr.Blocks:
    """Return the page that asks ``library`` and shows what it answers."""
    page = gr.Blocks(title="问报", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with page:
        turns = gr.State(())
        with gr.Column(elem_id="app"):
            with gr.Row(elem_id="top"):
                gr.HTML(_HEADER, apply_default_css=False, js_on_load=None)
                clear = gr.Button("新对话", elem_id="clear", scale=0)
            talk = gr.HTML(
                conversation((), library.examples),
                elem_id="talk",
                apply_default_css=False,
                js_on_load=_SCRIPT,
            )
            proof = gr.HTML(
                evidence(None, library.reports),
                elem_id="proof",
                apply_default_css=False,
                js_on_load=None,
            )
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    label="问题",
                    show_label=False,
                    placeholder="输入您的问题",
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    elem_id="question",
                    container=False,
                    scale=1,
                )
                send = gr.Button("提问", variant="primary", elem_id="send", scale=0)

        def ask(question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
            kept = turns[-(TURNS_KEPT - 1) :]
            asked = (*kept, Turn(question))
            yield "", asked, conversation(asked, library.examples), gr.skip()
            answer = library.ask(question, [turn.question for turn in kept])
            told = (*kept, Turn(question, answer))
            yield (
                "",
                told,
                conversation(told, library.examples, shown=len(told) - 1),
                evidence(answer, library.reports),
            )

        def ask_example(turns: Turns, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            yield from ask(str(event._data["question"]), turns)

        def show(turns: Turns, event: gr.EventData) -> tuple[str, str]:
            chosen = int(event._data["turn"])
            answer: Answer | None = turns[chosen].answer if 0 <= chosen < len(turns) else None
            return conversation(turns, library.examples, chosen), evidence(answer, library.reports)

        def start_over() -> tuple[Any, ...]:
            return "", (), conversation((), library.examples), evidence(None, library.reports)

        outputs = [box, turns, talk, proof]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        gr.on(
            [box.submit, send.click],
            ask,
            [box, turns],
            outputs,
            concurrency_limit=QUESTIONS_AT_ONCE,
            concurrency_id="ask",
            **quiet,
        )
        talk.submit(ask_example, [turns], outputs, concurrency_id="ask", **quiet)
        talk.select(show, [turns], [talk, proof], **quiet)
        clear.click(start_over, None, outputs, queue=False, **quiet)
    return page
