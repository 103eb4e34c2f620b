// Lets the transcript follow the film, be clicked to go to a moment, and be searched while typing. Without it each line's
// time is a link that opens the page at that moment, and the search is a form.
const list = document.querySelector("[data-lines]");
const video = document.querySelector("[data-film] video");
const lines = list ? [...list.children].map((line) => ({ line, at: Number(line.dataset.at) })) : [];
const QUIET_MS = 4000;
let current = list?.querySelector("[aria-current]") || null;
let touched = 0;

function bringIntoView(line) {
  // Only the list moves, never the page, and not while somebody reads on in it.
  if (Date.now() - touched < QUIET_MS) return;
  const [box, frame] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - frame.height / 3;
}

function follow() {
  const begun = lines.filter(({ at }) => at <= video.currentTime + 0.1);
  const next = begun.length ? begun[begun.length - 1].line : null;
  if (next === current) return;
  current?.classList.remove("now");
  current?.removeAttribute("aria-current");
  next?.classList.add("now");
  next?.setAttribute("aria-current", "true");
  current = next;
  if (next && !next.hidden) bringIntoView(next);
}

function go(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!window.getSelection().isCollapsed) return; // somebody is copying words
  const row = event.target.closest("[data-lines] > li");
  const link = event.target.closest("a[data-seek]") || row?.querySelector("a[data-seek]");
  if (!link) return;
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  video.currentTime = Number(link.dataset.seek);
  video.play().catch(() => {});
}

if (list && video) {
  document.addEventListener("click", go);
  for (const event of ["timeupdate", "seeked"]) video.addEventListener(event, follow);
  for (const event of ["wheel", "pointerdown", "keydown"]) {
    list.addEventListener(event, () => { touched = Date.now(); }, { passive: true });
  }
  if (current) bringIntoView(current);
}

const form = document.querySelector("[data-find]");
const said = document.querySelector("[data-found]");
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function find() {
  const wanted = folded(form.q.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { line } of lines) {
    const words = folded(line.querySelector("p").textContent);
    line.hidden = !wanted.every((word) => words.includes(word));
    count += line.hidden ? 0 : 1;
  }
  const words = count === 1 ? said.dataset.one : count ? said.dataset.many.replace("NUMBER", count) : said.dataset.none;
  said.textContent = wanted.length ? words : "";
}

if (form && said && list) {
  form.querySelector("button").hidden = true;
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  form.q.addEventListener("input", find);
}
