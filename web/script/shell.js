// The page's own script, before any of Gradio's: what all parts share, the language, the theme, the tabs' addresses.
const wenbao = (window.wenbao = {});

// Gradio's own words follow the browser's language: let them follow the page's.
const language = document.documentElement.lang;
Object.defineProperty(Navigator.prototype, "language", { get: () => language });
Object.defineProperty(Navigator.prototype, "languages", { get: () => [language] });
wenbao.language = language;

wenbao.t = (key, values = {}) => WORDS[language][`client.${key}`].replace(/\{(\w+)\}/g, (_, name) => values[name]);

// A word to everyone, also to those who listen: what was copied, what was noted.
wenbao.notice = (text) => {
  const notice = document.querySelector("#notice");
  notice.textContent = text;
  notice.classList.add("on");
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => notice.classList.remove("on"), 2500);
};

// What this browser keeps; nothing is kept where it forbids it.
wenbao.stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(`wenbao.${key}`));
  } catch {
    return null;
  }
};
wenbao.store = (key, value) => {
  try {
    localStorage.setItem(`wenbao.${key}`, JSON.stringify(value));
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

const changeTheme = () => {
  wenbao.store("theme", document.body.classList.contains("dark") ? "light" : "dark");
  dress();
};

const changeLanguage = () => {
  const other = language === "en" ? "zh-CN" : "en";
  document.cookie = `wenbao-language=${other}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
};

// Each tab has an address: `#figures`.  The first tab's is the page's own.
const TABS = ["ask", "figures", "reports", "about"];
const tabNamed = (name) => document.getElementById(`tab-${name}-button`);
const named = () => (TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "ask");

wenbao.openTab = (name) => tabNamed(name)?.click();

addEventListener("hashchange", () => {
  if (tabNamed(named())?.ariaSelected !== "true") wenbao.openTab(named());
});

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]")?.id.match(/^tab-(\w+)-button$/)?.[1];
  if (tab && tab !== named()) history.pushState(null, "", tab === "ask" ? location.pathname + location.search : `#${tab}`);
  const action = event.target.closest("[data-shell]")?.dataset.shell;
  if (action === "language") changeLanguage();
  if (action === "theme") changeTheme();
});

// Called once, when the shell is on the page.
wenbao.shell = () => {
  dress();
  if (named() === "ask") return;
  const open = () => (tabNamed(named()) ? wenbao.openTab(named()) : requestAnimationFrame(open));
  open();
};
