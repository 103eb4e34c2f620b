// Tells the server which section is in view, so that any device can carry on there. Without it the place is the last
// section link or button used.
const lesson = document.querySelector("[data-place-url]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
let current = "";
let sent = "";

function send() {
  if (!current || current === sent) return;
  sent = current;
  const body = new URLSearchParams({ section: current, csrfmiddlewaretoken: token.value });
  fetch(lesson.dataset.placeUrl, { method: "POST", body, keepalive: true }).catch(() => { sent = ""; });
}

if (lesson && token) {
  const headings = [...lesson.querySelectorAll("[data-section]")];
  const note = () => {
    // The section being read is the last heading at or above the upper third of the window.
    const line = window.innerHeight / 3;
    const above = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
    if (above.length) current = above[above.length - 1].dataset.section;
  };
  let timer = 0;
  window.addEventListener("scroll", () => {
    note();
    clearTimeout(timer);
    timer = setTimeout(send, 800);
  }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  window.addEventListener("pagehide", send);
}
