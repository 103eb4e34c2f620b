// Draws a learner's highlights in the text, offers "Highlight" and "Note" for chosen words, and saves without leaving the
// page. Without it the form under each section does all three: words are copied into its first box.
const lesson = document.querySelector("article.lesson");
const chosen = document.querySelector("[data-chosen]");
const said = document.querySelector("[data-note-said]");
const NOT_TEXT = "form, .mine, .notice, .words, .provenance, script, h1, .lead";

const squeeze = (text) => text.replace(/\s+/g, "");
const partOf = (key) => lesson.querySelector(`[data-notes="${CSS.escape(key)}"]`);

// The last part whose text begins at or before a place in the text.
function partAt(node) {
  const parts = [...lesson.querySelectorAll("[data-notes]")];
  return parts.find((part) => node.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function textBefore(part) {
  const parts = [...lesson.querySelectorAll("[data-notes]")];
  const before = parts[parts.indexOf(part) - 1];
  const walker = document.createTreeWalker(lesson, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const isHere = part.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING
      && !(before && before.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING);
    if (isHere && !node.parentElement.closest(NOT_TEXT)) nodes.push(node);
  }
  return nodes;
}

// Where a quote stands in a part, whatever the blanks between its words.
function rangeOf(quote, nodes) {
  const places = nodes.flatMap((node) => [...node.data.matchAll(/\S/g)].map((found) => [node, found.index]));
  const at = places.map(([node, index]) => node.data[index]).join("").indexOf(squeeze(quote));
  if (at < 0 || !squeeze(quote)) return null;
  const range = new Range();
  range.setStart(...places[at]);
  const [last, index] = places[at + squeeze(quote).length - 1];
  range.setEnd(last, index + 1);
  return range;
}

function draw() {
  if (!globalThis.Highlight) return; // the list under the section says the same
  const ranges = [...lesson.querySelectorAll("[data-notes]")].flatMap((part) => {
    const quotes = [...part.querySelectorAll("[data-quote]")];
    const nodes = quotes.length ? textBefore(part) : [];
    return quotes.map((quote) => rangeOf(quote.textContent, nodes)).filter(Boolean);
  });
  CSS.highlights.set("mine", new Highlight(...ranges));
}

// The chosen words and their part; words that run on into the next part end with this one.
function choice() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const part = lesson.contains(range.startContainer) && partAt(range.startContainer);
  if (!part) return null;
  const words = textBefore(part).filter((node) => range.intersectsNode(node)).map((node) => {
    const start = node === range.startContainer ? range.startOffset : 0;
    return node.data.slice(start, node === range.endContainer ? range.endOffset : undefined);
  });
  const quote = words.join(" ").replace(/\s+/g, " ").trim();
  return quote && { part, quote };
}

// What is kept stands under the text as well, so that its word may go; what went wrong stays.
let going = 0;
function say(words, goes = false) {
  clearTimeout(going);
  said.textContent = words;
  if (goes) going = setTimeout(() => { said.textContent = ""; }, 6000);
}

async function save(form, values) {
  const body = new FormData(form);
  Object.entries({ part: "1", ...values }).forEach(([name, value]) => body.set(name, value));
  const key = body.get("section");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer || (!answer.ok && answer.status !== 422)) {
    say(answer && answer.status === 403 ? said.dataset.out : said.dataset.lost);
    return;
  }
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-notes]");
  if (!made) {
    say(said.dataset.lost);
    return;
  }
  const before = partOf(key);
  for (const name of ["quote", "words"]) {
    // A highlight leaves alone what somebody has begun to write in the same part.
    if (name in values) made.querySelector(`[name=${name}]`).value = before.querySelector(`[name=${name}]`).value;
  }
  made.querySelector("details").open ||= "quote" in values && before.querySelector("details").open;
  before.replaceWith(made);
  say(answer.ok ? said.dataset.kept : made.querySelector(".error").textContent, answer.ok);
  if (!("quote" in values)) (answer.ok ? made : made.querySelector("[name=words]")).focus({ preventScroll: answer.ok });
  draw();
}

if (lesson && chosen) {
  let held = null;
  document.addEventListener("selectionchange", () => {
    if (chosen.contains(document.activeElement) && document.getSelection().isCollapsed) return;
    held = choice();
    chosen.hidden = !held;
  });
  // The buttons take the focus only when a key asks for it: words stay chosen under a click.
  chosen.addEventListener("pointerdown", (event) => event.preventDefault());
  chosen.querySelector("[data-highlight]").addEventListener("click", () => {
    const { part, quote } = held;
    chosen.hidden = true;
    document.getSelection().removeAllRanges();
    save(part.querySelector("form"), { quote, words: "", go: "note" });
  });
  chosen.querySelector("[data-write]").addEventListener("click", () => {
    const { part, quote } = held;
    chosen.hidden = true;
    part.querySelector("details").open = true;
    part.querySelector("[name=quote]").value = quote;
    part.querySelector("[name=words]").focus();
  });
  lesson.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-note-form]")) return;
    event.preventDefault();
    save(event.target, { go: event.submitter ? event.submitter.value : "note" });
  });
  draw();
}
