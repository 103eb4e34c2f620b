// Says what the checks find while a question is typed. Without it the button “Check it” and saving say the same.
const WAIT = 600; // milliseconds after the last key
for (const form of document.querySelectorAll("[data-bank-checks]")) {
  const place = form.querySelector("[data-advice]");
  let timer, latest = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++latest;
      try {
        const answer = await fetch(form.dataset.bankChecks, { method: "POST", body: new FormData(form) });
        const words = answer.ok ? await answer.text() : "";
        if (mine === latest && words) place.innerHTML = words;
      } catch {
        // The network is away; saving checks again.
      }
    }, WAIT);
  });
}
