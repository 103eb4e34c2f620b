// Keys for marking: 1 to 9 choose a level of the criterion in hand and go on to the next, c goes to the comment, Enter on
// a level saves, n goes to the next response. They can be switched off, and are silent while somebody writes; only Ctrl
// and Enter saves from there, too. Without this script the same is done with Tab, the arrow keys and Enter.
const form = document.querySelector("[data-marking]");
const STORED = "marking-keys";

function inHand(criteria) {
  const focused = document.activeElement?.closest(".criterion");
  const chosen = focused && !focused.querySelector(":checked");
  return chosen ? focused : (criteria.find((one) => !one.querySelector(":checked")) ?? focused ?? criteria.at(-1));
}

function choose(key) {
  const criteria = [...form.querySelectorAll(".criterion")];
  const level = inHand(criteria)?.querySelector(`[data-key="${key}"]`);
  if (!level) return;
  level.checked = true;
  level.focus();
}

function isWriting(target) {
  return target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

if (form) {
  const bar = form.querySelector("[data-keys]");
  const on = form.querySelector("[data-keys-on]");
  bar.hidden = false;
  on.checked = localStorage.getItem(STORED) !== "off";
  on.addEventListener("change", () => localStorage.setItem(STORED, on.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!on.checked) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.querySelector('[name="go"][value="mark"]').click();
    else if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    else if (/^[1-9]$/.test(event.key)) choose(event.key);
    else if (event.key === "c") form.querySelector("#comment").focus();
    else if (event.key === "n") form.querySelector("[data-next]")?.click();
    else return;
    event.preventDefault();
  });
}
