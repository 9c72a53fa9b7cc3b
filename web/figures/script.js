// The tab 数据. `wenbao.figures` runs once, when the boxes are on the page; `server` asks without a queue.
wenbao.figures = ({ element, trigger, watch, server }) => {
  const tab = document.querySelector("#figures-tab");
  const find = (selector) => tab.querySelector(selector);
  const page = () => find(".figures-page");
  const TYPING = 90; // milliseconds after the last key
  const state = { column: null, descending: false, page: 1, generation: "", only: false };
  let picked = new Set();
  let compared = []; // names of reports, in the order in which they were picked
  let asked = 0; // requests for the table: an answer that a later one has overtaken is dropped
  let begun = false;

  const NARROW = 560; // pixels of the page: a chart has no room for names beside its bars

  const say = (text) => (find("[role=status]").textContent = text);
  const filled = (text, values) => text.replace(/\{(\w*)\}/g, (_, name) => values[name]);
  const fail = (told) => {
    const place = find(".failure");
    place.hidden = !told;
    place.textContent = told;
  };
  // Where the program does not answer, Gradio gives nothing and tells the console only.
  const ask = async (name, sent) => {
    const answer = await Promise.resolve(server[name](sent)).catch(() => null);
    fail(answer ? "" : await wenbao.reason(page().dataset.failed));
    return answer;
  };

  const namedRows = () => [...picked].slice(0, 500);
  // What stands in the boxes, as the server names it.
  const wanted = () => {
    const form = find("form.filter");
    const typed = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "contradicting"));
    const only = state.only ? { picked: true, rows: namedRows(), generation: state.generation } : {};
    return { ...typed, ...only, contradicting: form.contradicting.checked, column: state.column, descending: state.descending };
  };

  // Put markup in its place; what had the focus has it again.
  const fill = (place, html) => {
    const key = place.contains(document.activeElement) && document.activeElement.dataset.key;
    place.innerHTML = html;
    const again = key && place.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
    if (again) again.focus({ preventScroll: true });
  };

  // The reports are others now: new lists to choose from, under what stands in the boxes; rows have other numbers.
  const renew = (frame) => {
    const typed = [...find("form.filter").elements].map((box) => [box.name, box.value, box.checked]);
    page().outerHTML = frame;
    for (const [name, value, checked] of typed) {
      const box = name && find("form.filter")[name];
      if (box) Object.assign(box, box.type === "checkbox" ? { checked } : { value });
    }
    compared = compared.filter(boxOf);
    for (const name of compared) boxOf(name).checked = true;
    if (find(".chosen")) showCompared();
    compare();
    if (picked.size) wenbao.notice(page().dataset.outdated);
    unpick();
    close();
    show(tab.dataset.view);
    check();
  };

  const look = async () => {
    const number = ++asked;
    const answer = await ask("look", { ...wanted(), page: state.page, generation: state.generation });
    if (!answer || number !== asked) return;
    state.generation = answer.generation;
    if (answer.frame) renew(answer.frame);
    fill(find("#figures-table"), answer.html);
    for (const box of tab.querySelectorAll("[data-row]")) box.checked = picked.has(+box.dataset.row);
    showPicked();
    find("#figures-indicator").replaceChildren(...answer.names.map((name) => new Option("", name)));
    say(answer.said);
  };

  let waiting;
  const lookSoon = (delay) => {
    clearTimeout(waiting);
    state.page = 1;
    waiting = setTimeout(look, delay);
  };

  const check = async () => {
    const answer = await ask("check", {});
    if (!answer) return;
    fill(find("#figures-check"), answer.html);
    for (const badge of tab.querySelectorAll(".badge")) {
      badge.hidden = !answer.number;
      badge.textContent = answer.number;
    }
    find(".only").hidden = !answer.number;
    if (answer.number) look(); // the rows are marked now
  };

  // What was chosen is of reports that have changed since: say so, and show what there is now.
  const outdated = (answer) => {
    if (!answer.outdated) return false;
    wenbao.notice(answer.outdated);
    look();
    return true;
  };

  // Picked rows, and their chart.
  const countPicked = () => filled(page().dataset.picked, { "": picked.size });
  const showPicked = () => {
    const bar = find(".picked");
    bar.hidden = picked.size === 0;
    bar.querySelector(".number").textContent = countPicked();
    bar.querySelector("[data-action=draw]").disabled = picked.size < 2;
    const boxes = [...tab.querySelectorAll("[data-row]")];
    const all = find("[data-action=page]");
    if (!all) return;
    const on = boxes.filter((box) => box.checked).length;
    all.checked = on > 0 && on === boxes.length;
    all.indeterminate = on > 0 && on < boxes.length;
  };
  const pick = (boxes, on) => {
    for (const box of boxes) {
      box.checked = on;
      picked[on ? "add" : "delete"](+box.dataset.row);
    }
    showPicked();
    if (state.only && !picked.size) showOnly(false);
    if (boxes.length) say(countPicked());
  };
  const unpick = () => {
    picked = new Set();
    pick(tab.querySelectorAll("[data-row]"), false);
  };
  // The picked rows alone, of whatever filter they were picked under: what is taken away then is these.
  const showOnly = (on) => {
    if (on) find("form.filter").reset(); // which also ends what is shown alone
    state.only = on;
    find("[data-action=only]").ariaPressed = String(on);
    lookSoon(0);
  };
  const draw = (drawn) => {
    tab.classList.add("drawing");
    told.observe(find("#figures-drawn"), { childList: true, subtree: true });
    find("#figures-drawing").scrollIntoView({ block: "nearest" });
    trigger({ rows: namedRows(), generation: state.generation, drawn, narrow: tab.clientWidth < NARROW });
  };
  // What is drawn comes with an event of Gradio's: it is told of when it is there.
  const told = new MutationObserver(() => {
    const title = find("#figures-drawn .over")?.dataset.title;
    if (title && tab.classList.contains("drawing")) say(filled(page().dataset.drawn, { "": title }));
  });
  const close = () => tab.classList.remove("drawing");

  // Save what the server made, or what is drawn here, under a name.
  const save = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const download = async (button) => {
    button.disabled = true;
    say(page().dataset.preparing);
    const reports = button.dataset.from === "matrix" ? { reports: compared } : {};
    const made = await ask("file", { ...wanted(), ...reports, file: button.dataset.file });
    button.disabled = false;
    if (!made || outdated(made)) return;
    const bytes = Uint8Array.from(atob(made.content), (letter) => letter.charCodeAt(0));
    save(new Blob([bytes], { type: made.type }), made.name);
  };

  // The chart as a picture of its own: the page's colours and fonts are written into a copy.
  const PAINT = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "opacity", "paint-order"];
  const LINE = 20; // pixels
  const lines = (pen, text, width) => {
    const found = [""];
    for (const letter of text) {
      if (pen.measureText(found.at(-1) + letter).width > width) found.push("");
      found[found.length - 1] += letter;
    }
    return found;
  };
  const picture = async (button) => {
    const drawn = find("#figures-plot svg.marks");
    const copy = drawn.cloneNode(true);
    const parts = [...drawn.querySelectorAll("*")];
    [...copy.querySelectorAll("*")].forEach((part, place) => {
      const style = getComputedStyle(parts[place]);
      for (const name of PAINT) part.style.setProperty(name, style.getPropertyValue(name));
    });
    const { width, height } = drawn.getBoundingClientRect();
    const margin = 16;
    const scale = 2;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const style = getComputedStyle(tab);
    const font = `13px ${style.getPropertyValue("--sans")}`;
    pen.font = font;
    // Alone, the picture must say what one should know and where it is from.
    const below = [...tab.querySelectorAll("#figures-drawn :is(.note, .sources)")].flatMap((said) => lines(pen, said.textContent, width));
    canvas.width = (width + 2 * margin) * scale;
    canvas.height = (height + 2 * margin + below.length * LINE) * scale;
    pen.scale(scale, scale);
    pen.fillStyle = style.getPropertyValue("--sheet");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, margin, margin, width, height);
    pen.font = font;
    pen.fillStyle = style.getPropertyValue("--soft");
    below.forEach((text, place) => pen.fillText(text, margin, margin + height + (place + 1) * LINE - 4));
    canvas.toBlob((blob) => save(blob, `${button.dataset.name}.png`), "image/png");
  };

  // Reports side by side.
  const compare = async () => {
    const place = find("#figures-matrix");
    if (compared.length < 2) return fill(place, "");
    const sent = [...compared];
    const answer = await ask("compare", { reports: sent });
    if (!answer || outdated(answer) || sent.join("\n") !== compared.join("\n")) return;
    fill(place, answer.html);
    say(answer.said);
  };
  // The chosen reports in their order; the first is what the others are compared with.
  const showCompared = () => {
    const list = find(".chosen");
    const chips = compared.map((name, place) => {
      const chip = document.createElement("li");
      const label = boxOf(name).nextElementSibling.textContent;
      const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "✕" });
      remove.dataset.remove = name;
      remove.ariaLabel = list.dataset.remove.replace("{}", () => label);
      chip.append(Object.assign(document.createElement("span"), { lang: "zh-CN", textContent: label }));
      if (place === 0) chip.append(Object.assign(document.createElement("span"), { className: "base", textContent: list.dataset.base }));
      chip.append(remove);
      return chip;
    });
    list.replaceChildren(...chips);
  };
  const boxOf = (name) => [...tab.querySelectorAll(".chooser [type=checkbox]")].find((box) => box.value === name);
  const choose = (box) => {
    if (box.checked && compared.length >= 12) {
      box.checked = false;
      say(page().dataset.most);
      return;
    }
    compared = box.checked ? [...compared, box.value] : compared.filter((name) => name !== box.value);
    showCompared();
    const name = box.nextElementSibling.textContent;
    say(filled(box.checked ? page().dataset.added : page().dataset.removed, { name, number: compared.length }));
    compare();
  };
  const narrow = (text) => {
    const small = text.trim().toLowerCase();
    let none = true;
    for (const item of tab.querySelectorAll(".chooser li")) {
      item.hidden = !item.textContent.toLowerCase().includes(small);
      none &&= item.hidden;
    }
    find(".chooser .nobody").hidden = !none;
  };

  const show = (view) => {
    for (const part of tab.querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== view;
    for (const button of tab.querySelectorAll("[data-view]")) button.ariaPressed = String(button.dataset.view === view);
    tab.dataset.view = view;
  };

  // Another page, from its top; who turned it among the rows is on the same row of the next.
  const turn = async (number, row) => {
    state.page = number;
    await look();
    find(".ledger").scrollIntoView({ block: "start" });
    if (row !== undefined) focusRow(row, "[data-row]");
  };
  const rows = () => [...tab.querySelectorAll("#figures-table tr.line")];
  const focusRow = (number, part) => {
    const row = rows().at(Math.max(0, Math.min(number, rows().length - 1)));
    const place = row?.querySelector(part);
    place?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };
  // From row to row, in the column that one is in, by the keys of a table.
  const walk = (event) => {
    const row = event.target.closest?.("tr.line");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const part = event.target.matches("[data-row]") ? "[data-row]" : "[data-action=open]";
    const at = rows().indexOf(row);
    const turned = { PageDown: ".pager .next", PageUp: ".pager .previous" }[event.key];
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity }[event.key];
    const side = { ArrowRight: "[data-action=open]", ArrowLeft: "[data-row]" }[event.key];
    if (to !== undefined) focusRow(to, part);
    else if (side) row.querySelector(side).focus();
    else if (turned) {
      const button = find(turned);
      if (button && !button.disabled) turn(+button.dataset.page, at);
    } else if (event.key === "Enter" && part === "[data-row]") row.querySelector("[data-action=open]").click();
    else return;
    event.preventDefault();
  };

  const act = {
    draw: () => draw(""),
    only: () => showOnly(!state.only),
    unpick,
    close: () => {
      close();
      find(".picked [data-action=draw]").focus();
    },
    png: picture,
    go: () => {}, // a number that is typed: see below
    page: (box) => pick(tab.querySelectorAll("[data-row]"), box.checked),
    open: (button) => {
      const on = button.ariaExpanded !== "true";
      button.ariaExpanded = String(on);
      document.getElementById(button.getAttribute("aria-controls")).hidden = !on;
    },
    more: (button) => {
      const on = find("form.filter").classList.toggle("opened");
      button.ariaExpanded = String(on);
      button.textContent = on ? button.dataset.less : button.dataset.more;
    },
    contradicting: () => {
      find("form.filter").contradicting.checked = true;
      show("table");
      lookSoon(0);
    },
  };

  tab.addEventListener("click", (event) => {
    const button = event.target.closest("button, input[data-action]");
    const { view, sort, page: number, action, file, shape, remove } = button?.dataset ?? {};
    if (view) show(view);
    if (sort) {
      state.descending = state.column === sort && !state.descending;
      state.column = sort;
      lookSoon(0);
    }
    if (number) turn(+number);
    if (action) act[action](button);
    if (remove) {
      boxOf(remove).checked = false;
      choose(boxOf(remove));
      find(".finder").focus();
    }
    if (file) download(button);
    if (shape) draw(shape);
  });
  tab.addEventListener("input", (event) => {
    const box = event.target;
    if (box.form?.matches(".filter")) lookSoon(box.type === "search" ? TYPING : 0);
    if (box.dataset.row) pick([box], box.checked);
    if (box.matches(".finder")) narrow(box.value);
    if (box.matches(".chooser [type=checkbox]")) choose(box);
  });
  tab.addEventListener("keydown", walk);
  tab.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.action === "go" && box.value) turn(Math.max(1, Math.min(+box.value, +box.max)));
  });
  tab.addEventListener("submit", (event) => event.preventDefault());
  tab.addEventListener("reset", () => {
    state.column = null;
    state.descending = false;
    state.only = false;
    find("[data-action=only]").ariaPressed = "false";
    setTimeout(() => lookSoon(0)); // the boxes are empty only after this event
  });

  // Nothing is asked for before the tab is looked at.
  const begin = () => {
    if (!page() || !tab.offsetParent) return;
    if (begun) return look(); // reports may have come meanwhile
    begun = true;
    show(tab.dataset.view ?? "table");
    look().then(check);
  };
  // A link of another tab leads to a view: `data-figures="check"`.
  document.addEventListener("click", (event) => {
    const view = event.target.closest("[data-figures]")?.dataset.figures;
    if (!view) return;
    event.preventDefault();
    tab.dataset.view = view;
    if (page()) show(view);
    wenbao.openTab("figures");
  });
  new IntersectionObserver((seen) => seen.at(-1).isIntersecting && begin()).observe(tab);
  watch("value", () => {
    begun = false;
    begin();
  });
  begin();
};
