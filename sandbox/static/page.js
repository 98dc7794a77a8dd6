// The page: everyone's chat, the tabs of a narrow screen, the clock.

import { Chat } from "./chat.js";
import { ask, day, forPicker, hour, tell } from "./wire.js";

const now = document.querySelector("#now");
const next = document.querySelector("#next");
const until = document.querySelector("#until");
const tabs = document.querySelector("#tabs");
const trouble = document.querySelector("#trouble");
const chats = [];
let reading = { at: 0, since: 0 };

async function begin() {
  const template = document.querySelector("#chat");
  for (const person of await ask("/sandbox/people")) open(person, template);
  select(chats[0]);
  await Promise.all(chats.map((chat) => chat.refresh()));
  showClock(await ask("/sandbox/clock"));
  setInterval(tick, 1000);
  listen();
}

function open(person, template) {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", `chat-${person.id}`);
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.hidden = true;
  tab.append(person.name.split(" ").at(-1), badge);
  const chat = new Chat(person, template, (count) => {
    badge.hidden = count === 0;
    badge.textContent = count;
  });
  chat.tab = tab;
  tab.addEventListener("click", () => select(chat));
  tabs.append(tab);
  document.querySelector("#chats").append(chat.root);
  chats.push(chat);
}

function select(chosen) {
  for (const chat of chats) {
    chat.root.classList.toggle("chosen", chat === chosen);
    chat.tab.setAttribute("aria-selected", String(chat === chosen));
  }
  if (!chosen) return;
  chosen.log.scrollTop = chosen.log.scrollHeight;
  chosen.markRead();
}

function listen() {
  let busy = false;
  let again = false;
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    do {
      again = false;
      await Promise.all(chats.map((chat) => chat.refresh())).catch(() => {});
    } while (again);
    busy = false;
  };
  const events = new EventSource("/sandbox/events");
  events.addEventListener("message", refresh);
  events.addEventListener("error", () => show("Mất kết nối, đang thử lại…"));
  events.addEventListener("open", () => show(""));
}

function show(problem) {
  trouble.textContent = problem;
  trouble.hidden = !problem;
}

function showClock(clock) {
  reading = { at: clock.now, since: performance.now() };
  next.hidden = !clock.offers_next;
  next.disabled = clock.next_due === null;
  next.title = clock.next_due ? `${day(clock.next_due)} ${hour(clock.next_due)}` : "";
  until.elements.local.min = forPicker(clock.now);
  until.elements.local.value = forPicker(clock.now);
  tick();
}

function tick() {
  const seconds = reading.at + (performance.now() - reading.since) / 1000;
  now.textContent = `${day(seconds)} · ${hour(seconds)}`;
}

async function push(wanted) {
  try {
    showClock(await tell("/sandbox/clock", wanted));
    show("");
  } catch {
    show("Đồng hồ chỉ đi tới, không lùi lại.");
  }
}

for (const button of document.querySelectorAll("[data-hours]")) {
  button.addEventListener("click", () => push({ hours: Number(button.dataset.hours) }));
}
next.addEventListener("click", () => push({ next: true }));
until.addEventListener("submit", (event) => {
  event.preventDefault();
  push({ local: until.elements.local.value });
});
setInterval(() => ask("/sandbox/clock").then(({ next_due: due }) => {
  next.disabled = due === null;
  next.title = due ? `${day(due)} ${hour(due)}` : "";
}).catch(() => {}), 5000);

begin();
