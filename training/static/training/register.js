// Saves each tap in a register without loading the page anew, so that the list stays where it is, and says so when a tap
// did not reach the server. Without it every tap loads the page and comes back to the same learner.
const register = document.querySelector("[data-register]");
const GIVE_UP_MS = 8000;

function rowOf(page, form) {
  return page.getElementById(form.closest("li").id);
}

function put(page, selector) {
  const here = document.querySelector(selector);
  const there = page.querySelector(selector);
  if (here && there) here.replaceWith(there);
  else if (here) here.remove();
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const said = form.querySelector("[role=status]");
  let page;
  try {
    const reply = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(GIVE_UP_MS) });
    page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (!rowOf(page, form)) throw new Error("another page");
  } catch {
    said.textContent = register.dataset.lost;
    said.classList.add("lost");
    return;
  }
  const refused = page.querySelector("main [role=alert]");
  for (const row of register.children) {
    const now = page.getElementById(row.id);
    if (!now) continue;
    const words = now.querySelector("[role=status]").textContent;
    const told = row.querySelector("[role=status]");
    if (told.textContent !== words) told.textContent = words; // in place, so that it is read out
    told.classList.remove("lost");
    row.querySelector("[name=seen]").value = now.querySelector("[name=seen]").value;
    for (const tap of row.querySelectorAll("[name=state]")) {
      tap.ariaPressed = now.querySelector(`[value=${tap.value}]`).ariaPressed;
    }
  }
  if (refused) said.textContent = refused.textContent;
  put(page, "[data-register-summary]");
  put(page, "[data-register-rest]");
}

register?.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});
