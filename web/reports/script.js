// The tab 报告. `wenbao.reports` runs once, when its frame is on the page; `server` asks without a queue.
wenbao.reports = ({ element, watch, server }) => {
  const BUSY = 700; // milliseconds between two looks while the index changes
  const QUIET = 8000; // and while it does not: another visitor may change it
  const find = (selector) => element.querySelector(selector);
  const page = () => find(".reports-page");
  const shown = { version: -1, generation: "" };
  let replacing = null; // the report that the next file is a newer version of
  let timer;

  const fail = (told) => {
    const place = find(".failure");
    place.hidden = !told;
    place.textContent = told ?? "";
    if (told) place.scrollIntoView({ block: "nearest" });
  };
  const say = (told) => (find("[role=status]").textContent = told);

  const ask = async (name, sent) => {
    try {
      const answer = await server[name](sent);
      fail(answer.error);
      return answer.error ? null : answer;
    } catch {
      fail(page().dataset.failed);
      return null;
    }
  };

  // Put markup in its place; what had the focus has it again.
  const fill = (place, markup) => {
    const focus = place.contains(document.activeElement) && document.activeElement.dataset.cancel;
    place.innerHTML = markup;
    if (focus) place.querySelector(`[data-cancel="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  };

  const visible = () => page() && element.offsetParent !== null && !document.hidden;
  const look = async () => {
    clearTimeout(timer);
    let busy = false;
    if (visible()) {
      try {
        const answer = await server.look({ ...shown });
        for (const part of ["jobs", "list", "versions"]) if (part in answer) fill(find(`.${part}`), answer[part]);
        shown.version = answer.version;
        shown.generation = answer.generation;
        busy = answer.busy;
      } catch {
        // The server may be starting again: look once more later.
      }
    }
    clearTimeout(timer);
    timer = setTimeout(look, busy ? BUSY : QUIET);
  };

  const act = async (sent) => {
    const answer = await ask("act", sent);
    if (answer) say(answer.said);
    if (sent.do === "rollback") shown.generation = "";
    look();
  };

  // Files go to Gradio's own upload, which knows who may, and how large they may be.
  const send = (files) =>
    new Promise((resolve, reject) => {
      const form = new FormData();
      for (const file of files) form.append("files", file, file.name);
      const request = new XMLHttpRequest();
      const sending = find(".sending");
      const bar = sending.querySelector("progress");
      sending.hidden = false;
      sending.querySelector("span").textContent = page().dataset.uploading;
      request.upload.addEventListener("progress", (event) => (bar.value = (100 * event.loaded) / event.total));
      request.addEventListener("loadend", () => {
        sending.hidden = true;
        if (request.status === 200) resolve(JSON.parse(request.responseText));
        else reject(new Error(request.status === 413 ? page().dataset.toolarge : page().dataset.failed));
      });
      request.open("POST", "gradio_api/upload");
      request.send(form);
    });

  const give = async (files) => {
    const report = replacing;
    replacing = null;
    files = [...files];
    if (!files.length) return;
    try {
      const paths = await send(files);
      const given = files.map(({ name }, number) => ({ path: paths[number], name: name.toWellFormed?.() ?? name }));
      const newer = find("[name=newer]").checked;
      await act(report ? { do: "replace", report, files: given } : { do: "add", newer, files: given });
    } catch (error) {
      fail(error.message);
    }
  };

  const detail = async (name, sent, from) => {
    const answer = await ask(name, sent);
    if (!answer) return;
    const place = find(".detail");
    place.innerHTML = answer.html;
    place.hidden = false;
    find(".list").hidden = true;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
    place.opener = from;
  };
  const close = () => {
    const place = find(".detail");
    place.hidden = true;
    place.replaceChildren();
    find(".list").hidden = false;
    if (place.opener) find(`[data-open="${CSS.escape(place.opener)}"]`)?.focus();
  };

  element.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    const { open, older, newer, cancel, rollback, remove, replace } = pressed.dataset;
    if (open !== undefined) detail("open", [shown.generation, open], open);
    else if (older) detail("changes", [older, newer]);
    else if ("close" in pressed.dataset) close();
    else if (cancel) act({ do: "cancel", job: +cancel });
    else if (rollback && confirm(page().dataset.surerollback)) act({ do: "rollback", generation: rollback });
    else if (remove !== undefined && confirm(`${page().dataset.sure}\n${remove}`)) act({ do: "remove", report: remove });
    else if (replace !== undefined) {
      replacing = replace;
      find("#reports-newer").click();
    }
  });
  element.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    if (event.target.id === "reports-files") replacing = null;
    give(event.target.files).finally(() => (event.target.value = ""));
  });
  for (const kind of ["dragenter", "dragover"])
    element.addEventListener(kind, (event) => {
      const box = find(".drop");
      if (!box || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      box.classList.add("over");
    });
  for (const kind of ["dragleave", "drop"]) element.addEventListener(kind, () => find(".drop")?.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    if (!find(".drop") || !event.dataTransfer.files.length) return;
    event.preventDefault();
    replacing = null;
    give(event.dataTransfer.files);
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !find(".detail")?.hidden) close();
  });

  document.addEventListener("visibilitychange", look);
  new IntersectionObserver(look).observe(element);
  watch("value", () => {
    Object.assign(shown, { version: -1, generation: "" });
    look();
  });
  look();
};
