// A form marked data-draft saves itself while it is typed: a moment after the last key, when a cell is left, and again
// once a lost connection is back. What the server has not acknowledged stays in the browser's store. One sending is on
// its way at a time; one that may have been lost is sent again unchanged, under its own key and version.

import { Conflicts } from "./draft/conflicts.js";
import { Fields } from "./draft/fields.js";
import { Kept } from "./draft/kept.js";

const PAUSE = 1000;
const RETRY_AFTER = [2000, 4000, 8000, 15000, 30000];
const CHANGED = "有改动，稍后自动保存";
const LOST = "已保存在本机，恢复后自动上传";
const LOST_UNKEPT = "请不要关闭本页，恢复后自动上传";

function codesIn(text) {
  return (text ?? "").split(" ").filter(Boolean);
}

function cookie(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

class Draft {
  constructor(form) {
    this.form = form;
    this.fields = new Fields(form);
    this.notices = document.getElementById("draft-notices");
    this.conflicts = new Conflicts(this.fields, this.notices, () => this.resume());
    this.kept = new Kept(`return:${form.elements.account.value}:${form.dataset.kept}`);
    this.version = Number(form.elements.version.value);
    // "ready", "lost" (no answer), "out" (signed out), "choosing" (between two values), "stopped" (no longer editable)
    this.state = "ready";
    this.sending = null;
    this.onItsWay = false;
    this.tries = 0;
    this.timer = 0;
    this.lastSaid = "";
    this.waiting = [];
    this.listen();
    this.begin();
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("focusout", () => this.fields.news.length && this.soon(0));
    form.addEventListener("draft:flush", (event) => this.flush().then((state) => event.detail?.done?.(state)));
    form.addEventListener("submit", (event) => this.beforeSubmit(event), { capture: true });
    document.addEventListener("submit", (event) => this.beforeOther(event), { capture: true });
    form.addEventListener("htmx:configRequest", ({ detail }) => this.compose(detail));
    form.addEventListener("htmx:beforeSwap", ({ detail }) => this.beforeSwap(detail));
    form.addEventListener("htmx:afterRequest", ({ detail }) => this.answered(detail.xhr));
    window.addEventListener("online", () => this.again());
    window.addEventListener("focus", () => this.again());
  }

  // Take up what an earlier visit could not send, and what the page brought that was not saved.
  begin() {
    const taken = this.restore();
    const differing = [...document.querySelectorAll("[data-said-of][data-differs]")];
    if (differing.length) {
      this.state = "choosing";
      this.conflicts.show(differing.map((said) => said.dataset.saidOf));
    }
    this.kept.update(this.fields, this.version);
    this.tellUnsaved();
    if (taken) this.tellRestored(taken);
    this.say(this.form.elements.version.value === "0" ? "填写时自动保存" : "改动会自动保存");
    if (this.fields.news.length) this.soon(PAUSE);
  }

  restore() {
    const entries = this.kept.read();
    let count = 0;
    for (const field of this.fields.all) {
      const entry = entries[field.name];
      if (!entry || entry.value === field.stored || entry.value === field.value) continue;
      field.value = entry.value;
      field.base = entry.base;
      // Over an older copy: the server then compares, and shows both values where they differ.
      this.version = Math.min(this.version, entry.version);
      count += 1;
    }
    return count;
  }

  tellRestored(count) {
    const notice = document.createElement("p");
    notice.className = "notice notice--warning";
    notice.textContent = `已恢复上次填写、还没有上传的 ${count} 处内容，正在自动保存，请核对。`;
    this.notices.hidden = false;
    this.notices.prepend(notice);
  }

  typed() {
    this.kept.update(this.fields, this.version);
    this.tellUnsaved();
    if (!this.fields.news.length) return;
    if (this.state === "ready") this.say(CHANGED);
    this.soon(PAUSE);
  }

  tellUnsaved() {
    this.fields.hideVerdicts();
    const unsaved = this.fields.unsaved.length > 0;
    this.form.dispatchEvent(new CustomEvent("guard:unsaved", { detail: unsaved }));
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  again() {
    if (this.state === "lost" || this.state === "out") this.soon(0);
  }

  send() {
    clearTimeout(this.timer);
    if (this.onItsWay || this.state === "choosing" || this.state === "stopped") return;
    if (!this.sending) {
      if (!this.fields.news.length) return this.done();
      const sent = new Map(this.fields.toSend().map((field) => [field, field.value]));
      this.sending = { version: this.version, key: this.form.elements.key.value, sent };
    }
    this.onItsWay = true;
    this.isComposed = false;
    if (this.state === "ready") this.say("正在保存…");
    window.htmx.trigger(this.form, "draft-send");
    if (this.isComposed) return;
    // Nobody took it: it would be waited for in vain.
    this.onItsWay = false;
    this.soon(PAUSE);
  }

  compose(request) {
    this.isComposed = true;
    const { version, key, sent } = this.sending;
    const { account, attempted } = this.form.elements;
    request.parameters = { version, key, account: account.value };
    if (attempted) request.parameters.attempted = attempted.value;
    for (const [field, value] of sent) request.parameters[field.name] = value;
    // The token in the page is another one after a new sign-in; the cookie has the present one.
    request.headers["X-CSRFToken"] = cookie("csrftoken");
    this.path = new URL(request.path, location.href).pathname;
  }

  answered(xhr) {
    this.onItsWay = false;
    if (xhr.status === 0 || xhr.status >= 500 || xhr.status === 429) return this.lost(xhr.status);
    if (this.isElsewhere(xhr) || xhr.status === 403) return this.signedOut();
    const { sent } = this.sending;
    const { dataset: answer } = document.getElementById("draft-answer");
    this.sending = null;
    this.tries = 0;
    this.state = "ready";
    if (![200, 409, 422].includes(xhr.status) || answer.kind === "refused") return this.stopped(xhr, answer);
    this.form.elements.key.value = answer.key;
    if (answer.kind === "stale") this.differs(answer, new Set(codesIn(answer.conflicts)));
    else this.acknowledge(answer, sent, new Set(codesIn(answer.faults)));
  }

  acknowledge(answer, sent, faults) {
    const underneath = [];
    for (const field of this.fields.all) {
      const refused = faults.has(field.code);
      if (sent.has(field) && refused) field.refused = sent.get(field);
      if (sent.has(field) && !refused) field.settle(sent.get(field));
      else if (field.stored === field.base) continue;
      else if (field.isClean) field.settle();
      else underneath.push(field.code);
    }
    this.moveTo(Number(answer.version));
    this.shown(answer);
    if (underneath.length) return this.choose(underneath);
    if (!this.fields.news.length) return this.done();
    this.say(CHANGED);
    return this.soon(this.waiting.length ? 0 : PAUSE);
  }

  // Nothing was saved. What only the other changed is taken over, what only this person changed stays to be sent, and
  // where both did the person chooses.
  differs(answer, differing) {
    const both = new Set();
    for (const field of this.fields.all) {
      if (field.stored === field.base) continue;
      if (field.isClean) field.settle();
      else if (differing.has(field.code)) both.add(field.code);
      else field.base = field.stored;
    }
    this.shown(answer);
    this.newVersion = Number(answer.version);
    if (both.size) return this.choose(both);
    this.moveTo(this.newVersion);
    this.soon(0);
  }

  choose(codes) {
    this.state = "choosing";
    this.conflicts.show(codes);
    this.say("有不一致的改动，请先选定以哪个为准", "problem");
    this.settle("choosing");
  }

  resume() {
    this.state = "ready";
    if (this.newVersion) this.moveTo(this.newVersion);
    this.typed();
    if (this.fields.news.length) this.soon(0);
    else this.say("已采用保存的数");
  }

  moveTo(version) {
    this.version = version;
    this.newVersion = 0;
    this.form.elements.version.value = version;
    for (const other of document.querySelectorAll("form input[name=version]")) other.value = version;
  }

  shown(answer) {
    this.fields.mark();
    this.keepPlace();
    this.kept.update(this.fields, this.version);
    this.tellUnsaved();
    this.lastSaid = answer.said;
    this.say(answer.said, codesIn(answer.faults).length ? "problem" : "saved");
    document.getElementById("draft-filled").textContent = answer.filled;
    const open = document.getElementById("draft-open");
    open.textContent = answer.open;
    open.hidden = !answer.open;
  }

  lost(status) {
    this.state = "lost";
    this.why = status ? "服务器没有接收" : "未连接";
    const wait = RETRY_AFTER[Math.min(this.tries, RETRY_AFTER.length - 1)];
    this.tries += 1;
    this.say(`${this.why}，${this.kept.update(this.fields, this.version) ? LOST : LOST_UNKEPT}`, "problem");
    this.settle("lost");
    this.soon(wait);
  }

  signedOut() {
    this.state = "out";
    const kept = this.kept.update(this.fields, this.version);
    this.say("登录已过期，或现在登录的是另一个账号，没有保存。您填的都还在，", "problem");
    const link = document.createElement("a");
    link.href = this.form.dataset.signIn;
    link.textContent = "重新登录";
    if (kept) link.addEventListener("click", () => this.form.dispatchEvent(new CustomEvent("guard:unsaved", { detail: false })));
    document.getElementById("draft-status").append(link, "后自动恢复。");
    this.settle("out");
  }

  stopped(xhr, answer) {
    this.state = "stopped";
    const why = answer.kind === "refused" ? answer.said : "没有保存，请刷新后重试。";
    const notice = document.createElement("p");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    notice.textContent = `${why}您刚才填的没有保存，仍留在本页和本机。`;
    this.notices.hidden = false;
    this.notices.append(notice);
    this.say("已停止自动保存", "problem");
    this.settle("stopped");
  }

  say(text, tone = "") {
    const line = document.getElementById("draft-status");
    line.dataset.tone = tone;
    if (line.textContent !== text) line.textContent = text;
  }

  isElsewhere(xhr) {
    return new URL(xhr.responseURL, location.href).pathname !== this.path;
  }

  // What is being typed into stays where it is on the screen, whatever is said above it.
  beforeSwap(swap) {
    // The sign-in page is not an answer.
    if (this.isElsewhere(swap.xhr)) swap.shouldSwap = false;
    const { activeElement: active } = document;
    this.place = this.form.contains(active) ? { active, top: active.getBoundingClientRect().top } : null;
  }

  keepPlace() {
    if (this.place) window.scrollBy({ top: this.place.active.getBoundingClientRect().top - this.place.top, behavior: "instant" });
    this.place = null;
  }

  done() {
    this.settle("saved");
  }

  settle(state) {
    for (const tell of this.waiting.splice(0)) tell(state);
  }

  // Save at once what is typed; answers the state it came to: "saved", "lost", "out", "choosing", "stopped".
  flush() {
    if (this.state === "choosing" || this.state === "stopped") return Promise.resolve(this.state);
    if (!this.onItsWay && !this.sending && !this.fields.news.length) return Promise.resolve("saved");
    return new Promise((tell) => {
      this.waiting.push(tell);
      this.send();
    });
  }

  get isSettled() {
    return this.state === "ready" && !this.onItsWay && !this.sending && !this.fields.news.length;
  }

  // What is typed is saved first; then the form is sent whole, as it is without scripts.
  beforeSubmit(event) {
    const isSubmit = event.submitter?.value === "submit";
    if (this.state === "stopped") return;
    if (isSubmit && this.isSettled) {
      const { csrfmiddlewaretoken: token } = this.form.elements;
      token.value = cookie("csrftoken") || token.value;
      return;
    }
    event.preventDefault();
    this.saveFirst(isSubmit ? event.submitter : null);
  }

  // Another form of the page, a file or the sign-out, waits until what is typed is saved.
  beforeOther(event) {
    const { target: form, submitter } = event;
    const waits = form !== this.form && form.method === "post" && !event.defaultPrevented;
    if (!waits || this.state !== "ready" || this.isSettled) return;
    event.preventDefault();
    event.stopPropagation();
    this.flush().then(() => form.requestSubmit(submitter));
  }

  async saveFirst(submitter) {
    const state = await this.flush();
    if (state === "choosing") this.notices.querySelector("a")?.focus();
    else if (state === "lost" && submitter) this.say(`${this.why}，还没有提交。已保存在本机，恢复后请再按“提交”`, "problem");
    else if (state === "saved" && submitter) this.form.requestSubmit(submitter);
    else if (state === "saved" && !this.fields.unsaved.length) this.say(`${this.lastSaid || "没有改动"}，还没有提交`, "saved");
  }
}

// Not before htmx has looked at the page, which it does at this moment too, and was there first.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form);
});
