// A button that was pressed is the one that is clicked, even if the page moves beneath the pointer before it is let go:
// a return that saves itself says so in a line more or less, just when somebody hands it in. Whoever draws the pointer
// away means not to click.

const STILL = 10;

document.addEventListener("pointerdown", ({ target, pointerId, button, clientX, clientY }) => {
  const pressed = target.closest?.("button, input[type=submit]");
  if (!pressed || button !== 0) return;
  pressed.setPointerCapture(pointerId);
  const follow = (event) => {
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > STILL) pressed.releasePointerCapture(pointerId);
  };
  pressed.addEventListener("pointermove", follow);
  pressed.addEventListener("lostpointercapture", () => pressed.removeEventListener("pointermove", follow), { once: true });
});
