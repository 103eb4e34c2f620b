// Puts our bar under a film in place of the browser's controls: play, where you are, chapters as ticks, captions, speed,
// sound, full screen. Without it the browser's own controls do all but speed in some of them.
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};

for (const film of document.querySelectorAll("[data-film]")) {
  const video = film.querySelector("video");
  const bar = film.querySelector("[data-bar]");
  const one = (name) => bar.querySelector(`[data-${name}]`);
  const [play, now, seek, captions, tongue, speed, mute, full] =
    ["play", "now", "seekbar", "captions", "tongue", "speed", "mute", "full"].map(one);
  const length = Number(film.dataset.length);
  const playLabel = play.getAttribute("aria-label");
  let held = false; // while the finger is on the bar, the film does not move it

  const show = (seconds) => {
    now.textContent = clock(seconds);
    seek.setAttribute("aria-valuetext", seek.dataset.says.replace("MOMENT", clock(seconds)));
    seek.style.setProperty("--gone", `${(100 * seconds) / length}%`);
    if (!held) seek.value = seconds;
  };
  const showPlaying = () => {
    film.classList.toggle("playing", !video.paused);
    play.setAttribute("aria-label", video.paused ? playLabel : play.dataset.pauseLabel);
  };

  video.controls = false;
  bar.hidden = false;
  for (const tick of bar.querySelectorAll("[data-ticks] i")) {
    tick.style.setProperty("--at", `${(100 * Number(tick.dataset.at)) / length}%`);
  }
  if (!document.fullscreenEnabled) full.hidden = true;
  show(Number(seek.value));

  const toggle = () => (video.paused ? video.play().catch(showPlaying) : video.pause());
  play.addEventListener("click", toggle);
  video.addEventListener("click", toggle);
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, showPlaying);
  for (const event of ["timeupdate", "seeking"]) video.addEventListener(event, () => show(video.currentTime));
  seek.addEventListener("input", () => { held = true; video.currentTime = Number(seek.value); show(Number(seek.value)); });
  seek.addEventListener("change", () => { held = false; });
  speed.addEventListener("change", () => { video.playbackRate = Number(speed.value); });
  const showCaptions = (isOn) => {
    const language = tongue ? tongue.value : video.textTracks[0].language;
    captions.setAttribute("aria-pressed", String(isOn));
    for (const track of video.textTracks) track.mode = isOn && track.language === language ? "showing" : "disabled";
  };
  captions?.addEventListener("click", () => showCaptions(captions.getAttribute("aria-pressed") !== "true"));
  tongue?.addEventListener("change", () => showCaptions(true));
  mute.addEventListener("click", () => { video.muted = !video.muted; });
  video.addEventListener("volumechange", () => mute.setAttribute("aria-pressed", String(video.muted)));
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : film.requestFullscreen()));
}
