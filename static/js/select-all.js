// A table marked data-select-all="unit" gets a box in its heading that ticks every box of that name in it.

for (const table of document.querySelectorAll("table[data-select-all]")) {
  const boxes = [...table.querySelectorAll(`input[type="checkbox"][name="${table.dataset.selectAll}"]`)];
  const heading = table.tHead.rows[0].cells[0];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "全部选定");
  all.disabled = boxes.length === 0;
  heading.replaceChildren(all);
  const follow = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  table.addEventListener("change", (event) => {
    if (event.target !== all) follow();
  });
  follow();
}
