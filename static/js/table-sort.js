// A table marked data-sortable is put in order by its column headings, and back into its own order by a third click.
// Cells may carry data-value to sort by; a cell without a figure ("—") stays last in both directions. Rows marked
// data-part stay under the row above them; rows marked data-heading are hidden while their rows stand elsewhere.
// data-sortable="sort" keeps the order in the address as ?sort=lead or ?sort=-lead, where the server knows it too.

const ASCENDING = "ascending";
const DESCENDING = "descending";
const collator = new Intl.Collator("zh-Hans");

function valueOf(row, column) {
  const cell = row.cells[column];
  const text = (cell.dataset.value ?? cell.textContent).trim();
  const figure = Number.parseFloat(text.replaceAll(",", ""));
  if (!Number.isNaN(figure)) return figure;
  return cell.dataset.value !== undefined || cell.classList.contains("number") ? null : text;
}

function compare(left, right) {
  return typeof left === "number" && typeof right === "number" ? left - right : collator.compare(left, right);
}

// Rows that move together: one, and its parts below it.
function bundlesOf(rows) {
  const bundles = [];
  for (const row of rows) {
    if ("part" in row.dataset && bundles.length) bundles.at(-1).push(row);
    else bundles.push([row]);
  }
  return bundles;
}

function inOrder(rows, column, direction) {
  const sign = direction === ASCENDING ? 1 : -1;
  const bundles = bundlesOf(rows).map((bundle) => ({ bundle, value: valueOf(bundle[0], column) }));
  bundles.sort((left, right) => {
    if (left.value === null || right.value === null) return (left.value === null) - (right.value === null);
    return sign * compare(left.value, right.value);
  });
  return bundles.flatMap(({ bundle }) => bundle);
}

// The address, and the list of a form on the page that chooses the same.
function addressOf(table, heading, direction) {
  const address = new URL(location.href);
  const asked = direction ? `${direction === DESCENDING ? "-" : ""}${heading.dataset.sort}` : "";
  if (asked) address.searchParams.set(table.dataset.sortable, asked);
  else address.searchParams.delete(table.dataset.sortable);
  return { address, asked };
}

function keepInAddress(table, heading, direction) {
  const { address, asked } = addressOf(table, heading, direction);
  history.replaceState(history.state, "", address);
  for (const option of document.querySelectorAll(`select[name="${table.dataset.sortable}"] option`)) {
    option.defaultSelected = option.selected = option.value === asked;
  }
}

function makeSortable(table) {
  const body = table.tBodies[0];
  // What the server has put in another order comes back into its own from the server.
  const own = table.dataset.sorted ? null : [...body.rows];
  const cycle = table.dataset.sortFirst === ASCENDING ? [ASCENDING, DESCENDING] : [DESCENDING, ASCENDING];

  const sort = (heading) => {
    const direction = cycle[cycle.indexOf(heading.getAttribute("aria-sort")) + 1];
    if (!direction && !own) {
      location.assign(addressOf(table, heading).address);
      return;
    }
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.setAttribute("aria-sort", "none"));
    heading.setAttribute("aria-sort", direction ?? "none");
    const rows = own ?? [...body.rows];
    const headings = rows.filter((row) => "heading" in row.dataset);
    const others = rows.filter((row) => !("heading" in row.dataset));
    for (const row of headings) row.hidden = Boolean(direction);
    body.append(...(direction ? [...headings, ...inOrder(others, heading.cellIndex, direction)] : rows));
    table.toggleAttribute("data-sorted", Boolean(direction));
    if (table.dataset.sortable) keepInAddress(table, heading, direction);
  };

  for (const heading of table.tHead.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    if (!heading.hasAttribute("aria-sort")) heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(heading));
  }
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
