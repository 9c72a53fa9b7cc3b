// Runs once, when the conversation is on the page; Gradio gives element, trigger and watch.
const app = document.querySelector("#app");
const box = () => app.querySelector("#question textarea");
// On a touch screen a focused box raises the keyboard over what was just answered.
const hasKeyboard = matchMedia("(pointer: fine)").matches;

const lookAt = (part, block) => {
  part.scrollIntoView({ block, behavior: "smooth" });
  part.focus({ preventScroll: true });
};

let chosen = false; // whether the evidence of an earlier answer was asked for

app.addEventListener("click", (event) => {
  const { question, turn, passage } = event.target.closest("button")?.dataset ?? {};
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
  if (chosen) lookAt(app.querySelector(".evidence"), "start");
  else newest?.scrollIntoView({ block: "start", behavior: "smooth" });
  if (!chosen && hasKeyboard) box().focus({ preventScroll: true });
  if (!chosen && !hasKeyboard) box().blur();
  chosen = false;
});
