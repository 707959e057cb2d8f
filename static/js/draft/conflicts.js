// Cells that somebody else has saved meanwhile: both values beside each, and the person chooses.

import { markRow, saidOf } from "./fields.js";

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function worded(value, note) {
  const text = value.trim() || "（空）";
  return note?.trim() ? `${text}；说明：${note}` : text;
}

export class Conflicts {
  constructor(fields, notices, whenChosen) {
    this.fields = fields;
    this.notices = notices;
    this.whenChosen = whenChosen;
    this.open = new Map();
  }

  get isOpen() {
    return this.open.size > 0;
  }

  show(codes) {
    for (const code of codes) this.open.set(code, this.drawRow(code));
    this.notice?.remove();
    this.notice = copyOf("differs-all-template");
    const list = this.notice.querySelector("[data-list]");
    for (const code of this.open.keys()) list.append(this.item(code));
    this.notice.addEventListener("click", ({ target }) => {
      const side = target.dataset?.chooseAll;
      if (side) for (const code of [...this.open.keys()]) this.choose(code, side);
    });
    this.notices.hidden = false;
    this.notices.append(this.notice);
  }

  drawRow(code) {
    const place = document.querySelector(`[data-differs-of="${code}"]`);
    const box = copyOf("differs-template");
    const [value, note] = this.fields.of(code);
    const { dataset } = saidOf(code);
    box.querySelector("[data-mine]").textContent = worded(value.value, note?.value);
    box.querySelector("[data-theirs]").textContent = worded(dataset.value, dataset.note);
    box.addEventListener("click", ({ target }) => {
      const side = target.dataset?.choose;
      if (side) this.choose(code, side);
    });
    saidOf(code).querySelector(".both-values")?.remove();
    place.replaceChildren(box);
    if (place.closest("tr")) markRow(place.closest("tr"), "error");
    return place;
  }

  item(code) {
    const [field] = this.fields.of(code);
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${field.element.id}`;
    link.textContent = field.element.labels[0].textContent;
    item.append(link);
    return item;
  }

  choose(code, side) {
    const focused = this.open.get(code).contains(document.activeElement);
    for (const field of this.fields.of(code)) {
      field.base = field.stored;
      field.takenAs = null;
      field.refused = null;
      if (side === "theirs") field.value = field.base;
    }
    this.open.get(code).replaceChildren();
    this.open.delete(code);
    const row = saidOf(code).closest("tr");
    if (row) markRow(row, saidOf(code).dataset.state);
    if (focused) this.fields.of(code)[0].element.focus();
    if (!this.isOpen) {
      this.notice.remove();
      this.whenChosen();
    }
  }
}
