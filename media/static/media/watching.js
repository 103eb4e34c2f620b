// Tells the server which parts of a film were watched and where it was left, so that any device carries on there and most
// of a film counts as watched. Without it the film starts at ?t= or at its beginning, and reading the transcript counts.
const EVERY_MS = 15_000;
const LONGEST_STEP = 3; // seconds of film between two signs of life of a player in the background

for (const video of document.querySelectorAll("video[data-report]")) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const watched = []; // [from, to] since this page was opened
  let last = null; // where the film was at the last sign of life, while it plays
  let sent = "";

  const note = () => {
    const at = Math.round(video.currentTime * 10) / 10;
    const step = last === null ? -1 : at - last;
    if (step >= 0 && step <= LONGEST_STEP && !video.seeking) watched[watched.length - 1][1] = at;
    else if (!video.paused) watched.push([at, at]);
    last = video.paused || video.seeking ? null : at;
  };
  const send = async () => {
    const intervals = JSON.stringify(watched.filter(([from, to]) => to > from).slice(-400));
    const place = String(Math.round(video.currentTime * 10) / 10);
    if (!token || `${intervals} ${place}` === sent || video.readyState === 0) return;
    sent = `${intervals} ${place}`;
    const body = new URLSearchParams({ opening: video.dataset.opening, intervals, place, csrfmiddlewaretoken: token.value });
    try {
      const reply = await fetch(video.dataset.report, { method: "POST", body, keepalive: true });
      const words = document.querySelector("[data-watched]");
      if (reply.ok && words && (await reply.json()).is_watched) words.textContent = words.dataset.watched;
    } catch {
      sent = ""; // the next sign of life tries again
    }
  };

  for (const event of ["timeupdate", "playing", "seeking", "seeked", "pause", "ended"]) video.addEventListener(event, note);
  for (const event of ["pause", "ended"]) video.addEventListener(event, send);
  setInterval(() => { if (!video.paused) send(); }, EVERY_MS);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  window.addEventListener("pagehide", send);
}
