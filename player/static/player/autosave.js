// Saves an answer while the learner thinks, says when it is saved, and says so when the connection is lost, trying again
// until it returns. A button pressed meanwhile waits for that, so that nobody lands on the browser's own error page. Where
// another tab saved later, shows what that one saved. Whoever was signed out signs in in another tab, and the answer follows. Leaving by a link saves on the way out. Without this script every
// button of the page saves.
const form = document.querySelector("[data-save-url]");
const status = document.querySelector("[data-save-status]");
const wayIn = document.querySelector("[data-sign-in]");
const WAIT_MS = 600;
const WRITING_MS = 1500;
const RETRY_MS = 3000;
const GIVE_UP_MS = 8000;

let timer = 0;
let newest = 0;
let lost = false;
let pressed = null;

function say(words, isBad) {
  status.textContent = words;
  status.classList.toggle("lost", isBad);
}

function sayLost(isSignedOut) {
  lost = true;
  say(isSignedOut ? status.dataset.out : status.dataset.lost, true);
  wayIn.hidden = !isSignedOut;
  ask(RETRY_MS);
}

// Signing in again changes the token that a form must carry.
function takeToken() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (cookie) form.csrfmiddlewaretoken.value = cookie[1];
}

function ask(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

function cancel() {
  clearTimeout(timer);
  timer = 0;
}

const TYPED = "textarea, input[type=text]";

function showAsSaved({ fields, answer, sequence }) {
  let differs = false;
  for (const control of form.elements) {
    const values = fields[control.name];
    if (!values) continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control.matches(TYPED)) differs ||= control.value.trim() !== (values[0] ?? "");
    else control.value = values[0] ?? "";
  }
  form.sequence.value = sequence;
  form.dispatchEvent(new Event("shown-as-saved"));
  const elsewhere = form.querySelector("[data-elsewhere]");
  if (!elsewhere || !differs) return;
  // What is being written here stays in its field; what the other tab saved stands below it.
  elsewhere.hidden = false;
  elsewhere.querySelector("[data-elsewhere-text]").innerText = answer.join("\n");
}

async function save() {
  const mine = (newest += 1);
  cancel();
  takeToken();
  const body = new URLSearchParams(new FormData(form));
  // The number goes up when a save leaves, not when it arrives, so that the button pressed meanwhile is newer.
  form.sequence.value = Number(form.sequence.value) + 1;
  try {
    const reply = await fetch(form.dataset.saveUrl, { method: "POST", body, signal: AbortSignal.timeout(GIVE_UP_MS) });
    const isSignedOut = reply.redirected || reply.status === 403;
    const answer = isSignedOut ? null : await reply.json(); // a failing server sends none, which is caught
    if (mine !== newest) return; // a later save is on its way and will speak
    if (isSignedOut) return sayLost(true);
    lost = false;
    wayIn.hidden = true;
    if (answer.fields) showAsSaved(answer);
    say(answer.saved || answer.problem, !answer.saved);
    if (pressed && answer.saved) form.requestSubmit(pressed);
    pressed = null;
  } catch {
    if (mine === newest) sayLost(false);
  }
}

if (form && status) {
  form.addEventListener("change", () => {
    if (!lost) say("", false); // what was said is no longer so
    ask(WAIT_MS);
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches(TYPED)) return; // choices are saved when they change
    if (!lost) say("", false);
    if (!timer) ask(WRITING_MS); // however long somebody writes without a pause
  });
  form.addEventListener("submit", (event) => {
    cancel();
    if (!lost) return;
    event.preventDefault();
    pressed = event.submitter;
    ask(0);
  });
  window.addEventListener("online", () => { if (lost) ask(0); });
  window.addEventListener("pagehide", () => {
    if (timer) fetch(form.dataset.saveUrl, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
  });
}
