// What is being written stays in this tab (sessionStorage) until the tab is closed, and the word guide beside it.
// It is not dropped when sent: the answer may say that something went wrong, and then the words are still wanted.
// A form's intent names the attempt, so that old words never come up in a new one.

const name = (intent, field) => `draft ${location.pathname} ${intent} ${field}`;

function draftsOf(form) {
  return [...form.querySelectorAll("textarea")].map((field) => [field, name(form.dataset.intent, field.name)]);
}

export function restoreDrafts(form) {
  for (const [field, key] of draftsOf(form)) {
    if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
    count(field);
  }
}

export function keepDrafts(form) {
  for (const [field, key] of draftsOf(form)) sessionStorage.setItem(key, field.value);
}

function count(field) {
  const shown = document.querySelector(`[data-guide-for="${CSS.escape(field.id)}"] [data-count]`);
  if (!shown) return;
  const words = field.value.split(/\s+/u).filter(Boolean).length;
  shown.textContent = `${words} ${words === 1 ? "word" : "words"}`;
}

// Counted after a short rest, so that a screen reader is not interrupted at every letter.
export function openDrafts(container) {
  let resting = 0;
  container.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-intent]");
    if (!form) return;
    keepDrafts(form);
    clearTimeout(resting);
    resting = setTimeout(() => count(event.target), 400);
  });
}
