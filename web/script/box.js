// The box to ask in: as high as what is typed, and how long that may be.
const LIMIT_IS_NEAR = 50; // characters
const TALLEST = 180; // pixels
const box = () => document.querySelector("#question");

const fit = () => {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight + 2, TALLEST)}px`;
  tellLimit();
};

// How long a question may be: seen while one types, said once when it comes near and once when it is passed.
const charactersLeft = () => box().dataset.limit - [...box().value.trim()].length;

// Who listens hears a text only when it changes.
const sayAgain = (part) => {
  part.textContent = "";
  setTimeout(tellLimit, 100);
};

const tellLimit = () => {
  const left = charactersLeft();
  const state = left < 0 ? "over" : left <= LIMIT_IS_NEAR ? "left" : "";
  const told = state && wenbao.t(state, { count: Math.abs(left), limit: box().dataset.limit });
  document.querySelector("#limit").textContent = told;
  box().setAttribute("aria-invalid", state === "over");
  const said = document.querySelector("#limit-said");
  if (box().dataset.told === state && Boolean(said.textContent) === Boolean(state)) return;
  box().dataset.told = state;
  said.textContent = told;
};

// Empty the box and return what stood in it; "" where that cannot be asked, which stays and is told.
wenbao.taken = () => {
  const question = box().value.trim();
  if (charactersLeft() < 0) sayAgain(document.querySelector("#limit-said"));
  if (!question || charactersLeft() < 0) {
    box().focus();
    return "";
  }
  box().value = "";
  fit();
  return question;
};

document.addEventListener("input", (event) => event.target === box() && fit());
