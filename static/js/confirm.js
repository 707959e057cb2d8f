// A form (or one of its buttons) with data-confirm="…" asks before it is sent. Without the script it is sent at once.
// {name} in the question is what has been typed into the field of that name.

function ask(sentence, word) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", "请确认");
  const text = document.createElement("p");
  text.textContent = sentence;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "actions";
  form.append(button("取消", "", "button"), button(word, "yes", "button button--primary"));
  dialog.append(text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(word, value, classes) {
  const element = document.createElement("button");
  element.textContent = word;
  element.value = value;
  element.className = classes;
  return element;
}

// In the capturing phase: before anything else learns that the form is being sent.
async function beforeSending(event) {
  const { target: form, submitter } = event;
  const sentence = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!sentence || form.dataset.confirmed) return;
  const question = sentence.replace(/\{(\w+)\}/g, (_, name) => form.elements[name]?.value ?? "");
  event.preventDefault();
  if (!(await ask(question, submitter?.textContent.trim() || "确定"))) {
    submitter?.focus();
    return;
  }
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.confirmed;
}

document.addEventListener("submit", beforeSending, { capture: true });
