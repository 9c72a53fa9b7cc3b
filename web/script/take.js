// Taking away: an answer as text, a conversation as Markdown, to the clipboard or into a file.
const { t, element } = wenbao;

wenbao.plainText = (told) => {
  const source = (told.locations ?? told.sources ?? []).map((one) => one.text ?? one).join("；");
  return [told.text, source && `${t("source")}：${source}`].filter(Boolean).join("\n");
};

wenbao.asMarkdown = (one) => {
  const safe = (text) => text.replace(/([\\`*_{}[\]<>#|])/g, "\\$1").replace(/\s*\n\s*/g, " ");
  const parts = [`# ${safe(one.title || t("untitled"))}`];
  for (const { told } of one.turns) {
    parts.push(`## ${safe(told.question)}`, ...told.text.split("\n").map((line) => `> ${safe(line)}`));
    for (const formula of told.formulas ?? []) parts.push(safe(formula));
    const sources = (told.locations ?? []).map((place) => `- ${t("source")}：${safe(place)}`);
    if (sources.length) parts.push(sources.join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
};

wenbao.save = (name, content) => {
  const address = URL.createObjectURL(new Blob([content], { type: "text/markdown;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};

wenbao.copy = async (text, said) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Outside localhost a plain connection has no clipboard of the newer kind.
    const area = document.body.appendChild(element("textarea", { value: text }));
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  wenbao.notice(said);
};
