// The tab 提问: asks, shows what comes back, keeps conversations in this browser.
const CHATS_KEPT = 40;
const TURNS_KEPT = 40;
const SECONDS_TO_ANSWER = 30;
const SECONDS_TO_OPEN = 10;
const MILLISECONDS_FOR_EVIDENCE = 500;
const { t, element } = wenbao;

const app = () => document.querySelector("#app");
const within = (selector) => app().querySelector(selector);
const box = () => within("#question");
const log = () => within("#talk .turns");
const proof = () => within("#proof");
// On a touch screen a focused box raises the keyboard over what was just answered.
const hasKeyboard = matchMedia("(pointer: fine)").matches;
const newId = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

let fire = () => {}; // Gradio's trigger
let chat = { id: newId(), title: "", turns: [] };
let chosen = []; // names of the reports that questions are limited to
let waiting = []; // questions that wait for the answer before, each with its turn's id
let busy = null; // the turn that is being answered
let opening = true; // what is asked waits until the conversation is there, which would else be put over it
let timer = 0;
let reopened = null; // the turn whose evidence is shown because its conversation was opened

// Conversations, newest first. What does not fit is forgotten from the end.

const chats = () => wenbao.stored("chats") ?? [];

const keep = () => {
  chat.at = Date.now();
  let all = [chat, ...chats().filter((one) => one.id !== chat.id)].slice(0, CHATS_KEPT);
  while (!wenbao.store("chats", all) && all.length > 1) all = all.slice(0, -1);
  try {
    sessionStorage.setItem("wenbao.chat", chat.id);
  } catch {}
};

const openChat = (one, asked = []) => {
  chat = one ?? { id: newId(), title: "", turns: [] };
  try {
    sessionStorage.setItem("wenbao.chat", chat.id);
  } catch {}
  waiting = asked;
  busy = null;
  opening = true;
  clearTimeout(timer);
  timer = setTimeout(begin, SECONDS_TO_OPEN * 1000);
  fire("load", { chat: chat.id, turns: chat.turns.map((turn) => turn.told) });
};

// Asking

const article = (id) => log().querySelector(`[data-turn="${CSS.escape(id)}"]`);

const addTurn = (id) => {
  const turn = document.createElement("article");
  turn.className = "turn";
  turn.dataset.turn = id;
  log().append(turn);
  return turn;
};

const pending = (turn, question) => {
  const asked = document.createElement("p");
  asked.className = "question";
  asked.textContent = question;
  const soon = document.createElement("div");
  soon.className = "reply pending";
  soon.textContent = t("pending");
  turn.replaceChildren(asked, soon);
};

const ask = (question, reports = chosen) => {
  question = question.trim();
  if (!question) return;
  // Before the welcome goes: what stands below would move into its place.
  app().classList.add("asking");
  within(".welcome")?.remove();
  const id = newId();
  const turn = addTurn(id);
  pending(turn, question);
  turn.scrollIntoView({ block: "start", behavior: "smooth" });
  waiting.push({ id, question, reports });
  if (!busy && !opening) answerNext();
};

const begin = () => {
  opening = false;
  if (!busy && waiting.length) answerNext();
};

const answerNext = () => {
  const { id, question, reports } = waiting.shift();
  busy = id;
  app().classList.add("asking"); // again, where the evidence of the answer before has come meanwhile
  wenbao.shown = ""; // the turn whose evidence has come
  const history = chat.turns.map((turn) => turn.question).filter(Boolean).slice(-8);
  const asked = { id, question, reports, history };
  chat.turns = [...chat.turns, { ...asked, told: { question, found: false, text: "" } }].slice(-TURNS_KEPT);
  fire("submit", { turn: id, question, reports, history });
  clearTimeout(timer);
  timer = setTimeout(() => fail(id), SECONDS_TO_ANSWER * 1000);
};

const next = () => {
  clearTimeout(timer);
  busy = null;
  if (waiting.length) answerNext();
  else app().classList.remove("asking");
};

