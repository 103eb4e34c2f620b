// Saves an answer while the learner thinks, says when it is saved, and says so when the connection is lost, trying again
// until it returns. Without it every button of the page saves.
const form = document.querySelector("[data-save-url]");
const status = document.querySelector("[data-save-status]");
const WAIT_MS = 600;
const RETRY_MS = 3000;
const GIVE_UP_MS = 8000;

let timer = 0;
let pending = false;

function say(words, lost) {
  status.textContent = words;
  status.classList.toggle("lost", lost);
}

function ask(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

async function save() {
  const body = new URLSearchParams(new FormData(form));
  // The number goes up when a save leaves, not when it arrives, so that the button pressed meanwhile is newer.
  form.sequence.value = Number(form.sequence.value) + 1;
  pending = true;
  try {
    const reply = await fetch(form.dataset.saveUrl, { method: "POST", body, signal: AbortSignal.timeout(GIVE_UP_MS) });
    if (reply.redirected || reply.status === 403) throw new Error("signed out");
    if (reply.status >= 500) throw new Error("server");
    const answer = await reply.json();
    pending = false;
    say(answer.saved || answer.problem, !answer.saved);
  } catch {
    say(status.dataset.lost, true);
    ask(RETRY_MS);
  }
}

if (form && status) {
  form.addEventListener("change", (event) => { if (event.target.name !== "sequence") ask(WAIT_MS); });
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("online", () => { if (pending) ask(0); });
}
