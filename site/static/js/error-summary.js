// Moves to the error summary when a page comes back with errors, so that it is heard and seen first, and from there to
// the field itself. Without it the summary still stands at the top and its links still lead to the fields.
const summary = document.querySelector("[data-error-summary]");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field?.matches("input, select, textarea")) return;
  event.preventDefault();
  (field.closest("fieldset, .field") ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});
