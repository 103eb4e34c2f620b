// Makes sections, tables and texts of what is pasted from Word, Google Docs or LibreOffice, and says what was not kept.
// Without it (or where a browser does not let us) headings and cells become plain paragraphs without a word.
const said = document.currentScript.dataset;
const HEADING = "h1, h2, h3, h4, h5, h6, p.MsoTitle, p.MsoSubtitle";
const TAKEN_BACK = "del, [style*='mso-element:comment'], [style*='mso-hide:all'], a.msocomanchor, span.MsoCommentReference";
const PICTURE = "img, object, svg";

document.addEventListener("paste", (event) => {
  const html = event.fromWord ? "" : event.clipboardData?.getData("text/html"); // not of our own paste, below
  if (!html || !event.target.closest?.(".Draftail-Editor")) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  const plain = event.clipboardData.getData("text/plain");
  const place = holdsParts(page) && placeInText(event.target);
  if (place) {
    stop(event);
    pasteAsParts(event.target, page, plain, place);
  } else pasteMended(event.target, page, plain, event);
}, true);

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// As words of this one text: headings in bold, tables as lists. `event` is the paste that is going on, if one is.
function pasteMended(target, page, plain, event, before = []) {
  const findings = [...before, ...mend(page)];
  if (event && !findings.length) return;
  const box = regionAfter(target.closest(".Draftail-Editor"));
  if (pasteInstead(target, page, plain) && event) stop(event);
  say(box, findings);
}

const holdsParts = (page) => [...page.querySelectorAll(`${HEADING}, table`)].some(words);

// The page's text and the block in it that is pasted into; nothing for a text inside another block.
function placeInText(target) {
  for (const { rootBlock: stream } of document.querySelectorAll("[id$='-root']")) {
    if (!("section" in (stream?.blockDef?.childBlockDefsByName ?? {}))) continue;
    const child = stream.children.find((one) => one.type === "text" && one.element.contains(target));
    if (child) return { stream, child };
  }
  return null;
}

async function pasteAsParts(target, page, plain, { stream, child }) {
  try {
    const { blocks, said: findings } = await asBlocks(target.closest("form"), page, stream);
    const at = stream.children.indexOf(child) + 1;
    const isEmpty = !words(target);
    blocks.forEach((one, number) => stream.insert(one, at + number, { focus: number === blocks.length - 1 }));
    const box = regionAfter(stream.children[at].element.lastElementChild ?? stream.children[at].element);
    if (isEmpty) stream.deleteBlock(at - 1);
    say(box, isEmpty ? findings : [{ sentence: said.after, quotes: [] }, ...findings]);
  } catch (problem) {
    const sentence = problem.refused ?? said.failed;
    pasteMended(target, page, plain, null, [{ sentence, quotes: [] }]);
  }
}

async function asBlocks(form, page, stream) {
  const sent = new FormData();
  const lean = page.body.cloneNode(true);
  lean.querySelectorAll("script, style").forEach((one) => one.remove());
  lean.querySelectorAll("img").forEach((one) => one.removeAttribute("src"));
  sent.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  sent.set("html", lean.innerHTML);
  if ("table" in stream.blockDef.childBlockDefsByName) sent.set("tables", "1");
  stream.children.filter((one) => one.type === "section").forEach((one) => sent.append("taken", one.block.getValue().key));
  const answer = await fetch(said.at, { method: "POST", body: sent });
  const told = await answer.json();
  if (!answer.ok || !told.blocks.length) throw told;
  return told;
}

function say(box, findings) {
  setTimeout(() => box.replaceChildren(...findings.flatMap(paragraphs)), 100); // so that it is read out
}

function mend(page) {
  const findings = [];
  const note = (sentence, quotes = []) => findings.push({ sentence, quotes });
  if (remove(page, TAKEN_BACK)) note(said.takenBack);
  if (remove(page, PICTURE)) note(said.pictures);
  for (const link of page.querySelectorAll("a[href*='#_']")) link.replaceWith(...link.childNodes); // notes, bookmarks
  const tables = [...page.querySelectorAll("table")].filter((one) => !one.querySelector("table"));
  if (tables.length) note(said.tables);
  tables.forEach((one) => one.replaceWith(asList(one)));
  const headings = [...page.querySelectorAll(HEADING)].filter((one) => words(one));
  if (headings.length) note(said.headings, headings.map(words));
  headings.forEach((one) => one.replaceWith(inBold(page, words(one))));
  return findings;
}

const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

function remove(page, selector) {
  const found = page.querySelectorAll(selector);
  found.forEach((one) => one.remove());
  return found.length;
}

function inBold(page, text) {
  const paragraph = page.createElement("p");
  paragraph.append(Object.assign(page.createElement("b"), { textContent: text }));
  return paragraph;
}

// One item for each row, one line for each cell with the heading of its column, as of a whole file.
function asList(table) {
  const page = table.ownerDocument;
  const rows = [...table.rows].map((row) => [...row.cells]);
  const first = rows[0] ?? [];
  const isHeading = rows.length > 1 && first.every((cell) => cell.tagName === "TH" || cell.querySelector("b, strong") || !words(cell));
  const headings = isHeading ? rows.shift().map(words) : [];
  const list = page.createElement("ul");
  for (const row of rows) {
    const item = page.createElement("li");
    row.forEach((cell, column) => {
      if (!words(cell)) return;
      if (item.childNodes.length) item.append(page.createElement("br"));
      if (headings[column]) item.append(Object.assign(page.createElement("b"), { textContent: `${headings[column]}:` }), " ");
      item.append(words(cell));
    });
    if (item.childNodes.length) list.append(item);
  }
  return list;
}

// Hands the editor the mended words; says whether it took them, for else the paste goes on as it was.
function pasteInstead(target, page, plain) {
  const data = new DataTransfer();
  data.setData("text/html", page.documentElement.outerHTML);
  data.setData("text/plain", plain);
  const copy = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  copy.fromWord = true;
  target.dispatchEvent(copy);
  return copy.defaultPrevented;
}

function regionAfter(editor) {
  const place = editor.parentElement;
  const there = place.querySelector(":scope > .lt-paste");
  const box = there ?? Object.assign(document.createElement("div"), { className: "lt-paste" });
  box.setAttribute("role", "status");
  if (!there) editor.after(box);
  return box;
}

function paragraphs({ sentence, quotes }) {
  const made = Object.assign(document.createElement("p"), { textContent: sentence });
  const list = document.createElement("ul");
  list.append(...quotes.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  return quotes.length ? [made, list] : [made];
}
