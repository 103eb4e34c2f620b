// Puts a button below a field that copies what is in it. Without it the words above the field say how to copy it.
for (const field of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn ghost small";
  button.textContent = field.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = field.dataset.copied;
  });
  field.addEventListener("focus", () => field.select());
  const told = document.createElement("div");
  told.setAttribute("aria-live", "polite");
  told.append(button);
  field.after(told);
}
