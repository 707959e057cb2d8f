// What was typed and the server has not yet acknowledged, in the browser's own store: it survives a cut connection, a
// closed window and a new sign-in. Each window takes away only what it put there itself or what the server has.

export class Kept {
  constructor(key) {
    this.key = key;
    this.mine = new Map();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  write(entries) {
    try {
      if (Object.keys(entries).length) localStorage.setItem(this.key, JSON.stringify(entries));
      else localStorage.removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }

  // Keep every unsaved field with the text it was typed over, and the version that was then; forget the others.
  update(fields, version) {
    const entries = this.read();
    for (const field of fields.all) {
      const { name, value } = field;
      const there = entries[name];
      if (!field.isClean) {
        if (there?.value !== value) entries[name] = { value, base: field.base, version, at: Date.now() };
        this.mine.set(name, value);
      } else if (there && (there.value === value || there.value === field.takenAs || there.value === this.mine.get(name))) {
        delete entries[name];
      }
    }
    return this.write(entries);
  }
}
