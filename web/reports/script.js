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
  // A word to everyone, also to those who listen; while another tab is open that is the page's own notice.
  const say = (told, undo) => {
    if (told) wenbao.notice(told, undo && { label: page().dataset.undo, act: () => act({ do: "rollback", generation: undo }) });
  };

  // What a visitor has dismissed stays away in this browser as long as the program runs.
  let states = null; // of the changes as they were last seen, by number
  let run = "";
  const dismissed = () => {
    const kept = wenbao.stored("reports.dismissed");
    return new Set(kept?.run === run ? kept.numbers : []);
  };
  const dismiss = (numbers) => {
    wenbao.store("reports.dismissed", { run, numbers: [...dismissed(), ...numbers] });
    for (const number of numbers) find(`.jobs > [data-job="${number}"]`)?.remove();
    const next = find(".jobs [data-dismiss]") ?? find("#reports-files") ?? find(".list button");
    next?.focus();
    showClear();
  };
  const over = () => [...element.querySelectorAll(".jobs [data-dismiss]")].map((button) => +button.dataset.dismiss);
  const showClear = () => (find(".clear").hidden = over().length < 2);

  // Changes are put in their places one by one: what has not changed is left alone, and so is the focus.
  const fillJobs = (jobs) => {
    const gone = dismissed();
    const shownJobs = jobs.filter(({ number }) => !gone.has(number));
    const places = shownJobs.map(({ number, html }) => {
      const place = find(`.jobs > [data-job="${number}"]`) ?? wenbao.element("div");
      place.dataset.job = number;
      if (place.markup !== html) {
        const had = place.contains(document.activeElement);
        const button = had && Object.keys(document.activeElement.dataset)[0];
        place.innerHTML = place.markup = html;
        const again = button && place.querySelector(`[data-${button}]`);
        if (had) (again || place.querySelector(".job")).focus({ preventScroll: true });
      }
      return place;
    });
    const now = [...find(".jobs").children];
    if (now.length !== places.length || places.some((place, at) => place !== now[at])) find(".jobs").replaceChildren(...places);
    for (const { number, state, said, undo } of jobs) {
      if (states && states.get(number) !== state && state !== "stopping") say(said, undo);
    }
    states = new Map(jobs.map(({ number, state }) => [number, state]));
    showClear();
  };

  const ask = async (name, sent) => {
    try {
      const answer = await server[name](sent);
      fail(answer.error);
      return answer.error ? null : answer;
    } catch {
      fail(await wenbao.reason(page().dataset.failed));
      return null;
    }
  };

  // Of many reports those alone whose title, file, place or day has what is typed.
  const narrow = () => {
    const small = find("[data-finder]").value.trim().toLowerCase();
    let none = true;
    for (const row of find(".list tbody").rows) {
      const told = [...row.querySelectorAll(".name, .place, .day")].map((cell) => cell.textContent).join(" ");
      row.hidden = !told.toLowerCase().includes(small);
      none &&= row.hidden;
    }
    find(".list .nobody").hidden = !none;
  };

  // Put markup in its place; what had the focus has it again, or what stands there now.
  const fill = (place, markup) => {
    const typed = place.querySelector("[data-finder]")?.value;
    const [name, value] = place.contains(document.activeElement) ? (Object.entries(document.activeElement.dataset)[0] ?? ["open", ""]) : [];
    place.innerHTML = markup;
    const finder = typed && place.querySelector("[data-finder]");
    if (finder) {
      finder.value = typed;
      narrow();
    }
    if (name) (place.querySelector(`[data-${name}="${CSS.escape(value)}"]`) ?? place.querySelector("button"))?.focus({ preventScroll: true });
  };

  let busy = false; // then also those are told who ask meanwhile
  const visible = () => page() && (busy || element.offsetParent !== null) && !document.hidden;
  const look = async () => {
    clearTimeout(timer);
    if (visible()) {
      try {
        const answer = await server.look({ ...shown });
        if (run !== answer.run) [run, states] = [answer.run, null];
        if (answer.jobs) fillJobs(answer.jobs);
        for (const part of ["list", "versions"]) if (part in answer) fill(find(`.${part}`), answer[part]);
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
    if (answer && sent.do !== "cancel") say(answer.said); // that was said as it was pressed
    if (sent.do === "rollback") shown.generation = "";
    await look();
    return answer;
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
        else if (request.status === 413) reject(new Error(page().dataset.toolarge));
        else wenbao.reason(page().dataset.failed).then((told) => reject(new Error(told)));
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

  // Ask before something is taken away; the dialog keeps the focus and gives it back, and Esc is no.
  const confirm = ({ title, why }, label) =>
    new Promise((resolve) => {
      const dialog = find("dialog.confirm");
      dialog.querySelector("h2").textContent = title;
      dialog.querySelector("#confirm-why").textContent = why;
      dialog.querySelector("[data-answer=yes]").textContent = label;
      dialog.returnValue = "no";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
      dialog.showModal();
    });

  const stop = (button) => {
    const job = button.closest(".job");
    button.setAttribute("aria-disabled", "true");
    job.querySelector(".state").textContent = page().dataset.stopping;
    say(page().dataset.stopping);
    act({ do: "cancel", job: +button.dataset.cancel });
  };

  element.addEventListener("click", async (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || pressed.ariaDisabled === "true") return;
    const { open, older, newer, cancel, rollback, remove, replace, undo, answer, dismiss: number } = pressed.dataset;
    if (open !== undefined) detail("open", [shown.generation, open], open);
    else if (older) detail("changes", [older, newer]);
    else if ("close" in pressed.dataset) close();
    else if (answer) pressed.closest("dialog").close(answer);
    else if (cancel) stop(pressed);
    else if (undo) act({ do: "rollback", generation: undo });
    else if (number) dismiss([+number]);
    else if ("clear" in pressed.dataset) dismiss(over());
    else if (rollback) {
      if (await confirm(pressed.dataset, pressed.textContent)) act({ do: "rollback", generation: rollback });
    } else if (remove !== undefined) {
      if (await confirm(pressed.dataset, pressed.textContent)) act({ do: "remove", report: remove });
    } else if (replace !== undefined) {
      replacing = replace;
      find("#reports-newer").click();
    }
  });
  element.addEventListener("input", (event) => "finder" in event.target.dataset && narrow());
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
    if (event.key === "Escape" && !find("dialog[open]") && !find(".detail")?.hidden) close();
  });

  document.addEventListener("visibilitychange", look);
  new IntersectionObserver(look).observe(element);
  watch("value", () => {
    Object.assign(shown, { version: -1, generation: "" });
    look();
  });
  look();
};
