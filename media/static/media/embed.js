// Puts the film of another host in place of its card, when that is clicked and not before. Without it the card's link leads
// to the film on its host's own page.
for (const card of document.querySelectorAll("[data-embed]")) {
  card.querySelector("[data-load]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.title = card.dataset.title;
    frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // without any, YouTube refuses to play
    frame.src = card.dataset.embed;
    card.replaceChildren(frame);
    frame.focus();
  });
}
