// Files are sent and removed without leaving the page: what is typed in the return above stays as it is. The answer is
// the page as it is afterwards, of which only the section marked data-files takes the old one's place.

const MEGABYTE = 1024 * 1024;

function say(section, sentences, style) {
  section.querySelector("[data-files-said]").replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.className = `notice notice--${style}`;
      line.textContent = sentence;
      return line;
    }),
  );
}

// What the server would refuse for its size or number alone is told before it is sent.
function refused(section, form) {
  const files = [...(form.querySelector("input[type=file]")?.files ?? [])];
  const largest = Number(section.dataset.largest);
  const sentences = files
    .filter((file) => file.size > largest)
    .map((file) => `“${file.name}”没有上传：文件超过 ${largest / MEGABYTE} MB，请压缩图片或拆成几个文件后再上传。`);
  const room = Number(section.dataset.room);
  if (files.length > room) sentences.push(`还能上传 ${room} 个，您选了 ${files.length} 个，请少选几个。`);
  return sentences;
}

function take(section, page) {
  const fresh = page.querySelector("[data-files]");
  const notices = [...page.querySelectorAll(".messages .notice")];
  if (!fresh) {
    const said = page.querySelector("main [role=alert], main p")?.textContent.trim();
    say(section, [said || "没有办成，请刷新页面后重试。"], "error");
    return;
  }
  fresh.querySelector("[data-files-said]").replaceChildren(...notices);
  section.replaceWith(fresh);
  fresh.querySelector("input[type=file], a")?.focus({ preventScroll: true });
}

async function send(section, form) {
  const button = form.querySelector("button");
  const body = new FormData(form);
  button.disabled = true;
  if (form.querySelector("input[type=file]")) say(section, ["正在上传，请稍候。"], "info");
  try {
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    // Without its head, whose <style> would carry the nonce of another page.
    const text = await answer.text();
    take(section, new DOMParser().parseFromString(text.slice(text.indexOf("<main")), "text/html"));
  } catch {
    say(section, ["没有连上服务器，文件没有上传。请检查网络后再按一次。"], "error");
  }
  button.disabled = false;
}

document.addEventListener("submit", (event) => {
  const section = event.target.closest("[data-files]");
  if (!section || event.defaultPrevented) return;
  event.preventDefault();
  const sentences = refused(section, event.target);
  if (sentences.length) say(section, sentences, "error");
  else send(section, event.target);
});
