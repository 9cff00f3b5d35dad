// New and revised messages as the server sends them; the board is drawn again after them.
import { dialogIsOpen, whisper } from "./dialog.js";

const timeline = document.getElementById("timeline");
const newer = document.getElementById("newer");
const status = document.getElementById("status");
const scroll = document.getElementById("scroll");
const RETRY_MS = 3000;
let newest = timeline.dataset.newest;

export function listen(complain) {
  const source = new EventSource(`${timeline.dataset.events}?after=${newest}`);
  source.addEventListener("open", () => complain(""));
  source.addEventListener("message", (event) => {
    newest = event.lastEventId;
    take(event.data);
    refreshBoard();
  });
  source.addEventListener("error", () => {
    complain("Connection lost. Trying again…");
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => listen(complain), RETRY_MS);
  });
  addEventListener("pagehide", () => source.close());
}

function take(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const message = template.content.firstElementChild;
  const old = document.getElementById(message.id);
  if (old) redraw(old, message);
  else arrive(message);
}

// In place, with what was unfolded still unfolded and the focus where it was.
function redraw(old, message) {
  old.querySelectorAll("details").forEach((details, at) => {
    const same = message.querySelectorAll("details")[at];
    if (same) same.open = details.open;
  });
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const intent = focused?.form?.elements.intent?.value;
  old.replaceWith(message);
  if (!focused) return;
  const again = [...message.querySelectorAll('input[name="intent"]')].find((input) => input.value === intent);
  (again?.form.querySelector("button") ?? message.querySelector("summary, button"))?.focus();
}

function arrive(message) {
  const follow = atTheEnd();
  const posted = Number(message.dataset.posted);
  const later = [...timeline.children].find((other) => Number(other.dataset.posted) > posted);
  message.classList.add("fresh");
  timeline.insertBefore(message, later ?? null);
  document.getElementById("empty").hidden = true;
  tell(message);
  if (follow) show(message);
  else newer.hidden = false;
}

function tell(message) {
  const mine = "private" in message.dataset;
  const sentence = `${mine ? "New, only for you" : "New in the channel"}: ${message.dataset.headline}`;
  if (dialogIsOpen()) whisper(sentence, message.id);
  else status.textContent = sentence;
}

function box() {
  return getComputedStyle(scroll).overflowY === "auto" ? scroll : document.scrollingElement;
}

function atTheEnd() {
  const last = timeline.lastElementChild;
  return !last || last.getBoundingClientRect().top < box().clientHeight;
}

function show(message) {
  newer.hidden = true;
  message.scrollIntoView({ block: "start" });
}

newer.addEventListener("click", () => show(timeline.lastElementChild));

let waiting = 0;
function refreshBoard() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const face = document.getElementById("board-face");
    const response = await fetch(face.dataset.from).catch(() => null);
    if (response?.ok && !face.contains(document.activeElement)) face.innerHTML = await response.text();
  }, 700);
}

if (timeline.lastElementChild && !location.hash) show(timeline.lastElementChild);
