// A table that is wider than its place opens where its asked cell is; one that is not is no stop for the keyboard.
const settle = (table) => {
  if (!table.clientWidth) return; // not shown yet
  table.dataset.settled = "";
  if (table.scrollWidth <= table.clientWidth) {
    table.removeAttribute("tabindex");
    return;
  }
  const cell = table.querySelector("td.asked");
  if (!cell) return;
  const name = cell.parentElement.cells[0].offsetWidth;
  const hidden = cell.offsetLeft + cell.offsetWidth > table.clientWidth;
  if (hidden) table.scrollLeft = cell.offsetLeft - name - (table.clientWidth - name - cell.offsetWidth) / 2;
};

const settleAll = () => document.querySelectorAll(".rows:not([data-settled])").forEach(settle);
new MutationObserver(settleAll).observe(document.documentElement, { childList: true, subtree: true });
