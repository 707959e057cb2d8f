// A button that was pressed is the one that is clicked, even if the page moves beneath the pointer before it is let go:
// a return that saves itself says so in a line more or less, just when somebody hands it in.

document.addEventListener("pointerdown", ({ target, pointerId }) => {
  target.closest?.("button, input[type=submit]")?.setPointerCapture(pointerId);
});
