// The room's page: posts without leaving it, and news as it comes. Everything here also works as plain forms.
import { openDrafts } from "./drafts.js";
import { showAnswer, closeDialog, dialogIsOpen, bringToFront } from "./dialog.js";
import { listen } from "./live.js";

const TOO_MUCH = "This is more than the room can take. Your words are still here; please send fewer of them.";
const trouble = document.getElementById("trouble");

function complain(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
  bringToFront(trouble);
}

// A new key makes the next press a new event; until an answer came back, a retry is the same one.
function renewKey(form) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  form.elements.key.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { "X-Room": "fragment" } });
    const html = await response.text();
    const notTaken = response.headers.get("content-type")?.startsWith("text/plain");
    complain(notTaken ? (response.ok ? html : TOO_MUCH) : "");
    if (notTaken) return;
    renewKey(form);
    if (form.id === "say" && response.ok) form.reset();
    if (html) showAnswer(html, form);
    else closeDialog();
  } catch {
    complain("The room can't be reached just now. Your words are still here; please send them again.");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || event.submitter?.formMethod === "dialog") return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form);
});

openDrafts(document.getElementById("answer"));
if (dialogIsOpen()) showAnswer(document.getElementById("answer").innerHTML, null);
listen(complain);
