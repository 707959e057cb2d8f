// On a return that can no longer be filled in: what this browser still keeps of it and the server never had, to be read
// and copied, until the person lets it go. The element marked data-draft-left names whose and which return it is.

import { Kept } from "./draft/kept.js";

function titleOf(name) {
  const [, kind, code] = /^(?:(value|note)-)?(.*)$/.exec(name);
  const title = (document.getElementById(`entry-${code}`) ?? document.getElementById(`text-${code}`))?.textContent.trim() ?? code;
  return kind === "note" ? `${title}的说明` : title;
}

function show(place, kept, entries) {
  const list = place.querySelector("dl");
  for (const [name, { value }] of entries) {
    const [title, text] = [document.createElement("dt"), document.createElement("dd")];
    title.textContent = titleOf(name);
    text.textContent = value || "（空）";
    list.append(title, text);
  }
  place.querySelector("button").addEventListener("click", () => {
    kept.write({});
    place.hidden = true;
  });
  place.hidden = false;
}

for (const place of document.querySelectorAll("[data-draft-left]")) {
  const kept = new Kept(`return:${place.dataset.draftLeft}`);
  const entries = Object.entries(kept.read());
  if (entries.length) show(place, kept, entries);
}
