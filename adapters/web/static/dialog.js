// One dialog for every answer. Focus goes to its heading (or to the first field at fault) and back to the button.
import { keepDrafts, forgetDraft, restoreDrafts } from "./drafts.js";

const dialog = document.getElementById("dialog");
const answer = document.getElementById("answer");
const whisper = document.getElementById("whisper");
let opener = null;

export function dialogIsOpen() {
  return dialog.open;
}

export function closeDialog() {
  dialog.close();
}

// Private news while the dialog covers the page: the page behind it is silent to screen readers.
export function whisperInDialog(sentence) {
  whisper.textContent = sentence;
}

// What stands outside an open dialog can be neither seen nor heard.
export function bringToFront(element) {
  (dialog.open ? dialog : document.body).append(element);
}

export function showAnswer(html, form) {
  if (!dialog.matches(":modal")) {
    opener = form && { message: form.closest(".message")?.id, intent: form.elements.intent?.value, form };
  }
  const sent = form?.dataset.intent;
  answer.innerHTML = html;
  whisper.textContent = "";
  const next = answer.querySelector("form[data-intent]");
  if (sent && !answer.querySelector(".error")) forgetDraft(sent);
  if (next) { restoreDrafts(next); keepDrafts(next); }
  if (dialog.open && !dialog.matches(":modal")) dialog.close();
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  (answer.querySelector("[aria-invalid]") ?? answer.querySelector(".title"))?.focus();
}

// The card may have been redrawn meanwhile, so the button is looked for anew.
function backTo({ message, intent, form }) {
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
