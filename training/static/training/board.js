// A board by its arrow keys: they go from cell to cell, Home and End to the ends of a row, and Tab from name to name. Without
// this script Tab stops at every cell, and the link before the table leads past it.
const table = document.querySelector(".board.cohort");

const lines = table ? [table.tHead.rows[1], ...table.tBodies[0].rows] : [];
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function linkFrom(line, column, [down, right]) {
  for (let at = line + down, to = column + right; lines[at]?.cells[to]; at += down, to += right) {
    const link = lines[at].cells[to].querySelector("a");
    if (link) return link;
  }
  return null;
}

function goal(key, cell) {
  const line = lines.indexOf(cell.parentElement);
  if (STEPS[key]) return linkFrom(line, cell.cellIndex, STEPS[key]);
  if (key === "Home") return linkFrom(line, -1, [0, 1]);
  if (key === "End") return linkFrom(line, lines[line].cells.length, [0, -1]);
  return null;
}

if (table) {
  for (const link of table.querySelectorAll("a")) {
    const isName = link.closest("th")?.cellIndex === 0;
    if (!isName) link.tabIndex = -1;
  }
  document.querySelector("[data-arrow-keys]").hidden = false;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const link = goal(event.key, cell);
    if (!link) return;
    link.focus();
    event.preventDefault();
  });
}
