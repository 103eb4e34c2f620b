// Puts the moment at which the film stands into the form for a note. Without it the moment is typed.
const field = document.querySelector("[data-moment-form] [name=moment]");
const film = document.querySelector("[data-film] video");

if (field && film) {
  let typed = false;
  field.addEventListener("input", () => { typed = true; });
  const two = (number) => String(number).padStart(2, "0");
  film.addEventListener("timeupdate", () => {
    // Whoever is writing has chosen the moment: it no longer runs on.
    if (typed || field.form.contains(document.activeElement)) return;
    const seconds = Math.floor(film.currentTime);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    field.value = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  });
}
