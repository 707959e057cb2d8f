// In a table marked data-grid-keys the arrows move between the cells' links, Home and End along a row.
// The table is then one stop of the Tab key and not one for each cell.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function attach(table) {
  const grid = [...table.tBodies[0].rows].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => cell.querySelector("a")),
  );
  const links = grid.flat().filter(Boolean);
  let current = links[0];
  for (const link of links) link.tabIndex = link === current ? 0 : -1;

  const next = (from, [down, right]) => {
    let row = grid.findIndex((cells) => cells.includes(from));
    let column = grid[row].indexOf(from);
    do {
      row += down;
      column += right;
      if (grid[row]?.[column]) return grid[row][column];
    } while (grid[row] && column >= 0 && column < grid[row].length);
    return from;
  };

  const end = (from, key) => {
    const row = grid.find((cells) => cells.includes(from)).filter(Boolean);
    return key === "Home" ? row[0] : row.at(-1);
  };

  table.addEventListener("focusin", ({ target }) => {
    if (!links.includes(target)) return;
    current.tabIndex = -1;
    current = target;
    current.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!links.includes(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!STEPS[key] && key !== "Home" && key !== "End") return;
    event.preventDefault();
    (STEPS[key] ? next(target, STEPS[key]) : end(target, key)).focus();
  });
}

for (const table of document.querySelectorAll("table[data-grid-keys]")) attach(table);
