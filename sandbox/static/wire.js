// Talking to the sandbox, and how instants read in Ho Chi Minh City.

const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export async function tell(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function local(seconds) {
  const parts = PARTS.formatToParts(new Date(seconds * 1000));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

export function hour(seconds) {
  const at = local(seconds);
  return `${at.hour}:${at.minute}`;
}

export function day(seconds) {
  const at = local(seconds);
  const weekday = new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay();
  return `${WEEKDAYS[weekday]}, ${at.day}/${at.month}/${at.year}`;
}

export function forPicker(seconds) {
  const at = local(seconds);
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`;
}
