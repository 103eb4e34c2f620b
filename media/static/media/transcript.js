// Lets the transcript and the chapters follow the film, be clicked to go to a moment, and be searched while typing. Without it each line's
// time is a link that opens the page at that moment, and the search is a form.
const list = document.querySelector("[data-lines]");
const video = document.querySelector("[data-film] video");
const timed = (rows) => [...rows].map((row) => ({ row, at: Number(row.dataset.at) }));
const lines = list ? timed(list.children) : [];
const QUIET_MS = 4000;
let touched = 0;

function bringIntoView(line) {
  // Only the list moves, never the page, and not while somebody reads on in it.
  if (Date.now() - touched < QUIET_MS) return;
  const [box, frame] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - frame.height / 3;
}

// Marks the row that is running, in the transcript and among the chapters.
function follower(rows, shown) {
  let current = rows.find(({ row }) => row.classList.contains("now"))?.row || null;
  return () => {
    const begun = rows.filter(({ at }) => at <= video.currentTime + 0.1);
    const next = begun.length ? begun[begun.length - 1].row : null;
    if (next === current) return;
    current?.classList.remove("now");
    current?.removeAttribute("aria-current");
    next?.classList.add("now");
    next?.setAttribute("aria-current", "true");
    current = next;
    if (next && !next.hidden) shown(next);
  };
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
  if (link.closest(".chapters")) video.scrollIntoView({ block: "nearest" });
  video.play().catch(() => {});
}

if (list && video) {
  document.addEventListener("click", go);
  const followers = [
    follower(lines, bringIntoView),
    follower(timed(document.querySelectorAll(".chapters li")), () => {}),
  ];
  for (const event of ["timeupdate", "seeked"]) {
    for (const follow of followers) video.addEventListener(event, follow);
  }
  for (const event of ["wheel", "pointerdown", "keydown"]) {
    list.addEventListener(event, () => { touched = Date.now(); }, { passive: true });
  }
  const here = list.querySelector("[aria-current]");
  if (here) bringIntoView(here);
}

const form = document.querySelector("[data-find]");
const said = document.querySelector("[data-found]");
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function find() {
  const wanted = folded(form.q.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { row } of lines) {
    const words = folded(row.querySelector("p").textContent);
    row.hidden = !wanted.every((word) => words.includes(word));
    count += row.hidden ? 0 : 1;
  }
  const words = count === 1 ? said.dataset.one : count ? said.dataset.many.replace("NUMBER", count) : said.dataset.none;
  said.textContent = wanted.length ? words : "";
}

if (form && said && list) {
  form.querySelector("button").hidden = true;
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  form.q.addEventListener("input", find);
}
