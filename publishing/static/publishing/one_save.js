// One save at a time: what an editor hands in waits for Wagtail's autosave to end, and none begins after it. Without this
// script a new page handed in within a second of the last key is made twice and refused because its address is taken, a
// step of a workflow is taken twice, and the last words typed stay behind.
const edited = document.querySelector("[data-edit-form]");
const PATIENCE_MS = 10_000; // of an autosave that never says it has ended, and of a hand-in that was stopped on its way
const HANDED_OVER_MS = 400; // Draftail gives the form what was typed 250 ms after the last key
let isSaving = false;
let isHandedIn = false;
let waiting = null;
let typedAt = -HANDED_OVER_MS;

function isHandedOver() {
  return performance.now() - typedAt >= HANDED_OVER_MS;
}

function handIn() {
  if (!waiting) return;
  // As a field, because the button itself is disabled by now and would not be sent.
  const { name, value } = waiting;
  waiting = null;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  edited.append(field);
  edited.requestSubmit();
  field.remove(); // what is sent is made by then; left there, every later save of the draft would press the button again
}

function goOn() {
  if (!isSaving && isHandedOver()) handIn();
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function hold(event) {
  stop(event);
  waiting = event.submitter ?? { name: "", value: "" };
  setTimeout(goOn, HANDED_OVER_MS);
  setTimeout(() => {
    isSaving = false;
    handIn();
  }, PATIENCE_MS);
}

function noteHandIn(event) {
  isHandedIn = true;
  setTimeout(() => {
    if (event.defaultPrevented) isHandedIn = false; // another script kept it back
  });
  setTimeout(() => {
    isHandedIn = false;
  }, PATIENCE_MS);
}

function onSubmit(event) {
  if (isHandedIn) stop(event); // it is on its way: pressed twice is pressed once
  else if (isSaving || !isHandedOver()) hold(event);
  else noteHandIn(event);
}

function onAutosave(event) {
  // The fields that press a button of a workflow stand in the form from then on; a draft that is saved presses none.
  for (const name of [...event.detail.formData.keys()]) {
    if (name.startsWith("action-")) event.detail.formData.delete(name);
  }
  if (isHandedIn || waiting) event.preventDefault();
  else isSaving = true;
}

function onType(event) {
  if (!waiting && event.target.closest("[contenteditable]")) typedAt = performance.now();
}

if (edited) {
  // Wagtail's dialogs of a workflow send the form past everybody who listens.
  edited.submit = () => edited.requestSubmit();
  edited.addEventListener("submit", onSubmit, { capture: true });
  edited.addEventListener("w-autosave:save", onAutosave);
  for (const ended of ["w-autosave:success", "w-autosave:error"]) {
    edited.addEventListener(ended, () => {
      isSaving = false;
      goOn();
    });
  }
  for (const typed of ["keydown", "paste", "drop"]) {
    edited.addEventListener(typed, onType, { capture: true });
  }
}
