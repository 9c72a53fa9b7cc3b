// The evidence: from one passage to the next, as printed, as extracted.
const within = (selector) => document.querySelector(`#app ${selector}`);

// What came after one had gone to another conversation is not.
const isHere = (turn) => !turn || within(`[data-turn="${CSS.escape(turn)}"]`);

// All of it in one step and as new elements: nothing that one looks at is pushed about.  The chart is drawn a moment
// later, in the place that is kept for it.
const show = ({ turn, computed, passages, height }) => {
  if (!isHere(turn)) return;
  for (const [part, html] of Object.entries({ computed, passages })) {
    const fresh = document.createRange().createContextualFragment(html);
    within(`#${part} .part`).replaceChildren(fresh);
  }
  within("#drawing").classList.toggle("drawn", height > 0);
  within("#drawing").style.height = `${height}px`;
  within("#proof").scrollTop = 0;
  document.querySelector("#app").classList.remove("asking");
  wenbao.shown = turn;
};

// Called once, when what the server sends it by is on the page.
wenbao.papers = ({ props, watch }) => {
  watch("value", () => show(JSON.parse(props.value)));
};

// The same as Gradio's chart takes it.
wenbao.drawing = (value) => {
  const { turn, chart } = JSON.parse(value);
  const drawn = { value: chart && { type: "altair", plot: JSON.stringify(chart) }, visible: Boolean(chart) };
  return { __type__: "update", ...(isHere(turn) ? drawn : {}) };
};

const lookAt = (part, block) => {
  if (!part) return;
  part.scrollIntoView({ block, behavior: "smooth" });
  part.focus({ preventScroll: true });
};

// Numbers by their amount, all else as a Chinese dictionary would; the same column again turns it round.
const sortBy = (head) => {
  const table = head.closest("table");
  const key = (row) => row.cells[head.cellIndex].dataset.amount ?? row.cells[head.cellIndex].textContent.trim();
  const numeric = "amount" in table.tBodies[0].rows[0].cells[head.cellIndex].dataset;
  const order = new Intl.Collator("zh-CN", { numeric: true });
  const compare = numeric ? (a, b) => key(a) - key(b) : (a, b) => order.compare(key(a), key(b));
  const turn = head.ariaSort === "ascending" ? -1 : 1;
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.ariaSort = turn > 0 ? "ascending" : "descending";
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => turn * compare(a, b)));
};

const step = (by) => {
  const passages = [...document.querySelectorAll("#proof .passage")];
  if (!passages.length) return;
  const at = passages.indexOf(document.activeElement.closest?.(".passage"));
  const to = at < 0 ? (by > 0 ? 0 : passages.length - 1) : Math.min(Math.max(at + by, 0), passages.length - 1);
  lookAt(passages[to], "start");
};

// The window of a page's picture opens where the figure is printed.
const place = (picture) => {
  const print = picture.closest(".print");
  const paper = print.querySelector(".paper");
  paper.scrollTop = Math.max(0, print.dataset.top * picture.offsetHeight - paper.clientHeight * 0.35);
  print.classList.add("ready");
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("#app button");
  const { passage, sort, step: by, do: act } = pressed?.dataset ?? {};
  if (sort) sortBy(pressed.closest("th"));
  if (passage) lookAt(document.getElementById(`passage-${passage}`), "nearest");
  if (by) step(Number(by));
  if (act === "raw") {
    const raw = pressed.closest(".passage").querySelector(".raw");
    raw.hidden = !raw.hidden;
    pressed.setAttribute("aria-pressed", !raw.hidden);
  }
});

document.addEventListener("load", (event) => event.target.matches?.("#app .print img") && place(event.target), true);
document.addEventListener("error", (event) => event.target.matches?.("#app .print img") && event.target.closest(".print").remove(), true);

// Shortcuts, where one is not typing.
const TYPING = "input, textarea, select, [contenteditable=true]";
document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const tab = ["ask", "figures", "reports", "about"]["1234".indexOf(event.key)];
    if (tab) {
      event.preventDefault();
      wenbao.goToTab(tab);
    }
    if (event.code === "KeyN" && within("[data-do=new]")?.offsetParent) {
      event.preventDefault();
      within("[data-do=new]").click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.isComposing || event.target.matches?.(TYPING)) return;
  if (document.querySelector("dialog[open]") || !document.querySelector("#app")?.offsetParent) return;
  const acts = {
    "/": () => within("#question").focus(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => within("#help").showModal(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
