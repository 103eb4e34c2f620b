// Lets a film be worked by keys while it, or a button of its bar, has the focus; the list of them is on the page.
// Without it the bar's buttons, or the browser's own controls, are worked with Tab, Space and the arrow keys.
for (const film of document.querySelectorAll("[data-film]")) {
  const video = film.querySelector("video");
  const part = (name) => film.querySelector(`[data-${name}]`);
  const length = Number(film.dataset.length);
  const chapters = [...film.querySelectorAll("[data-ticks] i")].map((tick) => Number(tick.dataset.at));

  const seek = (seconds) => { video.currentTime = Math.min(Math.max(seconds, 0), length); };
  const step = (seconds) => () => seek(video.currentTime + seconds);
  const press = (name) => () => part(name)?.click();
  const choose = (select, place) => {
    if (!select || place < 0 || place >= select.options.length) return;
    select.selectedIndex = place;
    select.dispatchEvent(new Event("change"));
  };
  const volume = (change) => () => { video.volume = Math.min(Math.max(video.volume + change, 0), 1); };
  const speed = (change) => () => choose(part("speed"), part("speed").selectedIndex + change);
  const chapter = (isNext) => () => {
    const others = isNext ? chapters.filter((at) => at > video.currentTime + 0.5)
      : chapters.filter((at) => at < video.currentTime - 2).reverse();
    if (others.length) seek(others[0]);
    else if (!isNext) seek(0);
  };

  const acts = {
    k: press("play"), j: step(-10), l: step(10), arrowleft: step(-5), arrowright: step(5),
    arrowup: volume(0.1), arrowdown: volume(-0.1), m: press("mute"), f: press("full"), c: press("captions"),
    p: chapter(false), n: chapter(true), "<": speed(-1), ">": speed(1),
  };

  film.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const inList = event.target.matches("select");
    if (inList && (key.startsWith("arrow") || key.length === 1)) return; // a list keeps its own keys
    const onButton = event.target.matches("button");
    const act = key === " " && !onButton ? acts.k : /^[0-9]$/.test(key) ? () => seek((length * Number(key)) / 10) : acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const list = document.querySelector("[data-keys]");
  if (list) list.hidden = false;
}
