// A table marked data-sortable is put in order by its column headings. Cells may carry data-value to sort by;
// a cell without a figure ("—") stays last in both directions.

const collator = new Intl.Collator("zh-Hans");

function valueOf(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  const figure = Number.parseFloat(text.replaceAll(",", ""));
  if (!Number.isNaN(figure)) return figure;
  return cell.classList.contains("number") ? null : text;
}

function compare(left, right) {
  return typeof left === "number" && typeof right === "number" ? left - right : collator.compare(left, right);
}

function sort(table, heading) {
  const direction = heading.getAttribute("aria-sort") === "descending" ? "ascending" : "descending";
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.setAttribute("aria-sort", "none"));
  heading.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, heading.cellIndex) }));
  rows.sort((left, right) => {
    if (left.value === null || right.value === null) return (left.value === null) - (right.value === null);
    return sign * compare(left.value, right.value);
  });
  body.append(...rows.map(({ row }) => row));
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  for (const heading of table.tHead.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(table, heading));
  }
}
