// A form with data-choose-many sends checkboxes that stand elsewhere (form="its-id"): buttons with data-choose tick all
// of them, those that are not data-doubtful, or none; one that somebody else has in hand (data-taken) only by itself.
// It says how many are ticked, and asks before they are sent.

for (const form of document.querySelectorAll("form[data-choose-many]")) {
  const boxes = [...form.elements].filter((element) => element.type === "checkbox");
  const count = form.querySelector("[data-chosen-count]");
  const send = form.querySelector("button[type=submit]");
  const ticks = {
    all: (box) => !("taken" in box.dataset),
    "without-doubts": (box) => !("taken" in box.dataset || "doubtful" in box.dataset),
    none: () => false,
  };

  function tell() {
    const chosen = boxes.filter((box) => box.checked);
    const doubtful = chosen.filter((box) => "doubtful" in box.dataset).length;
    const doubts = doubtful ? `，其中 ${doubtful} 张有疑点` : "";
    count.textContent = chosen.length ? `已勾选 ${chosen.length} 张${doubts}` : "";
    send.disabled = chosen.length === 0;
    form.dataset.confirm = `审定勾选的 ${chosen.length} 张季报表${doubts}？审定后，这些数就是采用的数字。`;
  }

  for (const button of form.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = ticks[button.dataset.choose](box);
      tell();
    });
  }
  for (const box of boxes) box.addEventListener("change", tell);
  // The browser may bring ticks back with the page.
  window.addEventListener("pageshow", tell);
  form.querySelector("[data-choose-links]").hidden = false;
  tell();
}
