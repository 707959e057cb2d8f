// The form data-packet sends the boxes that are ticked in the tables (form="its-id") and gets one zip of their files. It
// says how many files that is and, while they come, which of them is being made: each begins with a mark of the zip's
// own. Without this script, or where it fails, the browser fetches the zip by itself.

// Workbooks and documents are zips themselves, whose parts begin with the first four bytes too; of a size not known
// beforehand, under a Chinese name, are the packet's own files alone.
const BEGINS = [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x08, 0x08];

for (const form of document.querySelectorAll("form[data-packet]")) {
  const said = form.querySelector("[data-packet-said]");
  const bar = form.querySelector("[data-packet-bar]");
  const button = form.querySelector("button");
  const first = said.textContent;
  const boxes = () => [...form.elements].filter((element) => element.name === "file");

  function tell() {
    const files = boxes().reduce((sum, box) => sum + (box.checked ? Number(box.dataset.files) : 0), 0);
    said.textContent = files ? `已选 ${files} 份文件。` : first;
  }

  function follow(made, all) {
    if (all === 0) return;
    bar.max = all;
    bar.value = made;
    said.textContent = `正在生成第 ${Math.max(made, 1)} 份，共 ${all} 份…`;
  }

  async function fetchPacket(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const all = Number(answer.headers.get("X-Files"));
    const pieces = [];
    let made = 0;
    let matched = 0;
    follow(0, all);
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      for (const byte of value) {
        matched = byte === BEGINS[matched] ? matched + 1 : Number(byte === BEGINS[0]);
        if (matched < BEGINS.length) continue;
        matched = 0;
        made = Math.min(made + 1, all);
      }
      follow(made, all);
    }
    const name = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "");
    const called = name ? decodeURIComponent(name[1]) : "报表.zip";
    return { packet: new File(pieces, called, { type: "application/zip" }), files: all };
  }

  function keep(file) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    // Firefox reads it a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  form.addEventListener("submit", async (event) => {
    const chosen = new FormData(form);
    if (!chosen.has("file")) return;
    event.preventDefault();
    button.disabled = true;
    bar.hidden = false;
    try {
      const { packet, files } = await fetchPacket(`${form.action}?${new URLSearchParams(chosen)}`);
      keep(packet);
      tell();
      said.textContent += files
        ? "压缩包已生成，请在浏览器的下载中查看。"
        : "这些报表现在都不能生成，原因写在下载的压缩包里。";
    } catch {
      said.textContent = "压缩包没有生成完；请检查网络，再点“打包下载”，勾选都还在。";
    } finally {
      bar.hidden = true;
      button.disabled = false;
    }
  });
  document.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
}
