// A form marked data-submit-on-change is sent as soon as another choice is made.
// With the keyboard a closed list changes at each arrow: then only Enter, or leaving the list, sends it.

for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  let byArrow = false;
  let changed = false;
  const send = () => {
    if (changed) form.requestSubmit();
    changed = false;
  };

  form.addEventListener("pointerdown", () => {
    byArrow = false;
  });
  form.addEventListener("keydown", (event) => {
    byArrow = event.key.startsWith("Arrow") || event.key.length === 1;
    if (event.key === "Enter") send();
  });
  form.addEventListener("change", () => {
    changed = true;
    if (!byArrow) send();
  });
  form.addEventListener("focusout", send);
  // What is not chosen need not stand in the address.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}

// A page gone back to, from the browser's memory or loaded anew, would still show the choice that led away from it.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-submit-on-change]")) form.reset();
});
