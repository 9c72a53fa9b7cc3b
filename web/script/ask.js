// The conversation and its evidence; `wenbao.talk` runs once, when the conversation is on the page.
wenbao.talk = ({ element, trigger, watch }) => {
  const app = document.querySelector("#app");
  const box = () => app.querySelector("#question textarea");
  // On a touch screen a focused box raises the keyboard over what was just answered.
  const hasKeyboard = matchMedia("(pointer: fine)").matches;

  const lookAt = (part, block) => {
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

  let chosen = false; // whether the evidence of an earlier answer was asked for

  app.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const { question, turn, passage, sort } = button?.dataset ?? {};
    if (sort) sortBy(button.closest("th"));
    if (question) trigger("submit", { question });
    if (passage) lookAt(document.getElementById(`passage-${passage}`), "nearest");
    if (turn) {
      chosen = true;
      trigger("select", { turn });
    }
  });

  // An Enter that ends the choice of a word in an input method must not send the question.
  app.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    },
    { capture: true },
  );

  watch("value", () => {
    app.querySelector("#proof").scrollTop = 0;
    const newest = element.querySelector(".turn:last-child");
    if (chosen) lookAt(app.querySelector(".evidence:has(section)"), "start");
    else newest?.scrollIntoView({ block: "start", behavior: "smooth" });
    if (!chosen && hasKeyboard) box().focus({ preventScroll: true });
    if (!chosen && !hasKeyboard) box().blur();
    chosen = false;
  });
};
