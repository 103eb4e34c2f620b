// Adds to each line of an ordering a button that moves it up and one that moves it down, and keeps the lines in the order
// of their places. Without this script each line's place is picked from its list; what is sent is the same.
for (const box of document.querySelectorAll("[data-ordering]")) {
  const lines = () => [...box.querySelectorAll(".line")];
  const place = (line) => line.querySelector("select");
  const form = box.closest("form");

  function sort() {
    const end = box.querySelector("[data-moved]");
    const known = lines().filter((line) => place(line).value);
    known.sort((a, b) => place(a).value - place(b).value);
    for (const line of [...known, ...lines().filter((line) => !place(line).value)]) box.insertBefore(line, end);
  }

  function move(line, by) {
    const all = lines();
    const from = all.indexOf(line);
    const to = from + by;
    if (to < 0 || to >= all.length) return;
    all.splice(to, 0, ...all.splice(from, 1));
    all.forEach((one, index) => { place(one).value = index + 1; });
    const pressed = document.activeElement;
    sort();
    pressed.focus();
    const words = { "{line}": line.querySelector("label").textContent, "{place}": to + 1 };
    box.querySelector("[data-moved]").textContent = box.dataset.at.replace(/\{line\}|\{place\}/g, (one) => words[one]);
    place(line).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function button(line, words, by) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn ghost small";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${line.querySelector("label").textContent}`);
    made.addEventListener("click", () => move(line, by));
    return made;
  }

  for (const line of lines()) line.append(button(line, box.dataset.up, -1), button(line, box.dataset.down, 1));
  sort();
  if (form) form.addEventListener("shown-as-saved", sort);
}
