// The keys of the 大屏: arrows and a presenter's page keys turn, the space bar pauses, Esc leaves.

export function listenToKeys(turning, leaveHref) {
  const acts = {
    ArrowRight: () => turning.next(),
    PageDown: () => turning.next(),
    ArrowLeft: () => turning.previous(),
    PageUp: () => turning.previous(),
    Home: () => turning.show(0),
    End: () => turning.show(-1),
    " ": () => turning.pauseOrGoOn(),
    // Out of the browser's full screen first, which it does by itself.
    Escape: () => document.fullscreenElement || location.assign(leaveHref),
  };

  document.addEventListener("keydown", (event) => {
    const isForAnother = event.key === " " && event.target.closest("a, button");
    const scrolls = event.key !== "Escape" && document.documentElement.scrollHeight > window.innerHeight + 1;
    if (event.altKey || event.ctrlKey || event.metaKey || isForAnother || !Object.hasOwn(acts, event.key)) return;
    if (scrolls && !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    acts[event.key]();
  });
}
