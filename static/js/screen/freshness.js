// Asks every minute whether the figures have changed, and only then fetches them and puts the new deck in the old one's
// place. Whatever fails, the last figures stay with their time, a corner says what is the matter, and it asks again.

const EVERY = 60_000;
const AFTER_A_LOSS = 15_000;
const PATIENCE = 15_000;

const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("zh-CN", { month: "long", day: "numeric" });

/** A failure that is known for what it is: signed out, or no longer allowed. */
class Refused extends Error {}

const SIGNED_OUT = "登录已过期";
const NOT_ALLOWED = "本账号看不到这些数字";
const LOST = "连接中断，正在重试";

async function get(address) {
  const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
  if (answer.type === "opaqueredirect") throw new Refused(SIGNED_OUT);
  if (answer.status === 403 || answer.status === 404) throw new Refused(NOT_ALLOWED);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer;
}

const filesOf = (page) =>
  [...page.querySelectorAll("link[rel=stylesheet], script[src]")]
    .map((one) => one.getAttribute("href") ?? one.getAttribute("src"))
    .join();

export class Freshness {
  constructor(screen, adopt) {
    this.screen = screen;
    this.adopt = adopt;
    this.times = screen.querySelector("[data-screen-times]");
    this.trouble = screen.querySelector("[data-screen-trouble]");
    this.timer = 0;
    this.asking = false;
    this.madeAt = new Date();
    this.checkedAt = this.madeAt;
  }

  begin() {
    document.addEventListener("visibilitychange", () => this.soon(document.hidden ? EVERY : 0));
    window.addEventListener("online", () => this.soon(0));
    this.say("");
    this.soon(EVERY);
  }

  soon(delay) {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.check(), delay);
  }

  async check() {
    if (this.asking) return;
    this.asking = true;
    let delay = EVERY;
    try {
      const answer = await get(this.screen.dataset.revisionHref + location.search);
      if (this.differs(await answer.json())) await this.renew();
      this.checkedAt = new Date();
      this.say("");
    } catch (error) {
      if (!(error instanceof Refused)) delay = AFTER_A_LOSS;
      this.say(error instanceof Refused ? error.message : LOST);
    } finally {
      this.asking = false;
      this.soon(delay);
    }
  }

  get deck() {
    return this.screen.querySelector("[data-screen-deck]");
  }

  differs(now) {
    const { revision, plan, period } = this.deck.dataset;
    return String(now.revision) !== revision || now.plan !== plan || now.period !== period;
  }

  async renew() {
    const answer = await get(location.pathname + location.search);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const deck = page.querySelector("[data-screen-deck]");
    if (!deck) throw new Error("no deck in the answer");
    // A newer version of the site: its own style and scripts belong to its page.
    if (filesOf(page) !== filesOf(document)) return location.reload();
    this.deck.replaceWith(deck);
    document.title = page.title;
    this.madeAt = new Date();
    this.adopt(deck);
  }

  /** A trouble in words, or none; said once, since it is read aloud. */
  say(trouble) {
    this.times.textContent = `数字取自 ${day.format(this.madeAt)} ${clock.format(this.madeAt)}，${clock.format(this.checkedAt)} 核对`;
    if (this.said === trouble) return;
    this.said = trouble;
    this.trouble.textContent = trouble;
    if (trouble === SIGNED_OUT) this.trouble.append("，", this.signIn());
  }

  signIn() {
    const link = document.createElement("a");
    link.href = `${this.screen.dataset.signInHref}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "重新登录";
    return link;
  }
}
