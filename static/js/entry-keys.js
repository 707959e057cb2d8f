// A table marked data-entry-table is moved in like a spreadsheet: Enter and the arrows go up and down a column, left
// and right cross over at the edges of the text. Enter never sends the form.

function step(input, rows) {
  const cells = [...input.closest("table").querySelectorAll(`[data-field="${input.dataset.field}"]`)];
  return cells[cells.indexOf(input) + rows];
}

function beside(input, kind) {
  return input.closest("tr").querySelector(`[data-field="${kind}"]`);
}

function target(event) {
  const { key, shiftKey, target: input } = event;
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (key === "Enter") return step(input, shiftKey ? -1 : 1);
  if (shiftKey) return undefined;
  if (key === "ArrowDown") return step(input, 1);
  if (key === "ArrowUp") return step(input, -1);
  const whole = start === 0 && end === value.length;
  if (key === "ArrowRight" && start === end && end === value.length) return beside(input, "note");
  if (key === "ArrowRight" && whole) return beside(input, "note");
  if (key === "ArrowLeft" && (whole || end === 0)) return beside(input, "value");
  return undefined;
}

function move(event) {
  // While Chinese is being composed, Enter and the arrows belong to the input method.
  const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (held || !event.target.matches("[data-field]")) return;
  const next = target(event);
  if (event.key === "Enter" || next) event.preventDefault();
  if (!next || next === event.target) return;
  next.focus();
  next.select();
}

for (const table of document.querySelectorAll("table[data-entry-table]")) {
  table.addEventListener("keydown", move);
}
