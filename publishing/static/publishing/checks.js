// Checks what stands in the form now, without saving it. Without it the list is of the draft that was last saved.
for (const panel of document.querySelectorAll("[data-checks]")) {
  const button = panel.querySelector("[data-check-now]");
  const list = panel.querySelector("[data-findings]");
  const form = panel.closest("form");
  if (!button || !form) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const answer = await fetch(panel.dataset.checks, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text();
    } catch {
      list.textContent = panel.dataset.failed;
    }
    button.disabled = false;
  });
}
