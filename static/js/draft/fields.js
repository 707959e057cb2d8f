// What is typed into a return beside what the server has of it.

// What the server holds of a row stands in the element that says what is wrong with it.
export function saidOf(code) {
  return document.getElementById(`said-${code}`);
}

export function markRow(row, state) {
  if (state) row.dataset.state = state;
  else delete row.dataset.state;
}

class Field {
  constructor(element) {
    this.element = element;
    this.name = element.name;
    this.code = element.closest("[data-row]").dataset.row;
    // As the server has it; what was typed and taken as just that; what was typed and refused.
    this.base = this.stored;
    this.takenAs = null;
    // A page that has just been refused says so beside the cell.
    this.refused = saidOf(this.code).dataset.state === "error" && !this.isClean ? this.value : null;
  }

  get stored() {
    return saidOf(this.code).dataset[this.element.dataset.field];
  }

  get value() {
    return this.element.value;
  }

  set value(text) {
    this.element.value = text;
  }

  get isClean() {
    return this.value === this.base || this.value === this.takenAs;
  }

  get isNews() {
    return !this.isClean && this.value !== this.refused;
  }

  // What is stored becomes what this field starts from; what is shown follows, but not beneath the cursor.
  settle(taken = null) {
    this.base = this.stored;
    this.takenAs = taken;
    this.refused = null;
    if (taken === null || (this.value === taken && document.activeElement !== this.element)) this.value = this.base;
  }
}

export class Fields {
  constructor(form) {
    this.all = [...form.querySelectorAll("[data-field]")].map((element) => new Field(element));
    form.addEventListener("focusout", ({ target }) => {
      const field = this.all.find((one) => one.element === target);
      if (field?.isClean) field.value = field.base;
    });
  }

  get unsaved() {
    return this.all.filter((field) => !field.isClean);
  }

  get news() {
    return this.all.filter((field) => field.isNews);
  }

  of(code) {
    return this.all.filter((field) => field.code === code);
  }

  // The rows of which anything is unsaved, whole: a figure goes with its note.
  toSend() {
    const codes = new Set(this.unsaved.map((field) => field.code));
    return this.all.filter((field) => codes.has(field.code));
  }

  // A verdict is on the figure that the server has: beside another one it would mislead.
  hideVerdicts() {
    for (const field of this.all) {
      if (field.element.dataset.field !== "value") continue;
      field.element.closest("tr[data-row]")?.toggleAttribute("data-unjudged", !field.isClean);
    }
  }

  // Say at each cell whether it is at fault, as the server has just said beside it.
  mark() {
    for (const field of this.all) {
      const { state } = saidOf(field.code).dataset;
      const row = field.element.closest("tr[data-row]");
      if (row) markRow(row, state);
      if (field.element.dataset.field !== "value") continue;
      if (state === "error") field.element.setAttribute("aria-invalid", "true");
      else field.element.removeAttribute("aria-invalid");
    }
  }
}
