// One dialog for every answer. Focus goes to its heading (or to the first field at fault) and back to the button.
import { keepDrafts, restoreDrafts } from "./drafts.js";

const dialog = document.getElementById("dialog");
const answer = document.getElementById("answer");
const note = document.getElementById("whisper");
let opener = null;
let news = null;

export function dialogIsOpen() {
  return dialog.open;
}

export function closeDialog() {
  dialog.close();
}

// News while the dialog covers the page: what is behind it can be neither seen nor heard.
export function whisper(sentence, message) {
  news = message;
  note.hidden = !sentence;
  // A status that appears together with its text is not always read out; one that is filled is.
  setTimeout(() => { note.querySelector("p").textContent = sentence; }, 50);
}

note.querySelector("button").addEventListener("click", () => {
  opener = { goTo: news };
  dialog.close();
});

export function bringToFront(element) {
  (dialog.open ? dialog : document.body).append(element);
}

export function showAnswer(html, form) {
  if (!dialog.matches(":modal")) {
    opener = form && { message: form.closest(".message")?.id, intent: form.elements.intent?.value, form };
  }
  answer.innerHTML = html;
  whisper("", null);
  const next = answer.querySelector("form[data-intent]");
  if (next) { restoreDrafts(next); keepDrafts(next); }
  if (dialog.open && !dialog.matches(":modal")) dialog.close();
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  (answer.querySelector("[aria-invalid]") ?? answer.querySelector(".title"))?.focus();
}

// The card may have been redrawn meanwhile, so the button is looked for anew.
function backTo({ message, intent, form, goTo }) {
  if (goTo) {
    document.getElementById(goTo)?.querySelector("article").focus();
    document.getElementById(goTo)?.scrollIntoView({ block: "start" });
    return;
  }
  const card = message && document.getElementById(message);
  const buttons = card ? [...card.querySelectorAll('input[name="intent"]')] : [];
  const same = buttons.find((input) => input.value === intent)?.form.querySelector("button");
  const there = form.isConnected ? form.querySelector("button") : null;
  (same ?? there ?? card?.querySelector("button, summary") ?? document.getElementById("text")).focus();
}

dialog.addEventListener("close", () => {
  answer.replaceChildren();
  document.body.append(...dialog.querySelectorAll(".trouble"));
  if (opener) backTo(opener);
  opener = null;
});
