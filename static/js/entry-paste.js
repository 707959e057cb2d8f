// A column or a block copied from Excel or WPS fills a table marked data-entry-table from the cell in focus, or by the
// names in its first column. One cell is pasted as ever. What was filled and what was left is said beneath the table,
// and can be taken back.

import { byName, byPlace, isNamed, namesIn, rowsOf } from "./paste/blocks.js";

class Pasting {
  constructor(table) {
    this.rows = [...table.querySelectorAll("tr[data-row]")];
    this.names = namesIn(this.rows);
    this.line = table.closest("section").querySelector("[data-paste-status]");
    this.before = new Map();
    table.addEventListener("paste", (event) => this.pasted(event));
    table.addEventListener("input", ({ target, isTrusted }) => isTrusted && this.before.delete(target));
    this.line.querySelector("button").addEventListener("click", () => this.takeBack());
  }

  pasted(event) {
    const input = event.target;
    if (!input.matches("[data-field]")) return;
    const block = rowsOf(event.clipboardData.getData("text/plain"));
    if (block.length === 1 && block[0].length === 1) return;
    event.preventDefault();
    const start = this.rows.indexOf(input.closest("tr"));
    const plan = isNamed(block, this.names)
      ? byName(block, this.names)
      : byPlace(block, start, input.dataset.field, this.rows);
    if (plan.refused) this.say(`没有粘贴：${plan.refused}`);
    else this.fill(plan);
  }

  fill({ cells, skipped }) {
    this.before = new Map();
    let empty = 0;
    for (const { place, ...texts } of cells) {
      for (const [kind, text] of Object.entries(texts)) {
        const input = this.rows[place].querySelector(`[data-field="${kind}"]`);
        if (text) this.put(input, text);
        else if (kind === "value" || !("value" in texts)) empty += 1;
      }
    }
    if (empty) skipped.push(`空格 ${empty} 处（保持原样）`);
    const filled = `已粘贴 ${this.before.size} 格`;
    this.say(skipped.length ? `${filled}。跳过：${skipped.join("；")}。` : `${filled}。`);
  }

  put(input, text) {
    const short = input.maxLength > 0 ? text.slice(0, input.maxLength) : text;
    this.before.set(input, input.value);
    input.value = short;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Only the cells that nobody has typed into since.
  takeBack() {
    const count = this.before.size;
    for (const [input, text] of this.before) {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const first = this.before.keys().next().value;
    this.before = new Map();
    this.say(`已撤销粘贴，恢复了 ${count} 格。`);
    first?.focus();
  }

  say(sentence) {
    this.line.hidden = false;
    this.line.querySelector("[role=status]").textContent = sentence;
    this.line.querySelector("button").hidden = this.before.size === 0;
  }
}

for (const table of document.querySelectorAll("table[data-entry-table]")) {
  new Pasting(table);
}
