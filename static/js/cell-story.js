// A link to a cell's story, in a table or map marked data-cell-stories, opens the story in a dialog beside it.
// The story comes without its frame (?part=story); where it cannot be had, its page is opened.

async function storyAt(href) {
  const address = new URL(href);
  address.searchParams.set("part", "story");
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-cell-story]");
}

function show(story, link) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog--cell";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  const head = document.createElement("div");
  head.className = "dialog__head";
  const title = document.createElement("h2");
  title.id = "dialog-title";
  title.textContent = story.dataset.title;
  const whole = document.createElement("a");
  whole.href = link.href;
  whole.textContent = "单独打开";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--small";
  close.textContent = "关闭";
  close.addEventListener("click", () => dialog.close());
  head.append(title, whole, close);
  dialog.append(head, document.adoptNode(story));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

let asked = null;

async function open(event) {
  const link = event.target.closest("td a, a.tile");
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain) return;
  event.preventDefault();
  asked = link;
  link.setAttribute("aria-busy", "true");
  const story = await storyAt(link.href).catch(() => null);
  link.removeAttribute("aria-busy");
  if (asked !== link) return; // another cell has been chosen in the meantime
  asked = null;
  if (story) show(story, link);
  else location.assign(link.href);
}

for (const place of document.querySelectorAll("[data-cell-stories]")) place.addEventListener("click", open);
