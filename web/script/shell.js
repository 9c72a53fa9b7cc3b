// The page's own script, before any of Gradio's: what all parts share, the language, the theme, the tabs' addresses.
const wenbao = (window.wenbao = {});

// Gradio's own words follow the browser's language: let them follow the page's.
const language = document.documentElement.lang;
Object.defineProperty(Navigator.prototype, "language", { get: () => language });
Object.defineProperty(Navigator.prototype, "languages", { get: () => [language] });
wenbao.language = language;

// `{count:report|reports}` is the form that fits the number, as in `web.i18n`.
wenbao.t = (key, values = {}) =>
  WORDS[language][`client.${key}`].replace(/\{(\w+)(?::(\w+)\|(\w+))?\}/g, (_, name, one, more) => (more ? (String(values[name]) === "1" ? one : more) : values[name]));

wenbao.element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// Why nothing came back: the session of who signed in is over, else what the caller takes for it.
wenbao.reason = async (otherwise) => {
  const answer = await fetch(location.pathname, { redirect: "manual", headers: { accept: "text/html" } }).catch(() => null);
  return answer?.type === "opaqueredirect" ? wenbao.t("expired") : otherwise;
};

// The server lets nothing more through: the session of who signed in is over.  Gradio tells it as any other failure.
// Who waits for an answer says so in its place; else it is said to everyone.
const send = window.fetch;
window.fetch = async (...sent) => {
  const answer = await send(...sent);
  if (answer.status === 401) {
    document.body.classList.add("expired");
    const untold = document.dispatchEvent(new Event("wenbao-expired", { cancelable: true }));
    if (untold) wenbao.notice(wenbao.t("expired"), { label: wenbao.t("enter"), act: () => location.reload() });
  }
  return answer;
};

// A word to everyone, also to those who listen: what was copied, what was noted.
// With ``offer`` ({label, act}) there is a button beside it, and more time to press it.
wenbao.notice = (text, offer) => {
  const notice = document.querySelector("#notice");
  const hide = () => {
    notice.classList.remove("on");
    notice.querySelector("button")?.remove();
  };
  const wait = () => {
    clearTimeout(notice.timer);
    notice.timer = setTimeout(() => (notice.matches(":hover, :focus-within") ? wait() : hide()), offer ? 12000 : 2500);
  };
  notice.textContent = text;
  if (offer) {
    const onclick = () => (hide(), offer.act());
    notice.append(wenbao.element("button", { type: "button", textContent: offer.label, onclick }));
  }
  notice.classList.add("on");
  wait();
};

// What this browser keeps, for each who signs in their own; nothing is kept where it forbids it.
const user = document.cookie.match(/(?:^|; )wenbao-user=(\w+)/)?.[1];
const own = (key) => (user ? `wenbao.${user}.${key}` : `wenbao.${key}`);

wenbao.stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(own(key)));
  } catch {
    return null;
  }
};
wenbao.store = (key, value) => {
  try {
    localStorage.setItem(own(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

// Gradio puts `dark` on the body by the system's preference; a visitor's own choice is put over it.
const dress = () => {
  const theme = wenbao.stored("theme");
  if (theme && document.body) document.body.classList.toggle("dark", theme === "dark");
};
new MutationObserver(dress).observe(document.documentElement, {
  subtree: true,
  attributes: true,
  attributeFilter: ["class"],
});

// The pages beside Gradio's have nobody to tell them the system's preference.
document.addEventListener("DOMContentLoaded", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (!document.querySelector("gradio-app")) document.body.classList.toggle("dark", dark);
  dress();
});

const changeTheme = () => {
  wenbao.store("theme", document.body.classList.contains("dark") ? "light" : "dark");
  dress();
};

const changeLanguage = () => {
  const other = language === "en" ? "zh-CN" : "en";
  document.cookie = `wenbao-language=${other}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
};

const leave = async () => {
  await fetch("sign-out", { method: "POST" });
  location.reload();
};

// The sign-in page leads on to the tab, too; the server does not see that part of an address.
document.addEventListener("submit", (event) => {
  if (event.target.matches("#sign-in form")) event.target.action += location.hash;
});

// Each tab has an address: `#figures`.  The first tab's is the page's own.
const TABS = ["ask", "figures", "reports", "about"];
const tabNamed = (name) => document.getElementById(`tab-${name}-button`);
const named = () => (TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "ask");

wenbao.openTab = (name) => tabNamed(name)?.click();

// By a shortcut: what had the focus is hidden now, so it goes to the tab, or to the box to ask in.
wenbao.goToTab = (name) => {
  wenbao.openTab(name);
  const at = () => (name === "ask" ? document.querySelector("#question") : tabNamed(name));
  requestAnimationFrame(() => at()?.focus());
};

addEventListener("hashchange", () => {
  if (tabNamed(named())?.ariaSelected !== "true") wenbao.openTab(named());
});

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]")?.id.match(/^tab-(\w+)-button$/)?.[1];
  if (tab && tab !== named()) history.pushState(null, "", tab === "ask" ? location.pathname + location.search : `#${tab}`);
  const action = event.target.closest("[data-shell]")?.dataset.shell;
  if (action === "language") changeLanguage();
  if (action === "leave") leave();
  if (action === "enter") location.reload();
  if (action === "theme") changeTheme();
});

// Called once, when the shell is on the page.
wenbao.shell = () => {
  dress();
  document.querySelector("[data-shell=leave]").hidden = !user;
  if (named() === "ask") return;
  const open = () => (tabNamed(named()) ? wenbao.openTab(named()) : requestAnimationFrame(open));
  open();
};
