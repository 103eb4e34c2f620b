// Tells how far a list is, without loading the page anew. Without it the page loads itself again every three seconds.

const EVERY_MS = 3000;
const shown = document.querySelector("[data-list-progress]");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-list-progress]");
    if (!answer.ok || !now || now.dataset.listProgress !== shown.dataset.listProgress) {
      location.reload(); // done, or gone on to its next part
      return;
    }
    shown.querySelector("progress").value = now.querySelector("progress").value;
    const words = now.querySelector("[role=status]").textContent;
    const told = shown.querySelector("[role=status]");
    if (told.textContent !== words) {
      told.textContent = words;
    }
  } catch {
    // No connection just now; the next look may have one.
  }
  setTimeout(look, EVERY_MS);
}

if (shown) {
  setTimeout(look, EVERY_MS);
}