// In the place of an answer: why there is none, and what to do.
const unanswered = (id, said, button) => {
  const told = element("p", { className: "answer", textContent: t(said) });
  article(id)?.querySelector(".reply").replaceWith(element("div", { className: "reply failed" }, told, button));
  chat.turns = chat.turns.filter((turn) => turn.id !== id);
  next();
};

const chip = (said, data) => {
  const made = element("button", { type: "button", className: "chip", textContent: t(said) });
  Object.assign(made.dataset, data);
  return made;
};

const fail = (id) => unanswered(id, "failed", chip("again", { question: chat.turns.find((turn) => turn.id === id)?.question }));

// What was asked is in the box again after one has signed in.
document.addEventListener("wenbao-expired", (event) => {
  if (!busy) return;
  event.preventDefault();
  wenbao.store("draft", chat.turns.find((turn) => turn.id === busy)?.question);
  unanswered(busy, "expired", chip("enter", { shell: "enter" }));
});

const send = () => ask(wenbao.taken());

// What the server says

const showFor = (id) => {
  for (const turn of log().querySelectorAll(".turn")) {
    turn.classList.toggle("shown", turn.dataset.turn === id);
    turn.querySelector("[data-do=evidence]")?.setAttribute("aria-pressed", turn.dataset.turn === id);
  }
};

const receive = (message) => {
  if (message.opened !== undefined) return opened(message);
  if (message.shown) {
    showFor(message.shown);
    if (message.shown === reopened) return;
    // The evidence comes with this message, by a way of its own.
    requestAnimationFrame(() => {
      const region = proof().querySelector(".evidence:has(section)");
      region?.focus({ preventScroll: true });
      region?.scrollIntoView({ block: "start", behavior: "smooth" });
    });
    return;
  }
  const turn = article(message.turn ?? "");
  const kept = chat.turns.find((one) => one.id === message.turn);
  if (!turn || !kept) return;
  if (message.html) {
    // The follow-ups come a moment later: what one may be reading stays as it is and where it is.
    const again = turn.querySelector(".actions");
    if (again) addFollowUps(turn.querySelector(".next"), message.html);
    else {
      // Passages that came before the answer stay where they are.
      if (wenbao.shown === message.turn) turn.style.minHeight = `${turn.offsetHeight}px`;
      turn.replaceChildren(fragment(message.html));
    }
    kept.told = message.told;
    chat.title ||= message.told.question;
    showFor(message.turn);
    if (!again) {
      if (hasKeyboard) box().focus({ preventScroll: true });
      else box().blur();
      turn.scrollIntoView({ block: "start", behavior: "smooth" });
    }
    keep();
  }
  if (message.last) {
    if (kept.told.evidence) setTimeout(fetchEvidence, MILLISECONDS_FOR_EVIDENCE, kept);
    next();
  }
};

// It comes by a way of its own, on which it can be lost.
const fetchEvidence = (turn) => {
  if (busy || chat.turns.at(-1) !== turn || wenbao.shown) return;
  reopened = turn.id;
  showEvidence(turn);
};

// In the place that was kept for them, which stays as large even where not all are answered.
const addFollowUps = (next, html) => {
  if (!next) return;
  next.style.minHeight = `${next.offsetHeight}px`;
  for (const kept of next.querySelectorAll(".kept")) kept.remove();
  next.append(...fragment(html).querySelectorAll(".next > button"));
};

const showEvidence = ({ id, question, reports, history }) => fire("select", { turn: id, question, reports, history });

const fragment = (html) => document.createRange().createContextualFragment(html);

const opened = (message) => {
  if (message.opened !== chat.id) return;
  log().replaceChildren();
  if (!chat.turns.length && !waiting.length) log().append(fragment(message.welcome));
  chat.turns.forEach((turn, at) => {
    const place = addTurn(turn.id);
    if (message.turns[at]) place.append(fragment(message.turns[at]));
    else pending(place, turn.told.question);
    showVerdict(place, turn.verdict);
  });
  for (const { id, question } of waiting) pending(addTurn(id), question);
  log().lastElementChild?.scrollIntoView({ block: "nearest" });
  showScope();
  clearTimeout(timer);
  begin();
  const link = arrived;
  arrived = null;
  if (link) ask(link.question, link.reports);
  if (busy) return;
  // The evidence of the last answer is there again, too, but does not take the focus.
  const last = chat.turns.at(-1);
  reopened = last?.told.evidence ? last.id : null;
  if (reopened) showEvidence(last);
};

