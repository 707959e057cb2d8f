// What a meeting room's window asks for: the whole screen, no sleep while it is looked at, no pointer lying about.

const REST = 4_000;

function offerFullScreen(button) {
  if (!document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  document.addEventListener("fullscreenchange", () => {
    button.textContent = document.fullscreenElement ? "退出全屏" : "全屏";
  });
}

// The browser lets go of it whenever the tab is hidden, and grants it over TLS alone: without it the screen may darken.
function stayAwake() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}

function hidePointerAtRest(screen) {
  let timer = 0;
  const stir = () => {
    screen.removeAttribute("data-idle");
    clearTimeout(timer);
    timer = setTimeout(() => screen.toggleAttribute("data-idle", true), REST);
  };
  for (const kind of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(kind, stir, { passive: true });
  stir();
}

export function fillTheRoom(screen) {
  offerFullScreen(screen.querySelector("[data-screen-full]"));
  stayAwake();
  hidePointerAtRest(screen);
}
