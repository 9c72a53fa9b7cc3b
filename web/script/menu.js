// The lists and the box that open below a chip: always where all of it can be seen, closed by Esc or a press elsewhere.
const GAP = 6; // pixels between a chip and what it opens, and to the edge of what can be seen

// What can be seen of the conversation: on a narrow page that is the window, above the box to ask in.
const seen = () => {
  const talk = document.querySelector("#talk").getBoundingClientRect();
  const composer = document.querySelector("#composer").getBoundingClientRect();
  return { top: Math.max(0, talk.top), bottom: composer.top, right: Math.min(innerWidth, talk.right) };
};

const place = (menu) => {
  const list = menu.lastElementChild;
  const chip = menu.getBoundingClientRect();
  const { top, bottom, right } = seen();
  list.style.maxHeight = list.style.translate = "";
  const [above, below] = [chip.top - top - 2 * GAP, bottom - chip.bottom - 2 * GAP];
  const up = list.offsetHeight > below && above > below;
  menu.classList.toggle("up", up);
  list.style.maxHeight = `${Math.min(list.offsetHeight, Math.max(up ? above : below, 0))}px`;
  const over = list.getBoundingClientRect().right + GAP - right;
  if (over > 0) list.style.translate = `${-over}px`;
};

// A details element tells of its opening by an event that does not bubble.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("#app details.menu") || !event.target.open) return;
  // A chip that stands half behind the box to ask in is brought out first.
  event.target.scrollIntoView({ block: "nearest" });
  place(event.target);
  event.target.querySelector(".edit input")?.select();
}, true);

const openMenus = () => document.querySelectorAll("#app details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
