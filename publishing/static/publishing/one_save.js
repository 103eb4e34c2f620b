// One save at a time: what an editor hands in waits for Wagtail's autosave to end, and none begins after it. Without this
// script a new page handed in within a second of the last key is made twice, and is refused because its address is taken.
const edited = document.querySelector("[data-edit-form]");
const PATIENCE_MS = 10_000; // of an autosave that never says it has ended, and of a hand-in that was stopped on its way
let isSaving = false;
let isHandedIn = false;
let waiting = null;

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

function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = event.submitter ?? { name: "", value: "" };
  setTimeout(() => {
    isSaving = false;
    handIn();
  }, PATIENCE_MS);
}

edited?.addEventListener("w-autosave:save", (event) => {
  if (isHandedIn) event.preventDefault();
  else isSaving = true;
});
for (const ended of ["w-autosave:success", "w-autosave:error"]) {
  edited?.addEventListener(ended, () => {
    isSaving = false;
    handIn();
  });
}
edited?.addEventListener(
  "submit",
  (event) => {
    if (isSaving) {
      hold(event);
      return;
    }
    isHandedIn = true;
    setTimeout(() => {
      isHandedIn = false;
    }, PATIENCE_MS);
  },
  { capture: true },
);
