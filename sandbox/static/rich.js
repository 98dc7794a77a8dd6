// Text with Telegram's entities as DOM nodes. Offsets are UTF-16 units, as JavaScript's are.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  code: "code", pre: "pre", blockquote: "blockquote",
};

export function rich(text, entities, onCommand) {
  return between(text, 0, text.length, entities, onCommand);
}

function between(text, start, end, entities, onCommand) {
  const nodes = document.createDocumentFragment();
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const { offset, length } = entities[i];
    if (offset < at || offset >= end) continue;
    const stop = Math.min(offset + length, end);
    const inner = entities.slice(i + 1).filter((e) => e.offset >= offset && e.offset < stop);
    nodes.append(text.slice(at, offset));
    const shell = element(entities[i], text.slice(offset, stop), onCommand);
    shell.append(between(text, offset, stop, inner, onCommand));
    nodes.append(shell);
    at = stop;
  }
  nodes.append(text.slice(at, end));
  return nodes;
}

function element(entity, words, onCommand) {
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? words);
  if (entity.type === "bot_command") return command(words, onCommand);
  if (entity.type === "expandable_blockquote") return expandable();
  if (entity.type === "spoiler") return spoiler();
  return document.createElement(TAGS[entity.type] ?? "span");
}

function link(url) {
  const a = document.createElement("a");
  if (/^https?:\/\//i.test(url)) a.href = url;
  a.target = "_blank";
  a.rel = "noopener noreferrer";
  return a;
}

function command(words, onCommand) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "command";
  button.addEventListener("click", () => onCommand(words));
  return button;
}

function expandable() {
  const quote = document.createElement("blockquote");
  quote.className = "folded";
  quote.tabIndex = 0;
  quote.setAttribute("role", "button");
  quote.setAttribute("aria-expanded", "false");
  const toggle = () => {
    quote.setAttribute("aria-expanded", String(!quote.classList.toggle("folded")));
  };
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); }
  });
  return quote;
}

function spoiler() {
  const span = document.createElement("span");
  span.className = "spoiler";
  span.addEventListener("click", () => span.classList.add("seen"));
  return span;
}
