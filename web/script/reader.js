// The reader: a whole report in a window over the page, opened by any link `data-do="read"`, from whichever tab.
// Closing it leads back to the link.
const icon = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>';

const made = () => {
  const close = wenbao.element("button", { type: "button", ariaLabel: wenbao.t("close"), title: wenbao.t("close"), innerHTML: icon });
  const head = wenbao.element("div", { className: "head" }, wenbao.element("p", { className: "what" }), close);
  const body = wenbao.element("div", { className: "body", tabIndex: 0 });
  const dialog = wenbao.element("dialog", { id: "reader", ariaLabel: wenbao.t("reader") }, head, body);
  close.addEventListener("click", () => dialog.close());
  // What lies under the window is its own backdrop: a press there closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return dialog;
};

let opened = 0; // a report that a later one has overtaken is not shown
const read = async (link) => {
  const dialog = document.querySelector("#reader") ?? made();
  const body = dialog.querySelector(".body");
  const number = ++opened;
  dialog.querySelector(".what").textContent = "";
  body.replaceChildren(wenbao.t("pending"));
  if (!dialog.open) dialog.showModal();
  try {
    const answer = await fetch(link.href.split("#")[0]);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const report = page.querySelector("#report"); // or why there is none
    if (!report) throw new Error(answer.status);
    if (number !== opened) return;
    dialog.querySelector(".what").textContent = page.title;
    body.replaceChildren(report);
    const here = body.querySelector("#here");
    here?.scrollIntoView({ block: "center" });
    (here ?? body).focus({ preventScroll: true });
  } catch {
    const told = await wenbao.reason(wenbao.t("unread"));
    if (number === opened) body.replaceChildren(told);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-do=read]");
  // With a modifier key the browser opens it in a tab of its own.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  read(link);
});