// A link to a question: `?q=…&r=name of a report`.
const linkIn = () => {
  const given = new URLSearchParams(location.search);
  const question = given.get("q");
  if (!question) return null;
  const reports = given.getAll("r");
  for (const name of ["q", "r"]) given.delete(name);
  history.replaceState(null, "", location.pathname + (given.size ? `?${given}` : "") + location.hash);
  return { question, reports };
};
let arrived = linkIn();

const linkTo = (turn) => {
  const link = new URLSearchParams({ q: turn.told.understood || turn.question });
  for (const name of turn.reports) link.append("r", name);
  return `${location.origin}${location.pathname}?${link}`;
};

// Reports that questions are limited to

const showScope = () => {
  const dialog = within("#scope");
  for (const one of dialog.querySelectorAll("input[type=checkbox]")) one.checked = chosen.includes(one.value);
  const count = chosen.length;
  const name = dialog.querySelector("input:checked")?.parentElement.querySelector(".title").textContent;
  within(".bar .scope").textContent = count === 0 ? t("all") : count === 1 && name ? name : t("chosen", { count });
  within("[data-do=scope]").classList.toggle("strong", count > 0);
};

const filterScope = (text) => {
  for (const item of within("#scope .list").children) {
    item.hidden = !item.textContent.toLowerCase().includes(text.trim().toLowerCase());
  }
};

// The list of conversations

const listChats = () => {
  const items = chats().map((one) => {
    const title = one.title || t("untitled");
    const open = element("button", { type: "button", className: "title", textContent: title });
    open.dataset.open = one.id;
    if (one.id === chat.id) open.setAttribute("aria-current", "true");
    const count = element("span", { className: "file", textContent: t("turns", { count: one.turns.length }) });
    const rename = element("button", { type: "button", className: "plain", textContent: t("rename") });
    rename.dataset.rename = one.id;
    rename.ariaLabel = `${t("rename")} ${title}`;
    const remove = element("button", { type: "button", className: "plain", textContent: t("delete") });
    remove.dataset.remove = one.id;
    remove.ariaLabel = `${t("delete")} ${title}`;
    return element("li", {}, element("div", { className: "named" }, open, count), rename, remove);
  });
  within("#chats [data-do=export]").disabled = !chat.turns.length;
  within("#chats [data-do=forget]").disabled = !items.length;
  if (!items.length) items.push(element("li", { className: "caption", textContent: t("none") }));
  within("#chats .list").replaceChildren(...items);
};

const renameChat = (button) => {
  const item = button.closest("li");
  const one = chats().find((each) => each.id === button.dataset.rename);
  const input = element("input", { type: "text", value: one.title, maxLength: 80, ariaLabel: t("rename") });
  item.querySelector(".named").replaceChildren(input);
  input.focus();
  input.select();
  let done = false;
  const finish = (kept) => {
    if (done) return;
    done = true;
    if (kept && input.value.trim()) {
      const all = chats();
      all.find((each) => each.id === one.id).title = input.value.trim();
      wenbao.store("chats", all);
      if (chat.id === one.id) chat.title = input.value.trim();
    }
    listChats();
  };
  input.addEventListener("blur", () => finish(true));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) finish(true);
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      finish(false);
    }
  });
};

// What is deleted is asked for twice.
const sure = (button) => {
  if (button.dataset.sure) return true;
  const words = button.textContent;
  button.dataset.sure = "1";
  button.textContent = t("sure");
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = words;
  }, 3000);
  return false;
};

const removeChat = (id) => {
  wenbao.store("chats", chats().filter((one) => one.id !== id));
  if (id === chat.id) openChat();
  listChats();
};

// What is pressed

const showVerdict = (turn, value) => {
  for (const one of turn.querySelectorAll("[data-do=good], [data-do=bad]")) {
    one.setAttribute("aria-pressed", one.dataset.do === value);
  }
};

