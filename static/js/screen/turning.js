// Shows one slide of the deck at a time, the next after a while. One timer, whatever happens; listeners stand on what
// stays, so that a deck that is replaced leaves nothing behind. The slide at hand stands in the address.

import { fit } from "./fit.js";

const TURN = 20_000;

export class Turning {
  constructor(screen) {
    this.screen = screen;
    this.pauseButton = screen.querySelector("[data-screen-pause]");
    this.pauseButton.hidden = false;
    this.pauseButton.addEventListener("click", () => this.pauseOrGoOn());
    this.timer = 0;
    this.paused = false;
    screen.style.setProperty("--turn", `${TURN}ms`);
    screen.toggleAttribute("data-running", true);
    window.addEventListener("hashchange", () => this.show(this.placeOf(location.hash.slice(1))));
    window.addEventListener("resize", () => fit(this.slides[this.place]));
    document.addEventListener("visibilitychange", () => this.schedule());
  }

  /** Takes up a deck, at the slide of this name, or of the name that is being shown. */
  adopt(deck, name = this.slides?.[this.place].id) {
    this.slides = [...deck.querySelectorAll("[data-slide]")];
    this.marks = [...deck.querySelectorAll("[data-slide-mark]")];
    this.show(this.placeOf(name));
  }

  placeOf(name) {
    return Math.max(0, this.slides.findIndex((slide) => slide.id === name));
  }

  show(place) {
    this.place = (place + this.slides.length) % this.slides.length;
    this.slides.forEach((slide, at) => {
      slide.hidden = at !== this.place;
    });
    this.marks.forEach((mark, at) => {
      if (at === this.place) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
    });
    fit(this.slides[this.place]);
    // In place of the last one: days of turning leave no history behind.
    history.replaceState(null, "", `#${this.slides[this.place].id}`);
    this.schedule();
  }

  next() {
    this.show(this.place + 1);
  }

  previous() {
    this.show(this.place - 1);
  }

  pauseOrGoOn() {
    this.paused = !this.paused;
    this.screen.toggleAttribute("data-paused", this.paused);
    this.pauseButton.setAttribute("aria-pressed", String(this.paused));
    this.pauseButton.textContent = this.paused ? "已暂停，继续" : "暂停";
    this.schedule();
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.paused && !document.hidden) this.timer = setTimeout(() => this.next(), TURN);
  }
}
