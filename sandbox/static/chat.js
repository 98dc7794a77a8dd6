// One person's chat: reads what changed, draws it, sends what is typed or pressed.

import { rich } from "./rich.js";
import { ask, day, hour, tell } from "./wire.js";

const TOAST_MILLISECONDS = 5000;
const NEAR_BOTTOM = 60;
const TALLEST_INPUT = 140;
const CHUNK = 32768;

export class Chat {
  constructor(person, template, onUnread) {
    this.person = person;
    this.onUnread = onUnread;
    this.seen = 0;
    this.unread = 0;
    this.loaded = false;
    this.bubbles = new Map();
    this.commands = [];
    this.root = template.content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.log = this.find(".log");
    this.input = this.find("textarea");
    this.introduce();
    this.listen();
  }

  introduce() {
    const { id, name, about } = this.person;
    this.root.id = `chat-${id}`;
    this.root.dataset.person = id;
    this.root.setAttribute("aria-label", name);
    this.find(".who strong").textContent = name;
    this.find(".who small").textContent = about;
    const avatar = this.find(".avatar");
    avatar.textContent = name.split(" ").at(-1).slice(0, 1);
    avatar.classList.add(`tint-${Math.abs(id) % 6}`);
  }

  listen() {
    this.find(".compose").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.input.value);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send(this.input.value);
      }
      if (event.key === "Escape") { this.showMenu(false); this.edit(null); }
    });
    this.input.addEventListener("input", () => {
      this.fitInput();
      this.showMenu(/^\/\w*$/.test(this.input.value), this.input.value.slice(1));
    });
    this.find(".open-menu").addEventListener("click", () => {
      this.showMenu(this.find(".menu").hidden);
    });
    const picker = this.find(".file-input");
    this.find(".attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => { this.attach(picker.files[0]); picker.value = ""; });
    this.log.addEventListener("scroll", () => { if (this.atBottom()) this.markRead(); });
  }

  async refresh() {
    const news = await ask(`/sandbox/chat/${this.person.id}?after=${this.seen}`);
    const first = !this.loaded;
    this.loaded = true;
    const stay = first || this.atBottom();
    this.seen = Math.max(this.seen, news.change);
    news.messages.forEach((message) => this.draw(message, first));
    news.deleted.forEach((id) => { this.bubbles.get(id)?.remove(); this.bubbles.delete(id); });
    if (!first) news.notices.slice(-1).forEach((text) => this.toast(text));
    this.commands = news.commands;
    this.drawKeyboard(news.keyboard);
    this.showTyping(news.typing);
    if (stay) this.log.scrollTop = this.log.scrollHeight;
    if (stay && this.visible()) this.markRead();
  }

  draw(message, first) {
    const item = bubble(message, this);
    const known = this.bubbles.get(message.id);
    this.bubbles.set(message.id, item);
    if (known) { known.replaceWith(item); return; }
    this.drawDay(message.date);
    this.log.append(item);
    if (message.from_bot && !first) this.countUnread();
  }

  drawDay(date) {
    const label = day(date);
    if (label === this.lastDay) return;
    this.lastDay = label;
    const item = document.createElement("li");
    item.className = "day";
    item.textContent = label;
    this.log.append(item);
  }

  drawKeyboard(rows) {
    const buttons = rows.map((labels) => {
      const row = document.createElement("div");
      row.append(...labels.map((label) => pushButton(label, () => this.send(label))));
      return row;
    });
    this.find(".keyboard").replaceChildren(...buttons);
  }

  async send(text) {
    if (!text.trim()) return;
    const corrected = this.editing;
    this.edit(null);
    this.showMenu(false);
    this.log.scrollTop = this.log.scrollHeight;
    const where = corrected ? "/sandbox/correct" : "/sandbox/send";
    await tell(where, { chat: this.person.id, message: corrected?.id, text });
  }

  edit(message) {
    this.editing = message;
    this.input.value = message?.text ?? "";
    this.find(".compose").classList.toggle("editing", message !== null);
    this.input.placeholder = message ? "Sửa tin nhắn (Esc để thôi)" : "Nhắn tin";
    this.fitInput();
    if (message) this.input.focus();
  }

  async attach(file) {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += CHUNK) {
      binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
    }
    const text = this.input.value;
    this.edit(null);
    const { name, type } = file;
    await tell("/sandbox/attach", { chat: this.person.id, name, type, data: btoa(binary), text });
  }

  press(message, data) {
    return tell("/sandbox/click", { chat: this.person.id, message: message.id, data });
  }

  showMenu(open, start = "") {
    const matching = this.commands.filter((entry) => entry.command.startsWith(start));
    const menu = this.find(".menu");
    menu.replaceChildren(...matching.map((entry) => this.menuEntry(entry)));
    menu.hidden = !open || matching.length === 0;
    this.find(".open-menu").setAttribute("aria-expanded", String(!menu.hidden));
  }

  menuEntry({ command, description }) {
    const button = pushButton("", () => this.send(`/${command}`));
    const name = document.createElement("b");
    name.textContent = `/${command}`;
    button.append(name, ` ${description}`);
    return button;
  }

  showTyping(typing) {
    this.find(".typing").hidden = !typing;
    clearTimeout(this.typingEnds);
    if (typing) this.typingEnds = setTimeout(() => this.refresh(), 1500);
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastEnds);
    this.toastEnds = setTimeout(() => { toast.hidden = true; }, TOAST_MILLISECONDS);
  }

  fitInput() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_INPUT)}px`;
  }

  atBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM;
  }

  visible() { return this.root.offsetParent !== null; }

  countUnread() { this.setUnread(this.unread + 1); }

  markRead() { this.setUnread(0); }

  setUnread(count) {
    this.unread = count;
    const badge = this.find(".badge");
    badge.hidden = count === 0;
    badge.textContent = count;
    this.onUnread(count);
  }
}

function bubble(message, chat) {
  const item = document.createElement("li");
  item.className = message.from_bot ? "in" : "out";
  item.dataset.message = message.id;
  const body = document.createElement("div");
  body.className = "bubble";
  body.append(...attachment(message));
  if (message.text) {
    const words = document.createElement("div");
    words.className = "words";
    words.append(rich(message.text, message.entities, (command) => chat.send(command)));
    body.append(words);
  }
  const stamp = document.createElement("time");
  stamp.textContent = `${message.edited ? "đã sửa · " : ""}${hour(message.date)}`;
  body.append(stamp);
  if (!message.from_bot && message.text) stamp.append(" ", editButton(message, chat));
  item.append(body, keyboard(message, chat));
  return item;
}

function editButton(message, chat) {
  const button = pushButton("Sửa", () => chat.edit(message));
  button.className = "edit";
  return button;
}

function attachment({ photo, document: file, sticker }) {
  if (photo) {
    const image = document.createElement("img");
    image.src = photo;
    image.alt = "Ảnh";
    return [image];
  }
  if (file) {
    const link = document.createElement("a");
    link.className = "file";
    link.href = file.url;
    link.download = file.name;
    const size = document.createElement("small");
    size.textContent = `${Math.max(1, Math.round(file.size / 1024))} KB`;
    link.append(file.name, size);
    return [link];
  }
  if (!sticker) return [];
  const big = document.createElement("span");
  big.className = "sticker";
  big.textContent = sticker;
  return [big];
}

function keyboard(message, chat) {
  const grid = document.createElement("div");
  grid.className = "inline";
  for (const buttons of message.rows) {
    const row = document.createElement("div");
    row.append(...buttons.map((button) => inlineButton(button, message, chat)));
    grid.append(row);
  }
  return grid;
}

function inlineButton(button, message, chat) {
  if (button.url && /^https?:\/\//i.test(button.url)) {
    const link = document.createElement("a");
    link.href = button.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = `${button.text} ↗`;
    return link;
  }
  const push = pushButton(button.text, async () => {
    push.classList.add("pressed");
    try { await chat.press(message, button.callback_data); } finally { push.classList.remove("pressed"); }
  });
  push.disabled = !button.callback_data;
  return push;
}

function pushButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
