// Copies the text of a data-copy block. Not by navigator.clipboard: an intranet served without TLS has none.

for (const block of document.querySelectorAll("[data-copy]")) {
  const text = block.querySelector("textarea");
  const button = block.querySelector("[data-copy-button]");
  const said = block.querySelector("[data-copy-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    text.select();
    said.textContent = document.execCommand("copy") ? "已复制。" : "请按 Ctrl+C 复制。";
  });
}