const verdict = (turn, button, reason = "") => {
  const judged = chat.turns.find((one) => one.id === turn.dataset.turn);
  const { told } = judged;
  const value = reason ? "bad" : button.dataset.do;
  fire("like", { verdict: value, reason, question: told.question, answer: told.text });
  showVerdict(turn, value);
  judged.verdict = value;
  keep();
  turn.querySelector(".reasons").hidden = value === "good" || Boolean(reason);
  turn.querySelector("[data-do=bad]").setAttribute("aria-expanded", !turn.querySelector(".reasons").hidden);
  if (value === "good" || reason) wenbao.notice(t("thanks"));
};

const editAsked = (edit) => {
  const indicator = edit.querySelector("input").value.trim();
  if (indicator) ask(edit.dataset.before + indicator + edit.dataset.after);
};

const acts = {
  send,
  new: () => {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    openChat();
    if (hasKeyboard) box().focus();
  },
  chats: () => {
    listChats();
    within("#chats").showModal();
  },
  scope: () => {
    showScope();
    within("#scope").showModal();
  },
  help: () => within("#help").showModal(),
  close: (button) => button.closest("dialog").close(),
  all: () => {
    chosen = [];
    showScope();
  },
  export: () => wenbao.save("问报对话.md", wenbao.asMarkdown(chat)),
  forget: (button) => {
    if (!sure(button)) return;
    wenbao.store("chats", []);
    openChat();
    listChats();
  },
  evidence: (button) => {
    reopened = null;
    showEvidence(turnOf(button));
  },
  copy: (button) => wenbao.copy(wenbao.plainText(turnOf(button).told), t("copied")),
  link: (button) => wenbao.copy(linkTo(turnOf(button)), t("linked")),
  good: (button) => verdict(button.closest(".turn"), button),
  bad: (button) => verdict(button.closest(".turn"), button),
  reason: (button) => verdict(button.closest(".turn"), button, button.dataset.reason),
  edit: (button) => editAsked(button.closest(".edit")),
};
const turnOf = (button) => chat.turns.find((one) => one.id === button.closest(".turn").dataset.turn);

document.addEventListener("click", (event) => {
  const button = event.target.closest("#app button");
  if (!button) return;
  const { question, open, rename, remove, do: act } = button.dataset;
  if (question) {
    button.closest("details")?.removeAttribute("open");
    button.closest(".turn:has(.failed)")?.remove();
    ask(question);
  } else if (open) {
    within("#chats").close();
    openChat(chats().find((one) => one.id === open));
  } else if (rename) renameChat(button);
  else if (remove) sure(button) && removeChat(remove);
  else acts[act]?.(button);
});

document.addEventListener("input", (event) => {
  if (event.target.matches("#scope [type=search]")) filterScope(event.target.value);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("#scope [type=checkbox]")) return;
  chosen = [...within("#scope").querySelectorAll("input:checked")].map((one) => one.value);
  showScope();
});

document.addEventListener("keydown", (event) => {
  // An Enter that ends the choice of a word in an input method must not send the question.
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  if (event.target === box() && !event.shiftKey) {
    event.preventDefault();
    send();
  }
  if (event.target.matches?.("#app .edit input")) editAsked(event.target.closest(".edit"));
});

wenbao.ask = (question, reports) => {
  wenbao.openTab("ask");
  ask(question, reports);
};

// Called once each, when its part is on the page; the conversation is opened when all are.
let ready = 0;
const arrive = () => {
  if (++ready < 3) return;
  let last = null;
  try {
    last = sessionStorage.getItem("wenbao.chat");
  } catch {}
  openChat(arrived ? undefined : chats().find((one) => one.id === last), waiting);
  box().value ||= wenbao.stored("draft") ?? "";
  wenbao.store("draft", "");
  if (hasKeyboard && !document.querySelector("dialog[open]")) box().focus({ preventScroll: true });
};

wenbao.talk = ({ trigger }) => {
  fire = trigger;
  arrive();
};
wenbao.composer = arrive;
wenbao.wire = ({ props, watch }) => {
  watch("value", () => receive(JSON.parse(props.value)));
  arrive();
};
